"""The questions of the API: each calls what the page of the same name calls."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from ninja.throttling import AnonRateThrottle

from essor.identifiers import parse_siren
from essor.observatory.card import Card, Workplace, card, workplaces
from essor.observatory.export import figures_csv
from essor.observatory.figures import Figures, figures
from essor.observatory.question import Question
from essor.search.export import page_csv
from essor.search.page import Page
from essor.site.api import marche, needs, problems, study
from essor.site.api.description import DescribedAPI, answering_heads
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
from essor.warehouse.provenance import SourceRecord


class ReadThrottle(AnonRateThrottle):
    """Counts the questions of an address in the memory of the process: no database is asked."""

    cache = caches["process"]


api = DescribedAPI(
    title="Essor",
    version="1",
    description=(
        "L’économie sociale et solidaire dans l’industrie : territoires, chiffres, organisations, "
        "besoins. Lecture libre ; une erreur est un « problem details » (RFC 9457) en français."
    ),
    urls_namespace="api",
    docs_url=None,
    throttle=[ReadThrottle("600/m")],
)
problems.register(api)
api.add_decorator(read_from_anywhere, mode="view")

router = Router()
kept = decorate_view(kept_with_the_release)
"""For what the release alone answers: what members publish is not in it."""


@dataclass(frozen=True, slots=True)
class ReleaseInService:
    """The release that answers: its number, when it was built, whether a row of it is invented."""

    number: int
    built_at: datetime
    is_fictional: bool
    versions: dict[str, str]
    rows: dict[str, int]


@router.get(
    "/release",
    response=ReleaseInService,
    tags=["version"],
    summary="Version en service",
    description=(
        "La version des données qui répond : son numéro, son jour, ses tables ; si une "
        "ligne en est fictive, elle le dit."
    ),
)
@kept
def release(request: HttpRequest) -> ReleaseInService:
    """Return the release in service."""
    held = in_service().manifest
    rows = {table.name: table.rows for table in held.tables}
    return ReleaseInService(held.number, held.built_at, held.is_fictional, held.versions, rows)


@router.get(
    "/sources",
    response=list[SourceRecord],
    tags=["version"],
    summary="Sources",
    description="Les sources de la version en service, y compris celles qui lui manquent.",
)
@kept
def sources(request: HttpRequest) -> list[SourceRecord]:
    """Return the sources of the release in service, those it lacks included."""
    return list(in_service().manifest.sources)


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
        "cache."
    ),
)
@kept
def key_figures(request: HttpRequest, asked: Query[FiguresAsked]) -> Figures:
    """Return the key figures of a territory (by default France), broken down if asked."""
    return _figures(asked)


@router.get(
    "/figures.csv",
    tags=["chiffres"],
    summary="Chiffres clés, en CSV",
    description="Les mêmes chiffres, une ligne par chiffre.",
)
@kept
def key_figures_as_csv(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """Return the same figures as CSV."""
    return HttpResponse(figures_csv(_figures(asked)), content_type="text/csv; charset=utf-8")


@router.get(
    "/organisations",
    response=Page,
    tags=["organisations"],
    summary="Chercher des organisations",
    description=(
        "Les structures qui répondent à la recherche, les meilleures d’abord, chacune avec "
        "ses raisons ; les facettes comptent toutes les réponses. L’en-tête Link mène aux "
        "autres pages."
    ),
)
def organisations(request: HttpRequest, response: HttpResponse, asked: Query[SearchAsked]) -> Page:
    """Return the structures that answer a search, best first, each with its reasons."""
    found = searched(in_service(), asked.searched()).page
    told_pages(request, response, found.number, min(found.pages, MOST))
    return found


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
    found = searched(in_service(), asked.searched()).page
    return HttpResponse(page_csv(found), content_type="text/csv; charset=utf-8")


@router.get(
    "/organisations.geojson",
    tags=["organisations"],
    summary="Chercher des organisations, en GeoJSON",
    description="Les mêmes structures en points, celles dont le lieu est connu.",
)
def organisations_as_geojson(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Return the same structures as points, those whose place is known."""
    found = searched(in_service(), asked.searched()).page
    return HttpResponse(features(found), content_type="application/geo+json")


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


for each in (router, needs.router, marche.router, study.router):
    api.add_router("", answering_heads(each))


def _figures(asked: FiguresAsked) -> Figures:
    service = in_service()
    with service.connection() as connection:
        territory = look_up(connection, asked.place).territory if asked.place.strip() else None
        question = Question(territory, asked.perimeter, asked.by, asked.level)
        return figures(connection, question, service.manifest.sources)
