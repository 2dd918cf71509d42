"""Errors of the API as problem details (RFC 9457), in French."""

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError

from essor.errors import EssorError

_KIND = "application/problem+json"


def register(api: NinjaAPI) -> None:
    """Make `api` tell its errors as problems."""

    @api.exception_handler(EssorError)
    def expected(_request: HttpRequest, error: EssorError) -> JsonResponse:
        return problem(error.http_status, str(error))

    @api.exception_handler(ValidationError)
    def unreadable(_request: HttpRequest, error: ValidationError) -> JsonResponse:
        names = ", ".join(sorted({str(each["loc"][-1]) for each in error.errors}))
        return problem(422, f"La demande ne peut pas être lue : corrigez {names}.")

    @api.exception_handler(Throttled)
    def hurried(_request: HttpRequest, error: Throttled) -> JsonResponse:
        told = problem(429, "Trop de demandes : attendez un instant avant la suivante.")
        if error.wait is not None:
            told["Retry-After"] = str(int(error.wait) + 1)
        return told


def problem(status: int, detail: str) -> JsonResponse:
    """Return a problem: what went wrong, and what to do."""
    content = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail}
    return JsonResponse(content, status=status, content_type=_KIND)


_TITLES = {
    400: "Demande refusée",
    404: "Introuvable",
    409: "Ambigu",
    422: "Demande refusée",
    429: "Trop de demandes",
    500: "Erreur",
    502: "Source défaillante",
    503: "Indisponible",
    507: "Disque plein",
}
