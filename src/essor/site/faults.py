"""What goes wrong, told as a page: what, why, what to do; a program reads the status."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.errors import (
    AmbiguousTerritoryError,
    BrokenReleaseError,
    EssorError,
    InvalidIdentifierError,
    InvalidRequestError,
    NoReleaseError,
    UnknownOrganisationError,
    UnknownTerritoryError,
)
from essor.site.members.database import State, state_told_by
from essor.site.timing import DATABASE_ERRORS

_TITLES: dict[type[EssorError], str] = {
    InvalidIdentifierError: "Cet identifiant n’existe pas",
    InvalidRequestError: "Cette demande ne peut pas être faite ainsi",
    UnknownTerritoryError: "Territoire introuvable",
    UnknownOrganisationError: "Organisation introuvable",
    AmbiguousTerritoryError: "Plusieurs territoires portent ce nom",
    NoReleaseError: "Aucune donnée n’est encore en service",
    BrokenReleaseError: "Les données en service sont abîmées",
}
_ELSE = "Quelque chose n’a pas marché"
_RETRY_AFTER_S = 10
_WAITS = {
    State.LATE: "La base des comptes est en cours de mise à jour",
    State.LOCKED: "La base des comptes est très occupée",
    State.UNREACHABLE: "La base des comptes ne répond pas",
}


class FaultsMiddleware:
    """Turns an expected error of the core into the page that tells it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if nothing could go wrong."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of an expected error; leave the others to Django."""
        if isinstance(error, EssorError):
            return told(request, _TITLES.get(type(error), _ELSE), str(error), error.http_status)
        found = state_told_by(error)
        return _without_members(request, found) if found else None


def told(request: HttpRequest, title: str, message: str, status: int) -> HttpResponse:
    """Return the page that says what went wrong."""
    content = {"title": title, "message": message}
    return render(request, "essor/fault.html", content, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of an address that leads nowhere."""
    message = "L’adresse a peut-être changé : repartez de l’accueil, ou cherchez dans l’annuaire."
    return told(request, "Page introuvable", message, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of what this person may not do."""
    message = "Cette page demande un rôle que vous n’avez pas. Votre espace dit ce que vous pouvez."
    return told(request, "Accès refusé", message, 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page of a form that was not given by this site to this browser, or too long ago."""
    message = (
        "Le formulaire était trop ancien, ou votre navigateur refuse les cookies qui le protègent. "
        "Revenez à la page d’avant, rechargez-la, et recommencez."
    )
    return told(request, "Formulaire périmé", message, 403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Return the page of somebody who tried too many times."""
    message = "Trop d’essais en peu de temps. Attendez quelques minutes, puis recommencez."
    return told(request, "Patientez un peu", message, 429)


def failure(request: HttpRequest) -> HttpResponse:
    """Return the page of an error that nobody expected, or met once a page was made."""
    if found := state_told_by(sys.exc_info()[1]):
        return _without_members(request, found)
    message = (
        "L’erreur est notée. Réessayez dans un instant ; si elle revient, écrivez à l’éditeur."
    )
    return told(request, _ELSE, message, 500)


def _without_members(request: HttpRequest, found: State) -> HttpResponse:
    """Return the page of a database that is not there for now, with the way to try again."""
    DATABASE_ERRORS.labels(found.value).inc()
    is_read = request.method in {"GET", "HEAD"}
    advice = (
        "réessayez dans un instant" if is_read else "rien n’est enregistré, recommencez bientôt"
    )
    message = (
        f"{_WAITS[found]} : {advice}. L’annuaire, l’observatoire et les besoins, eux, marchent sans "
        "compte."
    )
    content = {
        "title": "Les comptes sont indisponibles",
        "message": message,
        "again": request.get_full_path() if is_read else None,
    }
    answer = render(request, "essor/fault.html", content, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return answer
