"""A search as people and programs ask it of the site, and the query it makes."""

from dataclasses import dataclass, replace

import duckdb

from essor.errors import InvalidRequestError
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import BY_CODE, StaffBand
from essor.search.circle import Circle
from essor.search.document import PLACED_LEVELS, Kind
from essor.search.page import Page
from essor.search.query import FORM, Filters, Order, Query
from essor.site.current import Current
from essor.site.offers.live import overlay
from essor.site.timing import SEARCH_SECONDS
from essor.territory.distance import centre
from essor.territory.level import Level
from essor.territory.lookup import look_up
from essor.territory.territories import Territory

RADIUS_KM = 30.0
"""How far around a place one looks when no radius is said."""

_PUBLISHED = {
    Kind.OFFER: (FORM, "region", "departement"),
    Kind.NEED: ("division", FORM, "region", "departement"),
}
"""The kinds that members publish, and what is counted of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What is searched, as typed; empty was not said. The radius is in kilometres.

    Of organisations, without a status or a family, only the social economy is searched, unless `everybody`
    is. `forms` are those of the kind: means of offers, reservations of needs.
    """

    kind: Kind = Kind.ORGANISATION
    text: str = ""
    place: str = ""
    radius_km: float | None = None
    forms: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    naf: tuple[str, ...] = ()
    territories: tuple[tuple[Level, str], ...] = ()
    staff_band: StaffBand | None = None
    everybody: bool = False
    page: int = 1
    size: int = 20

    @property
    def sought_families(self) -> tuple[Family, ...]:
        """Return the families that answers are of; none for any."""
        is_open = self.kind in _PUBLISHED or self.everybody or self.statuses or self.families
        return self.families if is_open else tuple(Family)


def territory_said(text: str) -> tuple[Level, str]:
    """Return the level and the code of a territory written « departement:57 ».

    Raises:
        InvalidRequestError: it is written otherwise, or of a level that no structure is placed at.
    """
    level, _, code = text.partition(":")
    if level in PLACED_LEVELS and code:
        return Level(level), code
    raise InvalidRequestError(
        f"« {text} » n’est pas un territoire : écrivez son niveau, deux points et son code, "
        "par exemple « departement:57 »."
    )


def band_said(code: str) -> StaffBand | None:
    """Return the staff band of that code, None when none is said.

    Raises:
        InvalidRequestError: it is no code of a band.
    """
    if code and code not in BY_CODE:
        raise InvalidRequestError(
            f"« {code} » n’est pas une tranche d’effectif : choisissez parmi {', '.join(BY_CODE)}."
        )
    return BY_CODE.get(code)


@dataclass(frozen=True, slots=True)
class Answered:
    """The page of answers, the query that gave it, and what was understood of the place."""

    page: Page
    query: Query
    note: str | None


@SEARCH_SECONDS.time()
def searched(service: Current, asked: Searched) -> Answered:
    """Return what answers: establishments around a commune, or within a radius; organisations otherwise.

    A wider place without a radius is the territory itself: its organisations, not those around its centre.

    Raises:
        InvalidRequestError: a filter makes no sense, or the place has no known centre.
        UnknownTerritoryError, AmbiguousTerritoryError: of the place.
    """
    band = asked.staff_band
    filters = Filters(
        statuses=asked.statuses,
        families=asked.sought_families,
        naf=asked.naf,
        territories=asked.territories,
        staff_min=band.lower if band else None,
        staff_max=band.upper if band else None,
        forms=asked.forms,
    )
    query = Query(asked.text, filters, asked.kind, asked.page, asked.size)
    if asked.kind in _PUBLISHED:
        query = replace(query, facets=_PUBLISHED[asked.kind])
    note = None
    if asked.place.strip():
        with service.connection() as connection:
            query, note = _placed(connection, query, asked)
    return Answered(overlay(service).index.search(query), query, note)


def _placed(
    connection: duckdb.DuckDBPyConnection, query: Query, asked: Searched
) -> tuple[Query, str | None]:
    found = look_up(connection, asked.place)
    if found.territory.level is Level.FRANCE:
        return query, found.note
    place = found.territory
    if asked.radius_km is None and place.level is not Level.COMMUNE:
        within = (*query.filters.territories, (place.level, place.code))
        inside = replace(query, filters=replace(query.filters, territories=within))
        return inside, " ".join(filter(None, (found.note, _inside(place, asked.kind))))
    if (point := centre(place)) is None:
        raise InvalidRequestError(
            f"Le centre de « {place.name} » n’est pas connu : donnez un autre lieu."
        )
    circle = Circle(point, RADIUS_KM if asked.radius_km is None else asked.radius_km)
    placed = replace(
        query,
        filters=replace(query.filters, circle=circle),
        kind=Kind.ESTABLISHMENT if asked.kind is Kind.ORGANISATION else asked.kind,
        order=Order.RELEVANCE if query.text.strip() else Order.DISTANCE,
    )
    return placed, found.note


def also(service: Current, query: Query) -> dict[Kind, int]:
    """Return how many of each kind that members publish answer the same text and place, without filters.

    A search of everything is not asked of them.
    """
    held = query.filters
    if not (query.text.strip() or held.circle or held.territories):
        return {}
    filters = Filters(territories=held.territories, circle=held.circle)
    index = overlay(service).index
    asked = Query(query.text, filters, size=1, facets=())
    return {kind: index.search(replace(asked, kind=kind)).total for kind in _PUBLISHED}


def _inside(place: Territory, kind: Kind) -> str:
    what = (
        f"{kind.plural.capitalize()} de ce territoire"
        if kind in _PUBLISHED
        else "Organisations qui ont leur siège dans ce territoire"
    )
    return (
        f"{what} : {place.name} ({place.level.label}). "
        "Donnez un rayon pour chercher autour de son centre."
    )
