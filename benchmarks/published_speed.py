"""What members publish, measured: thousands of activities, offers and needs over the release of ESSOR_HOME.

    python -m benchmarks published-speed [--activities 5000] [--offers 5000] [--needs 1000] [--changes 60]

They are written in a database of its own, SQLite unless DATABASE_URL says another, which must be empty.
One process, no server: the seconds are those of the processor, of the pages whole, Django included.
"""

import argparse
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django
import duckdb

from essor.home import Home, home

if TYPE_CHECKING:  # Django reads its models once its settings are said
    from django.test import Client

    from essor.site.needs.models import Posting
    from essor.site.offers.models import DeclaredActivity, Offer

PAGE_MS, FOUND_MS = 300, 100
"""What a page may take of the processor, and what the search that follows a publication may take more."""
_SEED = 20261124
_AGAIN = 20
_WORDS = tuple(
    re.findall(
        r"\w+",
        "presse plieuse tour fraiseuse four atelier hangar quai entrepôt soudure couture menuiserie laser "
        "palettes chutes acier toile bois peinture cabine ligne emballage montage câblage formation bureau",
    )
)
_MEANS = ("premises", "machine", "workshop", "skills", "materials")
_PAGES = {
    "offers": "/offres/",
    "offers, words": "/offres/?q=presse+plieuse",
    "offers, around a place": "/offres/?q=atelier&lieu=Metz&rayon=150",
    "needs": "/besoins/publies/",
    "needs, a trade": "/besoins/publies/?q=couture",
    "directory, a trade": "/annuaire/?q=couture",
    "directory, around a place": "/annuaire/?lieu=Metz",
    "need and its answers": "/besoins/?besoin=couture+de+tenues+de+travail&lieu=Metz",
}

