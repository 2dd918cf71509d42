"""What goes wrong, told as a page: what, why, what to do; a program reads the status."""

import sys
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
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
_NO_ANSWER = (DatabaseError, InterfaceError)
"""What is raised when the people's database does not answer."""


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
        return _without_members(request) if isinstance(error, _NO_ANSWER) else None


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
    if isinstance(sys.exc_info()[1], _NO_ANSWER):
        return _without_members(request)
    message = (
        "L’erreur est notée. Réessayez dans un instant ; si elle revient, écrivez à l’éditeur."
    )
    return told(request, _ELSE, message, 500)


def _without_members(request: HttpRequest) -> HttpResponse:
    message = (
        "La base des comptes ne répond pas : réessayez dans quelques minutes. L’annuaire, "
        "l’observatoire et les besoins, eux, marchent sans compte."
    )
    return told(request, "Les comptes sont indisponibles", message, 503)
