"""Errors of the API as problem details (RFC 9457), in French."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.errors import (
    AuthenticationError,
    AuthorizationError,
    HttpError,
    Throttled,
    ValidationError,
)

from essor.errors import EssorError

KIND = "application/problem+json"

TITLES = {
    400: "Demande refusée",
    401: "Clé demandée",
    403: "Clé de lecture",
    404: "Introuvable",
    406: "Aucune forme acceptée",
    409: "Ambigu",
    422: "Demande refusée",
    429: "Trop de demandes",
    500: "Erreur",
    502: "Source défaillante",
    503: "Indisponible",
    507: "Disque plein",
}


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """What went wrong: its kind, its status, and one French sentence that says what to do."""

    type: str
    title: str
    status: int
    detail: str


def register(api: NinjaAPI) -> None:
    """Make `api` tell its errors as problems."""

    @api.exception_handler(EssorError)
    def expected(_request: HttpRequest, error: EssorError) -> JsonResponse:
        return problem(error.http_status, str(error))

    @api.exception_handler(ValidationError)
    def unreadable(_request: HttpRequest, error: ValidationError) -> JsonResponse:
        names = ", ".join(sorted({str(each["loc"][-1]) for each in error.errors}))
        return problem(422, f"La demande ne peut pas être lue : corrigez {names}.")

    @api.exception_handler(HttpError)
    def unparsed(_request: HttpRequest, _error: HttpError) -> JsonResponse:
        return problem(400, "Le corps de la demande n’est pas du JSON : corrigez-le.")

    @api.exception_handler(Http404)
    def absent(_request: HttpRequest, error: Http404) -> JsonResponse:
        return problem(404, str(error) or "Rien à cette adresse : voyez la description de l’API.")

    _register_access(api)


def _register_access(api: NinjaAPI) -> None:
    """Make `api` tell who may not ask, or not so often."""

    @api.exception_handler(AuthenticationError)
    def unknown(_request: HttpRequest, _error: AuthenticationError) -> JsonResponse:
        told = problem(
            401,
            "Il faut une clé en vigueur, dans l’en-tête « Authorization: Bearer » : faites-en une "
            "dans votre espace.",
        )
        told["WWW-Authenticate"] = "Bearer"
        return told

    @api.exception_handler(AuthorizationError)
    def reading_only(_request: HttpRequest, _error: AuthorizationError) -> JsonResponse:
        return problem(
            403, "Cette clé ne fait que lire : faites une clé d’écriture dans votre espace."
        )

    @api.exception_handler(Throttled)
    def hurried(_request: HttpRequest, error: Throttled) -> JsonResponse:
        told = problem(429, "Trop de demandes : attendez un instant avant la suivante.")
        if error.wait is not None:
            told["Retry-After"] = str(int(error.wait) + 1)
        return told


def problem(status: int, detail: str) -> JsonResponse:
    """Return a problem: what went wrong, and what to do."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(content, status=status, content_type=KIND)
