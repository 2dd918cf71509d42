"""In which form a question is answered: the one that is asked for, or a refusal that names those there are."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from essor.site.api.problems import problem

JSON = "application/json"
CSV = "text/csv"
GEOJSON = "application/geo+json"

OFFERED: dict[str, tuple[str, ...]] = {
    "key_figures": (JSON, CSV),
    "organisations": (JSON, CSV, GEOJSON),
    "needs": (JSON, CSV, GEOJSON),
}
"""The forms of the operations that have several; the others answer in JSON."""
_READING = ("GET", "HEAD")

View = Callable[..., HttpResponse]


def also_in(name: str) -> dict[str, object]:
    """Return what OpenAPI is told of an operation that answers in other forms than JSON."""
    content = {kind: {"schema": {"type": "string"}} for kind in OFFERED[name] if kind != JSON}
    return {"responses": {200: {"content": content}}}


def accepted(request: HttpRequest) -> str | None:
    """Return the form that the asker prefers among those of the address, None when she wants none of them."""
    return request.get_preferred_type(_offered(request))


def in_an_accepted_form(view: View) -> View:
    """Return a view that refuses (406) who accepts no form of it; an address with a suffix names its own."""

    @wraps(view)
    def told(request: HttpRequest, *arguments: object, **asked: object) -> HttpResponse:
        if "." in request.path.rpartition("/")[2]:
            return view(request, *arguments, **asked)
        offered = _offered(request)
        if accepted(request) is None:
            answer: HttpResponse = problem(
                406,
                f"Cette adresse répond en {' ou '.join(offered)} : demandez-le dans l’en-tête "
                "« Accept », ou ne l’envoyez pas.",
            )
        else:
            answer = view(request, *arguments, **asked)
        patch_vary_headers(answer, ("Accept",))
        return answer

    return told


def _offered(request: HttpRequest) -> tuple[str, ...]:
    match = request.resolver_match
    if request.method not in _READING:
        return (JSON,)
    return OFFERED.get(match.url_name or "", (JSON,)) if match else (JSON,)
