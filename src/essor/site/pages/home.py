"""Accueil: one question, and a door for each of the five actors of the study."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.observatory.perspective import Perimeter
from essor.site.current import in_service
from essor.territory.level import Level

_SHOWN = ("K03", "K05", "K08a")


@dataclass(frozen=True, slots=True)
class Door:
    """What an actor comes for, and the page where it begins."""

    actor: str
    purpose: str
    page: str


DOORS = (
    Door(
        "Intercommunalité, région",
        "Ce qui existe chez vous, ce qui manque, et le rapport de votre territoire.",
        "observatoire",
    ),
    Door(
        "Entreprise de l’ESS",
        "Vous situer, et trouver des partenaires de votre métier.",
        "annuaire",
    ),
    Door(
        "Industriel, acheteur",
        "Dire un besoin en français, et lire qui peut y répondre.",
        "besoins",
    ),
    Door(
        "État, réseau national",
        "La photographie du pays, avec ses bornes et ses sources.",
        "observatoire",
    ),
    Door(
        "Financeur",
        "Repérer des organisations industrielles, métier par métier.",
        "annuaire",
    ),
)


def home(request: HttpRequest) -> HttpResponse:
    """Return the first page."""
    found = in_service().place(Level.FRANCE, "FR", Perimeter.P1).figures
    shown = [figure for figure in found.figures if figure.id in _SHOWN]
    return render(request, "essor/home.html", {"figures": shown, "doors": DOORS})
