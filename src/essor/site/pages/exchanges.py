"""The needs that members published in a territory: read from the people's database, at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from essor.site.current import in_service
from essor.site.needs.models import Posting
from essor.site.needs.publishing import listed
from essor.site.needs.recorded import understood
from essor.territory.level import Level
from essor.territory.territories import Territory, territory_at

_READ = 500
"""Published needs that are looked at, latest first."""
_SHOWN = 50


@never_cache
def exchanges(request: HttpRequest, level: Level, code: str) -> HttpResponse:
    """Return the needs open in a territory, latest first."""
    with in_service().connection() as connection:
        here = territory_at(connection, level, code)
    postings = [each for each in listed()[:_READ] if _is_in(each, here)][:_SHOWN]
    content = {"here": here, "rows": [(each, understood(each)) for each in postings]}
    return render(request, "essor/territory/exchanges.html", content)


def _is_in(posting: Posting, here: Territory) -> bool:
    """Return whether the place of a need is this territory, or lies in it; one without place is anywhere."""
    if here.level is Level.FRANCE:
        return True
    place = understood(posting).place
    return place is not None and here.selector in {place.selector, *place.within}
