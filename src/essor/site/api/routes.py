"""The questions of the API: each calls what the page of the same name calls."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.throttling import AnonRateThrottle

from essor.identifiers import parse_siren
from essor.matching.answer import Answer
from essor.observatory.card import Card, card
from essor.observatory.export import figures_csv
from essor.observatory.figures import Figures, figures
from essor.observatory.question import Question
from essor.search.page import Page
from essor.site.api import problems
from essor.site.api.geojson import features
from essor.site.api.questions import FiguresAsked, NeedAsked, SearchAsked, TerritoriesAsked
from essor.site.asking import answered
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


api = NinjaAPI(
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


@dataclass(frozen=True, slots=True)
class ReleaseInService:
    """The release that answers: its number, when it was built, whether a row of it is invented."""

    number: int
    built_at: datetime
    is_fictional: bool
    versions: dict[str, str]
    rows: dict[str, int]


@api.get("/release", response=ReleaseInService, tags=["version"])
def release(request: HttpRequest) -> ReleaseInService:
    """Return the release in service."""
    held = in_service().manifest
    rows = {table.name: table.rows for table in held.tables}
    return ReleaseInService(held.number, held.built_at, held.is_fictional, held.versions, rows)


@api.get("/sources", response=list[SourceRecord], tags=["version"])
def sources(request: HttpRequest) -> list[SourceRecord]:
    """Return the sources of the release in service, those it lacks included."""
    return list(in_service().manifest.sources)


@api.get("/territories", response=list[Territory], tags=["territoires"])
def territories(
    request: HttpRequest,
    asked: Query[TerritoriesAsked],
) -> list[Territory]:
    """Return the territories that the text may begin to name or spell, best first."""
    with in_service().connection() as connection:
        return list(search_territories(connection, asked.q, asked.limit))


@api.get("/territories/{level}/{code}", response=Portrait, tags=["territoires"])
def territory(request: HttpRequest, level: Level, code: str) -> Portrait:
    """Return a territory, what contains it, what it holds, what touches it."""
    with in_service().connection() as connection:
        return portrait(connection, territory_at(connection, level, code))


@api.get("/figures", response=Figures, tags=["chiffres"])
def key_figures(request: HttpRequest, asked: Query[FiguresAsked]) -> Figures:
    """Return the key figures of a territory (by default France), broken down if asked."""
    return _figures(asked)


@api.get("/figures.csv", tags=["chiffres"])
def key_figures_as_csv(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """Return the same figures as CSV."""
    return HttpResponse(figures_csv(_figures(asked)), content_type="text/csv; charset=utf-8")


@api.get("/organisations", response=Page, tags=["organisations"])
def organisations(request: HttpRequest, asked: Query[SearchAsked]) -> Page:
    """Return the structures that answer a search, best first, each with its reasons."""
    return searched(in_service(), asked.searched()).page


@api.get("/organisations.geojson", tags=["organisations"])
def organisations_as_geojson(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Return the same structures as points, those whose place is known."""
    found = searched(in_service(), asked.searched()).page
    return HttpResponse(features(found), content_type="application/geo+json")


@api.get("/organisations/{siren}", response=Card, tags=["organisations"])
def organisation(request: HttpRequest, siren: str) -> Card:
    """Return the card of an organisation."""
    with in_service().connection() as connection:
        return card(connection, parse_siren(siren, accepts_fictional=True))


@api.get("/match", response=Answer, tags=["besoins"])
def match(request: HttpRequest, asked: Query[NeedAsked]) -> Answer:
    """Return who can answer a need said in French, best first, with reasons; nothing is kept."""
    found = answered(in_service(), asked.asked()).answer
    return replace(found, matches=found.matches[: asked.limit])


def _figures(asked: FiguresAsked) -> Figures:
    service = in_service()
    with service.connection() as connection:
        territory = look_up(connection, asked.place).territory if asked.place.strip() else None
        question = Question(territory, asked.perimeter, asked.by)
        return figures(connection, question, service.manifest.sources)
