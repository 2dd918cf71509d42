"""The needs that everybody may read: those that are asked for, in their order, and how each is written."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.matching.reservation import Reserved
from essor.site.api.questions import MOST, NeedsAsked
from essor.site.current import in_service
from essor.site.needs.models import Posting
from essor.site.needs.publishing import listed
from essor.site.offers import stamp
from essor.site.offers.order import number_of
from essor.site.searching import searched
from essor.spreadsheets import harmless


@dataclass(frozen=True, slots=True)
class PublishedNeed:
    """A need that is published: what is asked, by which organisation, until when, where it is read.

    `territory` is the selector of its place as it was understood, `lon` and `lat` its centre (WGS 84).
    """

    number: int
    need: str
    buyer: str
    siren: str | None
    place: str | None
    radius_km: float | None
    quantity: str | None
    deadline: date | None
    reserved: Reserved | None
    published_at: datetime
    expires_on: date
    address: str
    is_fictional: bool
    territory: str | None
    lon: float | None
    lat: float | None


COLUMNS = (
    "numero",
    "besoin",
    "acheteur",
    "siren",
    "lieu",
    "rayon_km",
    "quantite",
    "echeance",
    "reserve",
    "publie_le",
    "expire_le",
    "adresse",
    "fictif",
    "territoire",
    "lon",
    "lat",
)
"""The titles of the table, in the order of the fields of a need."""


def mark() -> str:
    """Return what changes as soon as a need that everybody may read does, or the day.

    Raises:
        NoReleaseError: nothing is in service.
        DatabaseError: the people's database does not answer.
    """
    return f"{in_service().manifest.number}-{stamp.mark()}-{timezone.localdate()}"


def page_of(asked: NeedsAsked) -> tuple[list[Posting], int]:
    """Return a page of the needs asked for, and how many pages there are.

    Best first when words are said, latest first otherwise.

    Raises:
        InvalidRequestError: the days contradict each other, or a filter makes no sense.
        UnknownTerritoryError, AmbiguousTerritoryError: of the place.
    """
    in_time, start = _in_time(asked), (asked.page - 1) * asked.size
    if not asked.is_searched:
        count = in_time.count()
        return list(in_time[start : start + asked.size]), _pages(count, asked.size)
    if asked.deadline_from is None and asked.deadline_to is None:
        found = searched(in_service(), asked.searched(asked.page, asked.size)).page
        return _held(in_time, (number_of(hit.document.id) for hit in found.hits)), found.pages
    # Days are not in the index: all that answers is read, then those of these days are kept.
    kept = set(in_time.values_list("pk", flat=True))
    numbers = [number for number in _numbers(asked) if number in kept]
    page = numbers[start : start + asked.size]
    return _held(in_time, page), _pages(len(numbers), asked.size)


def told(request: HttpRequest, posting: Posting) -> PublishedNeed:
    """Return a need as programs read it.

    Raises:
        InvalidRequestError: it is not open.
    """
    if posting.opened_at is None or posting.expires_on is None:
        raise InvalidRequestError("Ce besoin n’est plus un brouillon ni un besoin ouvert.")
    zone: dict[str, Any] = posting.record["need"].get("place") or {}
    point = zone.get("point") or {}
    return PublishedNeed(
        number=posting.pk,
        need=posting.text,
        buyer=posting.buyer,
        siren=posting.siren or None,
        place=posting.place or None,
        radius_km=posting.radius_km,
        quantity=posting.quantity or None,
        deadline=posting.deadline,
        reserved=Reserved(posting.reserved) if posting.reserved else None,
        published_at=posting.opened_at,
        expires_on=posting.expires_on,
        address=request.build_absolute_uri(reverse("besoin", args=[posting.pk])),
        is_fictional=posting.is_fictional,
        territory=f"{zone['level']}:{zone['code']}" if zone else None,
        lon=point.get("lon"),
        lat=point.get("lat"),
    )


def needs_csv(needs: Iterable[PublishedNeed]) -> str:
    """Return a line a need, no cell of which a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in needs:
        writer.writerow([harmless(_cell(value)) for value in asdict(each).values()])
    return text.getvalue()


def needs_geojson(needs: Iterable[PublishedNeed]) -> str:
    """Return the needs whose place is known as points, in their order."""
    features = [
        {
            "type": "Feature",
            "id": each.number,
            "geometry": {"type": "Point", "coordinates": [each.lon, each.lat]},
            "properties": dict(zip(COLUMNS, map(_told, asdict(each).values()), strict=True)),
        }
        for each in needs
        if each.lon is not None
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _in_time(asked: NeedsAsked) -> QuerySet[Posting]:
    first, last = asked.deadline_from, asked.deadline_to
    if first and last and last < first:
        raise InvalidRequestError(
            f"Aucun jour n’est à la fois après le {first} et avant le {last} : inversez-les."
        )
    found = listed()
    if first:
        found = found.filter(deadline__gte=first)
    return found.filter(deadline__lte=last) if last else found


def _numbers(asked: NeedsAsked) -> Iterable[int]:
    """Yield the numbers of all that answers a search, in its order."""
    page, pages = 1, 1
    while page <= pages:
        found = searched(in_service(), asked.searched(page, MOST)).page
        yield from (number_of(hit.document.id) for hit in found.hits)
        page, pages = page + 1, found.pages


def _held(among: QuerySet[Posting], numbers: Iterable[int]) -> list[Posting]:
    """Return the needs of these numbers, in that order; one that ended meanwhile is left out."""
    wanted = list(numbers)
    held = among.in_bulk(wanted)
    return [held[number] for number in wanted if number in held]


def _pages(count: int, size: int) -> int:
    return max(1, -(-count // size))


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(_told(value))
