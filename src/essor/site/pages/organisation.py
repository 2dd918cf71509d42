"""The card of an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.observatory.card import Card, Held, card
from essor.observatory.report.wording import BASES, FAMILIES
from essor.observatory.typography import SPACE, number
from essor.perimeter.families import Family
from essor.search.circle import Circle
from essor.search.document import Document
from essor.search.page import Hit
from essor.search.query import Filters, Order, Query
from essor.site.current import Current, in_service
from essor.site.maps.points import map_of_points
from essor.site.maps.policy import with_map
from essor.site.offers.running import declared_on_card
from essor.territory.distance import Point

_ALIKE, _NEAR_KM = 6, 100.0
_FEW = 3
"""Organisations of the same class under which the group is looked at."""
_CLASS, _GROUP = len("25.62"), len("25.6")


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that resembles another, and in what."""

    document: Document
    because: str


@with_map
def organisation(request: HttpRequest, siren: str) -> HttpResponse:
    """Return what the register says of an organisation, and those that resemble it around."""
    service = in_service()
    with service.connection() as connection:
        found = card(connection, siren)
    titles = {source.name: source.title for source in service.manifest.sources}
    content = {
        "card": found,
        "basis": BASES.get(found.basis or ""),
        "statuses": _told(found, titles),
        "alike": _alike(service, found),
        "near_km": _NEAR_KM,
        "declared": declared_on_card(siren),
        "points": map_of_points(each.lon for each in found.places if each.is_active),
    }
    return render(request, "essor/organisation.html", content)


def _told(found: Card, titles: Mapping[str, str]) -> list[tuple[Held, str, int]]:
    """Return each status with the title of its source, and at how many establishments it is held.

    A status of the whole unit is held at none of them.
    """
    alike: dict[Held, int] = {}
    for held in found.statuses:
        anywhere = replace(held, place=None)
        alike[anywhere] = alike.get(anywhere, 0) + (held.place is not None)
    return [(held, titles.get(held.source, held.source), places) for held, places in alike.items()]


def _alike(service: Current, found: Card) -> tuple[Alike, ...]:
    """Return the organisations of the social economy of the same class of activity, nearest first.

    Where there are few, those of the same group follow.
    """
    here = next((each for each in found.places if each.lon is not None), None)
    if found.naf is None or here is None or here.lon is None or here.lat is None:
        return ()
    circle = Circle(Point(here.lon, here.lat), _NEAR_KM)
    alike: dict[str, Alike] = {}
    for level, length in (("classe", _CLASS), ("groupe", _GROUP)):
        code = found.naf[:length]
        for hit in _near(service, code, circle):
            if hit.document.siren != found.siren:
                said = Alike(
                    hit.document, _because(found, hit, f"Même {level} d’activité ({code})")
                )
                alike.setdefault(hit.document.siren, said)
        if len(alike) >= _FEW:
            break
    return tuple(alike.values())[:_ALIKE]


def _near(service: Current, code: str, circle: Circle) -> tuple[Hit, ...]:
    filters = Filters(families=tuple(Family), naf=(code,), circle=circle)
    asked = Query(filters=filters, order=Order.DISTANCE, size=_ALIKE + 1)
    return service.index.search(asked).hits


def _because(found: Card, hit: Hit, trade: str) -> str:
    """Return what two organisations have in common, as a sentence."""
    said = [trade]
    if hit.distance_km is not None:
        said.append(f"à {number(hit.distance_km)}{SPACE}km")
    shared = {each.kind for each in found.statuses} & {*hit.document.statuses}
    said.extend(f"aussi {kind.upper()}" for kind in sorted(shared))
    if found.family is not None and hit.document.ess_family == found.family.value:
        said.append(f"{FAMILIES[found.family].lower()} comme elle")
    return f"{', '.join(said)}."
