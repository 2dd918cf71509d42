"""How answers travel: read from anywhere, kept until the release changes."""

import importlib.metadata
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from essor.errors import EssorError
from essor.site.current import in_service

_KEPT_S = 300
_READING = ("GET", "HEAD")
_PAGING = "Link"

View = Callable[..., HttpResponse]


def release_etag(_request: HttpRequest, **_asked: Any) -> str | None:  # noqa: ANN401 - Django's own
    """Return what changes with the release and with Essor alone; None when no release is in service.

    An address answers from the release only: with the same mark, its answer is the same.
    """
    try:
        number = in_service().manifest.number
    except EssorError:
        return None
    return f'W/"{number}-{importlib.metadata.version("essor")}"'


def kept_with_the_release(view: View) -> View:
    """Return a view whose answer a reader may keep five minutes, then ask if it is still good (304)."""
    conditional: View = condition(etag_func=release_etag)(view)
    return cache_control(public=True, max_age=_KEPT_S)(conditional)


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
