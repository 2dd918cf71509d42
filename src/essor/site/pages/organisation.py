"""The card of an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.observatory.card import Card, card
from essor.observatory.report.wording import BASES
from essor.perimeter.families import Family
from essor.search.circle import Circle
from essor.search.page import Hit
from essor.search.query import Filters, Order, Query
from essor.site.current import Current, in_service
from essor.territory.distance import Point

_ALIKE, _NEAR_KM = 6, 100.0
_CLASS = len("25.62")


def organisation(request: HttpRequest, siren: str) -> HttpResponse:
    """Return what the register says of an organisation, and those of its trade around it."""
    service = in_service()
    with service.connection() as connection:
        found = card(connection, siren)
    titles = {source.name: source.title for source in service.manifest.sources}
    content = {
        "card": found,
        "basis": BASES.get(found.basis or ""),
        "statuses": [(held, titles.get(held.source, held.source)) for held in found.statuses],
        "alike": _alike(service, found),
        "near_km": _NEAR_KM,
    }
    return render(request, "essor/organisation.html", content)


def _alike(service: Current, found: Card) -> tuple[Hit, ...]:
    """Return the organisations of the social economy of the same class of activity, nearest first."""
    here = next((each for each in found.places if each.lon is not None), None)
    if found.naf is None or here is None or here.lon is None or here.lat is None:
        return ()
    filters = Filters(
        families=tuple(Family),
        naf=(found.naf[:_CLASS],),
        circle=Circle(Point(here.lon, here.lat), _NEAR_KM),
    )
    near = service.index.search(Query(filters=filters, order=Order.DISTANCE, size=_ALIKE + 1))
    return tuple(hit for hit in near.hits if hit.document.siren != found.siren)[:_ALIKE]
