"""Accueil: one question, a door for each of five people, and the figures of the country."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.observatory.perspective import Perimeter
from essor.site.current import in_service
from essor.site.pages.needs import EXAMPLES
from essor.study.contents import study
from essor.territory.level import Level

_SHOWN = ("K03", "K05", "K08a")


@dataclass(frozen=True, slots=True)
class Door:
    """Who comes, for what, the page where it begins, and the words of the link to it."""

    actor: str
    purpose: str
    page: str
    way: str


DOORS = (
    Door(
        "J’anime un territoire",
        "Intercommunalité, département, région\u00a0: qui est là, ce qu’il pèse, par quoi commencer lundi.",
        "territoires",
        "Ouvrir mon territoire",
    ),
    Door(
        "Je dirige un atelier",
        "ESAT, entreprise adaptée, coopérative…\u00a0: tenir ma fiche, et lire ce que l’on cherche.",
        "annuaire",
        "Trouver ma fiche",
    ),
    Door(
        "J’achète",
        "Industriel ou acheteur public\u00a0: dire un besoin en français, et lire qui peut y répondre.",
        "besoins",
        "Dire mon besoin",
    ),
    Door(
        "Je finance",
        "Ce qui freine le changement d’échelle, ce que l’étude recommande, et les cas qui l’ont fait.",
        "etude",
        "Lire les leviers",
    ),
    Door(
        "Je découvre",
        "Combien sont-elles, où, dans quels métiers\u00a0: la photographie du pays, bornes et sources.",
        "observatoire",
        "Voir les chiffres",
    ),
)


def home(request: HttpRequest) -> HttpResponse:
    """Return the first page."""
    found = in_service().place(Level.FRANCE, "FR", Perimeter.P1).figures
    content = {
        "figures": [figure for figure in found.figures if figure.id in _SHOWN],
        "doors": DOORS,
        "examples": EXAMPLES,
        "levers": study().levers.values(),
    }
    return render(request, "essor/home.html", content)
