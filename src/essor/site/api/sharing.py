"""How answers travel: read from anywhere, kept until the release changes."""

import importlib.metadata
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from essor.errors import EssorError
from essor.site.api.formats import JSON, accepted
from essor.site.current import in_service

_KEPT_S = 300
_READING = ("GET", "HEAD")
_PAGING = "Link"

View = Callable[..., HttpResponse]


def kept_while(mark: Callable[[], str], kept_s: int = _KEPT_S) -> Callable[[View], View]:
    """Return what makes a view one whose answer changes with a mark, with Essor and with its form alone.

    A reader may keep the answer `kept_s` seconds, then ask if it is still good (304). Without a release, or
    without the people's database, the mark cannot be told, and the view says why.
    """

    def etag(request: HttpRequest, **_asked: Any) -> str | None:  # noqa: ANN401 - Django's own
        try:
            held = mark()
        except (EssorError, DatabaseError):
            return None
        form = (accepted(request) or JSON).rpartition("/")[2]
        return f'W/"{held}-{importlib.metadata.version("essor")}-{form}"'

    def kept(view: View) -> View:
        conditional: View = condition(etag_func=etag)(view)
        return cache_control(public=True, max_age=kept_s)(conditional)

    return kept


kept_with_the_release = kept_while(lambda: str(in_service().manifest.number))
"""For what the release alone answers."""


def read_from_anywhere(view: View) -> View:
    """Return a view whose answers to readings any page of the web may use; writing stays to programs."""

    @wraps(view)
    def shared(request: HttpRequest, *arguments: object, **asked: object) -> HttpResponse:
        answer = view(request, *arguments, **asked)
        if request.method in _READING:
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Expose-Headers"] = f"ETag, {_PAGING}, Retry-After"
        return answer

    return shared


def told_pages(request: HttpRequest, answer: HttpResponse, number: int, pages: int) -> None:
    """Write in the answer where its neighbours are (RFC 8288): first, previous, next, last page."""
    places = {"first": 1, "prev": number - 1, "next": number + 1, "last": pages}
    links = []
    for name, page in places.items():
        if 1 <= page <= pages:
            query = request.GET.copy()
            query["page"] = str(page)
            address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
            links.append(f'<{address}>; rel="{name}"')
    answer[_PAGING] = ", ".join(links)
