"""The questions of the API: each calls what the page of the same name calls."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from essor.identifiers import parse_siren
from essor.observatory.card import Card, Workplace, card, workplaces
from essor.observatory.export import figures_csv
from essor.observatory.figures import Figures, figures
from essor.observatory.question import Question
from essor.search.export import page_csv
from essor.search.page import Page
from essor.site.api import marche, needs, offers, problems, releases, study
from essor.site.api.authority import ReadThrottle
from essor.site.api.description import DescribedAPI, answering_heads
from essor.site.api.formats import CSV, GEOJSON, accepted, also_in, in_an_accepted_form
from essor.site.api.geojson import features
from essor.site.api.questions import MOST, FiguresAsked, PageAsked, SearchAsked, TerritoriesAsked
from essor.site.api.sharing import kept_with_the_release, read_from_anywhere, told_pages
from essor.site.current import in_service
from essor.site.searching import searched
from essor.territory.level import Level
from essor.territory.lookup import look_up
from essor.territory.lookup import search as search_territories
from essor.territory.portrait import Portrait, portrait
from essor.territory.territories import Territory, territory_at

api = DescribedAPI(
    title="Essor",
    version="1",
    description=(
        "L’économie sociale et solidaire dans l’industrie : territoires, chiffres, organisations, "
        "besoins. Lecture libre ; une erreur est un « problem details » (RFC 9457) en français."
    ),
    urls_namespace="api",
    docs_url=None,
    throttle=[ReadThrottle()],
)
problems.register(api)
api.add_decorator(in_an_accepted_form, mode="view")
api.add_decorator(read_from_anywhere, mode="view")

router = Router()
kept = decorate_view(kept_with_the_release)
"""For what the release alone answers: what members publish is not in it."""


@router.get(
    "/territories",
    response=list[Territory],
    tags=["territoires"],
    summary="Chercher un territoire",
    description="Les territoires dont le nom ou le code commence ainsi, les meilleurs d’abord.",
)
@kept
def territories(
    request: HttpRequest,
    asked: Query[TerritoriesAsked],
) -> list[Territory]:
    """Return the territories that the text may begin to name or spell, best first."""
    with in_service().connection() as connection:
        return list(search_territories(connection, asked.q, asked.limit))


@router.get(
    "/territories/{level}/{code}",
    response=Portrait,
    tags=["territoires"],
    summary="Un territoire",
    description="Un territoire, ce qui le contient, ce qu’il contient, ses voisins.",
)
@kept
def territory(request: HttpRequest, level: Level, code: str) -> Portrait:
    """Return a territory, what contains it, what it holds, what touches it."""
    with in_service().connection() as connection:
        return portrait(connection, territory_at(connection, level, code))


@router.get(
    "/figures",
    response=Figures,
    tags=["chiffres"],
    summary="Chiffres clés",
    description=(
        "Les chiffres clés d’un territoire (sans lieu, la France), ventilés si on le "
        "demande ; chacun avec ses bornes, sa source, ce que le secret statistique en "
        "cache. L’en-tête Accept demande text/csv plutôt que JSON."
    ),
    openapi_extra=also_in("key_figures"),
)
@kept
def key_figures(request: HttpRequest, asked: Query[FiguresAsked]) -> Figures | HttpResponse:
    """Return the key figures of a territory (by default France), broken down if asked."""
    found = _figures(asked)
    return _figures_in_csv(found) if accepted(request) == CSV else found


@router.get(
    "/figures.csv",
    tags=["chiffres"],
    summary="Chiffres clés, en CSV",
    description="Les mêmes chiffres, une ligne par chiffre.",
)
@kept
def key_figures_as_csv(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """Return the same figures as CSV."""
    return _figures_in_csv(_figures(asked))


@router.get(
    "/organisations",
    response=Page,
    tags=["organisations"],
    summary="Chercher des organisations",
    description=(
        "Les structures qui répondent à la recherche, les meilleures d’abord, chacune avec "
        "ses raisons ; les facettes comptent toutes les réponses. L’en-tête Link mène aux "
        "autres pages ; l’en-tête Accept demande text/csv ou application/geo+json plutôt que JSON."
    ),
    openapi_extra=also_in("organisations"),
)
def organisations(
    request: HttpRequest, response: HttpResponse, asked: Query[SearchAsked]
) -> Page | HttpResponse:
    """Return the structures that answer a search, best first, each with its reasons."""
    found = searched(in_service(), asked.searched()).page
    kind = accepted(request)
    if kind is None or kind not in _WRITTEN:
        told_pages(request, response, found.number, min(found.pages, MOST))
        return found
    written = _page_in(kind, found)
    told_pages(request, written, found.number, min(found.pages, MOST))
    return written


@router.get(
    "/organisations.csv",
    tags=["organisations"],
    summary="Chercher des organisations, en CSV",
    description=(
        "Les mêmes structures, une par ligne ; aucune cellule n’est exécutée par un tableur."
    ),
)
def organisations_as_csv(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Return the same structures as CSV, no cell of which a spreadsheet would run."""
    return _page_in(CSV, searched(in_service(), asked.searched()).page)


@router.get(
    "/organisations.geojson",
    tags=["organisations"],
    summary="Chercher des organisations, en GeoJSON",
    description="Les mêmes structures en points, celles dont le lieu est connu.",
)
def organisations_as_geojson(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Return the same structures as points, those whose place is known."""
    return _page_in(GEOJSON, searched(in_service(), asked.searched()).page)


@router.get(
    "/organisations/{siren}",
    response=Card,
    tags=["organisations"],
    summary="Une organisation",
    description=(
        "La fiche d’une organisation : chaque fait avec sa source et son jour, cinquante "
        "établissements au plus."
    ),
)
@kept
def organisation(request: HttpRequest, siren: str) -> Card:
    """Return the card of an organisation."""
    with in_service().connection() as connection:
        return card(connection, parse_siren(siren, accepts_fictional=True))


@router.get(
    "/organisations/{siren}/establishments",
    response=list[Workplace],
    tags=["organisations"],
    summary="Établissements d’une organisation",
    description=(
        "Tous ses établissements, ouverts puis fermés, le siège d’abord ; Link mène aux "
        "autres pages."
    ),
)
@kept
def establishments(
    request: HttpRequest, response: HttpResponse, siren: str, asked: Query[PageAsked]
) -> list[Workplace]:
    """Return a page of the establishments of an organisation."""
    number = parse_siren(siren, accepts_fictional=True)
    with in_service().connection() as connection:
        held = card(connection, number)
        found = workplaces(connection, number, asked.size, (asked.page - 1) * asked.size)
    count = held.open_places + held.closed_places
    told_pages(request, response, asked.page, max(1, -(-count // asked.size)))
    return list(found)


for each in (releases.router, router, needs.router, offers.router, marche.router, study.router):
    api.add_router("", answering_heads(each))


_WRITTEN: dict[str, Callable[[Page], str]] = {CSV: page_csv, GEOJSON: features}


def _page_in(kind: str, found: Page) -> HttpResponse:
    return HttpResponse(_WRITTEN[kind](found), content_type=f"{kind}; charset=utf-8")


def _figures_in_csv(found: Figures) -> HttpResponse:
    return HttpResponse(figures_csv(found), content_type=f"{CSV}; charset=utf-8")


def _figures(asked: FiguresAsked) -> Figures:
    service = in_service()
    with service.connection() as connection:
        territory = look_up(connection, asked.place).territory if asked.place.strip() else None
        question = Question(territory, asked.perimeter, asked.by, asked.level)
        return figures(connection, question, service.manifest.sources)
