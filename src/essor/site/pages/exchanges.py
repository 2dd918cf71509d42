"""What members publish in a territory, needs and offers: read from the people's database, at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from essor.search.document import Kind
from essor.search.query import Filters, Query
from essor.site.current import in_service
from essor.site.needs.publishing import listed
from essor.site.offers.live import overlay
from essor.site.offers.order import number_of
from essor.site.offers.running import current_offers
from essor.territory.level import Level
from essor.territory.territories import Territory, territory_at

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Here:
    """What of a kind is in a territory, latest first: rows with the names of their places, and how many in all."""

    rows: list[tuple[object, str | None]]
    total: int
    address: str

    @property
    def more(self) -> bool:
        """Return whether there are more than are shown."""
        return self.total > len(self.rows)


@never_cache
def exchanges(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the needs open and the means offered in a territory, latest first."""
    with in_service().connection() as connection:
        here = territory_at(connection, level, code)
    content = {
        "here": here,
        "needs": _here(Kind.NEED, here, "besoins-publies", listed().defer("record").in_bulk),
        "offers": _here(Kind.OFFER, here, "offres", current_offers().in_bulk),
    }
    return render(request, "essor/territory/exchanges.html", content)


def _here(
    kind: Kind, here: Territory, page: str, rows: Callable[[Iterable[int]], Mapping[int, object]]
) -> Here:
    is_everywhere = here.level is Level.FRANCE
    within = () if is_everywhere else ((here.level, here.code),)
    asked = Query(filters=Filters(territories=within), kind=kind, size=_SHOWN, facets=())
    found = overlay(in_service()).index.search(asked)
    places = {number_of(hit.document.id): hit.document.commune_name for hit in found.hits}
    held = rows(places)
    query = "" if is_everywhere else f"?{urlencode({'territoire': here.selector})}"
    return Here(
        [(held[number], place) for number, place in places.items() if number in held],
        found.total,
        f"{reverse(page)}{query}",
    )
