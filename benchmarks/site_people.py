"""The site in the hands of people: each reads a page, pauses, goes on to the next, for ten minutes.

python -m benchmarks site-people [--people N] [--seconds N] [--workers N] [--pause SECONDS]

Serves the release of ESSOR_HOME by `essor serve`. Everybody walks the same road (home, directory, card,
observatory, need) with words, places and organisations of their own, drawn at random, always the same.
Prints p50, p95, p99 (ms), how many pages and errors. These people share the machine with the site.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

import httpx

from benchmarks.site_server import served
from essor.home import home
from essor.release.opened import open_release

_SEED = 2026
_PATIENCE_S = 30
_STEPS, _OPENINGS = 6, 8
"""Pages of a walk, and walks before the clock starts, for each worker to have opened what it needs."""

_TRADES = (
    "menuiserie bois",
    "recyclage de palettes",
    "couture industrielle",
    "conditionnement à façon",
    "usinage de précision",
    "blanchisserie industrielle",
    "réemploi de matériaux",
    "imprimerie",
    "maraîchage biologique",
    "câblage électronique",
)
_ORGANISATIONS = "SELECT siren FROM organisations WHERE is_active USING SAMPLE 500 (reservoir, 1)"
# A name that several communes bear is asked back, which is no answer.
_PLACES = """
SELECT name FROM territories WHERE level = 'commune' GROUP BY name HAVING count(*) = 1
ORDER BY max(population) DESC NULLS LAST, name LIMIT 60
"""
_TERRITORIES = """
SELECT level, code FROM territories WHERE level IN ('region', 'departement', 'epci')
ORDER BY level, code
"""

Seconds = dict[str, list[float]]


class Walks:
    """What people ask, one page after another."""

    def __init__(self) -> None:
        with open_release(home()).connect() as connection:
            self._sirens = [str(row[0]) for row in connection.execute(_ORGANISATIONS).fetchall()]
            self._places = [str(row[0]) for row in connection.execute(_PLACES).fetchall()]
            self._territories = connection.execute(_TERRITORIES).fetchall()

    def pages(self, chance: random.Random) -> Iterator[tuple[str, str]]:
        """Yield the name and the way of each page of a walk, and never end."""
        while True:
            trade, place = chance.choice(_TRADES), chance.choice(self._places)
            level, code = chance.choice(self._territories)
            yield "accueil", "/"
            yield "annuaire, un métier", f"/annuaire/?{urlencode({'q': trade})}"
            around = {"q": trade, "lieu": place, "rayon": 50}
            yield "annuaire, autour d’un lieu", f"/annuaire/?{urlencode(around)}"
            yield "fiche", f"/organisations/{chance.choice(self._sirens)}/"
            yield "observatoire", f"/observatoire/{level}/{code}/"
            yield "besoin", f"/besoins/?{urlencode({'besoin': trade, 'lieu': place})}"


def main(arguments: Sequence[str]) -> int:
    """Print how long each page took; return 1 when one failed."""
    parser = argparse.ArgumentParser("python -m benchmarks site-people")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--pause", type=float, default=3, help="mean, between half and one and a half"
    )
    options = parser.parse_args(arguments)
    with served(options.workers, is_silent=True) as root:
        took, failed = asyncio.run(_crowd(root, options.people, options.seconds, options.pause))
    print(f"{'page':28} {'p50':>8} {'p95':>8} {'p99':>8} {'max':>8} {'pages':>8}")
    for name, times in {**took, "toutes": [*chain(*took.values())]}.items():
        cuts = statistics.quantiles(times, n=100)
        shown = (cuts[49], cuts[94], cuts[98], max(times))
        print(
            f"{name:28} " + " ".join(f"{1000 * each:8.1f}" for each in shown) + f" {len(times):8d}"
        )
    print(f"erreurs : {failed}")
    return 1 if failed else 0


async def _crowd(root: str, people: int, seconds: float, pause: float) -> tuple[Seconds, int]:
    """Return what each page took, in seconds, and how many failed."""
    walks, took = Walks(), defaultdict[str, list[float]](list)
    async with httpx.AsyncClient(base_url=root, timeout=_PATIENCE_S) as browser:
        opening = walks.pages(random.Random(_SEED))
        for _ in range(_OPENINGS * _STEPS):
            await browser.get(next(opening)[1])
        until = time.monotonic() + seconds
        chances = [random.Random(_SEED + rank) for rank in range(1, people + 1)]
        crowd = [_Person(browser, chance, walks.pages(chance), took) for chance in chances]
        failed = await asyncio.gather(*(person.walk(until, pause) for person in crowd))
    return took, sum(failed)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who reads pages, and notes how long each took."""

    browser: httpx.AsyncClient
    chance: random.Random
    pages: Iterator[tuple[str, str]]
    took: Seconds

    async def walk(self, until: float, pause: float) -> int:
        """Read and pause until that time; return how many pages failed."""
        failed = 0
        for name, way in self.pages:
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
            if time.monotonic() > until:
                break
            began = time.monotonic()
            try:
                failed += (await self.browser.get(way)).is_error
            except httpx.HTTPError:
                failed += 1
            self.took[name].append(time.monotonic() - began)
        return failed