Place = tuple[str, str, str, str, str]
"""SIREN, name, SIRET, activity and commune of an organisation of the social economy."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and return 1 when a page or a publication takes longer than it may."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks published-speed")
    for name, count in (
        ("activities", 5_000),
        ("offers", 5_000),
        ("needs", 1_000),
        ("changes", 60),
    ):
        parser.add_argument(f"--{name}", type=int, default=count)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="essor-published-") as folder:
        _ready(home(), Path(folder))
        return _measured(asked)


def _ready(held: Home, folder: Path) -> None:
    """Set Django over the releases of a home, with an empty database of its own."""
    (folder / "releases").symlink_to(held.releases.resolve())
    os.environ |= {"ESSOR_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "essor.site.settings"}
    os.environ.setdefault("ESSOR_SECRET_KEY", "no secret: a benchmark alone uses it")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- once the settings are said

    call_command("migrate", verbosity=0)


def _measured(asked: argparse.Namespace) -> int:
    from django.test import Client  # noqa: PLC0415 -- once the settings are said

    from essor.site.current import in_service  # noqa: PLC0415
    from essor.site.offers.live import overlay  # noqa: PLC0415

    service, browser = in_service(), Client(SERVER_NAME="localhost")
    for address in _PAGES.values():
        browser.get(address)
    with service.connection() as connection:
        most = max(asked.activities, asked.offers, asked.needs)
        places = _places(connection, most + asked.changes)
    publications = _Publications(places)
    publications.write(asked.activities, asked.offers, asked.needs)
    print(f"{asked.activities} activities, {asked.offers} offers, {asked.needs} needs")
    searching = _processor_ms(lambda: overlay(service).index)
    matching = _processor_ms(lambda: overlay(service).suppliers)
    print(f"first reading in a process: search {searching:.0f} ms, matching {matching:.0f} ms")
    slowest = max(_page(browser, name, address) for name, address in _PAGES.items())
    searched = _after_each(publications.offer, lambda: overlay(service).index, asked.changes)
    _told("an offer more, until it is searched", searched)
    said = _after_each(publications.activity, lambda: overlay(service).index, asked.changes)
    _told("an activity more, until it is searched", said)
    matched = _after_each(publications.activity, lambda: overlay(service).suppliers, asked.changes)
    _told("an activity more, until it is matched", matched)
    first = _after_each(publications.newcomer, lambda: overlay(service).suppliers, asked.changes)
    _told("the first activity of an establishment, until it is matched", first)
    found = max(map(_p95, (searched, said)))
    print(f"pages ≤ {PAGE_MS} ms: {slowest:.0f}; searched ≤ {FOUND_MS} ms (p95): {found:.0f}")
    return int(slowest > PAGE_MS or found > FOUND_MS)


def _places(connection: duckdb.DuckDBPyConnection, count: int) -> list[Place]:
    """Return organisations of the social economy, always the same, as many times as it takes."""
    rows = connection.execute(
        "SELECT unit.siren, coalesce(unit.name, '?'), place.siret, coalesce(place.naf, '14.12Z'), place.commune "
        "FROM organisations AS unit JOIN establishments AS place ON place.siret = unit.head_office "
        "WHERE unit.ess_family IS NOT NULL AND place.is_active AND place.commune IS NOT NULL "
        f"ORDER BY hash(unit.siren), unit.siren LIMIT {count}"
    ).fetchall()
    return (rows * -(-count // max(1, len(rows))))[:count]


class _Publications:
    """Draws what is published, always the same, and writes it as the site does."""

    def __init__(self, places: list[Place]) -> None:
        self._places, self._draw = places, random.Random(_SEED)
        self._written = 0

    def write(self, activities: int, offers: int, needs: int) -> None:
        """Write so many of each at once."""
        from essor.site.needs.models import Posting  # noqa: PLC0415 -- once Django is set
        from essor.site.offers import stamp  # noqa: PLC0415
        from essor.site.offers.models import DeclaredActivity, Offer  # noqa: PLC0415

        self._written = activities
        held = [self._activity(rank) for rank in range(activities)]
        DeclaredActivity.objects.bulk_create(held, 500)
        Offer.objects.bulk_create([self._offer(rank) for rank in range(offers)], 500)
        Posting.objects.bulk_create([self._need(rank) for rank in range(needs)], 500)
        stamp.change()

    def offer(self) -> None:
        """Publish an offer more."""
        from essor.site.offers import stamp  # noqa: PLC0415 -- once Django is set

        self._offer(self._draw.randrange(self._written)).save(force_insert=True)
        stamp.change()

    def activity(self) -> None:
        """Declare an activity more, of an establishment that has some."""
        self._declare(self._draw.randrange(self._written))

    def newcomer(self) -> None:
        """Declare the first activity of an establishment."""
        self._declare(self._written)
        self._written += 1

    def _declare(self, rank: int) -> None:
        from essor.site.offers import stamp  # noqa: PLC0415 -- once Django is set

        self._activity(rank).save(force_insert=True)
        stamp.change()

    def _activity(self, rank: int) -> "DeclaredActivity":
        from essor.site.offers.models import DeclaredActivity  # noqa: PLC0415

        siren, name, siret, naf, commune = self._places[rank]
        return DeclaredActivity(
            **self._of(siren, name),
            siret=siret,
            trades=[naf],
            label=self._said(3),
            presence=["fabrication"],
            reach="zones",
            zones=[f"commune:{commune}"],
            capacity="600 pièces par mois",
        )

    def _offer(self, rank: int) -> "Offer":
        from essor.site.offers.models import Offer  # noqa: PLC0415

        siren, name, _, _, commune = self._places[rank]
        return Offer(
            **self._of(siren, name),
            means=self._draw.choice(_MEANS),
            title=self._said(3),
            text=self._said(30),
            place=commune,
            zone=f"commune:{commune}",
            ends_on=self._now().date() + timedelta(days=90),
        )

    def _need(self, rank: int) -> "Posting":
        from essor.site.needs.models import Posting  # noqa: PLC0415

        _, _, _, naf, commune = self._places[rank]
        place = {"level": "commune", "code": commune, "name": commune}
        return Posting(
            is_fictional=True,
            text=self._said(20),
            record={"need": {"trades": [{"code": naf}], "place": place}},
            visibility="public",
            state="open",
            opened_at=self._now(),
            expires_on=self._now().date() + timedelta(days=60),
        )

    def _of(self, siren: str, name: str) -> dict[str, object]:
        return {
            "siren": siren,
            "organisation": name[:300],
            "is_fictional": True,
            "said_at": self._now(),
        }

    def _said(self, words: int) -> str:
        return " ".join(self._draw.choices(_WORDS, k=words)).capitalize()

    @staticmethod
    def _now() -> datetime:
        from django.utils import timezone  # noqa: PLC0415

        return timezone.now()


def _page(browser: "Client", name: str, address: str) -> float:
    """Print what a page takes, and return its 95th percentile in milliseconds."""
    taken = [_processor_ms(lambda: browser.get(address)) for _ in range(_AGAIN)]
    _told(name, taken)
    return _p95(taken)


def _after_each(change: Callable[[], None], read: Callable[[], object], times: int) -> list[float]:
    """Return what reading takes after each change."""
    taken = []
    for _ in range(times):
        change()
        taken.append(_processor_ms(read))
    return taken


def _processor_ms(deed: Callable[[], object]) -> float:
    started = time.process_time()
    deed()
    return (time.process_time() - started) * 1_000


def _p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _told(name: str, taken: Sequence[float]) -> None:
    median = statistics.median(taken)
    print(f"{name}: p50 {median:.0f} ms, p95 {_p95(taken):.0f}, most {max(taken):.0f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
