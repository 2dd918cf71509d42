"""What goes wrong, told as a page: what, why, what to do; a program reads the status."""

from collections.abc import Callable

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


class FaultsMiddleware:
    """Turns an expected error of the core into the page that tells it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if nothing could go wrong."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of an expected error; leave the others to Django."""
        if not isinstance(error, EssorError):
            return None
        return told(request, _TITLES.get(type(error), _ELSE), str(error), error.http_status)


def told(request: HttpRequest, title: str, message: str, status: int) -> HttpResponse:
    """Return the page that says what went wrong."""
    content = {"title": title, "message": message}
    return render(request, "essor/fault.html", content, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of an address that leads nowhere."""
    message = "L’adresse a peut-être changé : repartez de l’accueil, ou cherchez dans l’annuaire."
    return told(request, "Page introuvable", message, 404)


def failure(request: HttpRequest) -> HttpResponse:
    """Return the page of an error that nobody expected."""
    message = (
        "L’erreur est notée. Réessayez dans un instant ; si elle revient, écrivez à l’éditeur."
    )
    return told(request, _ELSE, message, 500)
