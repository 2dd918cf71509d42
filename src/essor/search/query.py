"""What is asked of a search: a text, filters that are conditions, and which page of the answer."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from essor.errors import InvalidRequestError
from essor.language.analysis import fold
from essor.perimeter.families import Family
from essor.search.document import PLACED_LEVELS, Kind
from essor.territory.level import Level

if TYPE_CHECKING:  # numpy and DuckDB are not needed to say what is asked
    from essor.search.circle import Circle

LARGEST_PAGE = 1_000
DEEPEST = 10_000
"""Answers that pages lead through: beyond, the best would have to be kept in memory by the thousands."""
STATUSES = ("ei", "etti", "aci", "ai", "eiti", "ea", "eatt", "esat", "geiq", "esus", "scop")
"""The kinds of the table `statuses`."""

FACETS = ("ess_family", "status", "division", "departement", "staff_band")
"""The fields whose values are counted unless others are asked."""

LEVELS = tuple(level.value for level in PLACED_LEVELS)

FORM = "form"
COUNTED = (*FACETS, FORM, *(level for level in LEVELS if level not in FACETS))
"""The fields whose values may be counted; a document may have several of `status` and of `form`."""

_NAF_POSITION = re.compile(r"[A-U]|[0-9]{2}(?:\.[0-9](?:[0-9][A-Z]?)?)?")
_LARGEST_LON, _LARGEST_LAT = 180, 90
WIDEST_KM = 20_100
"""Half the circumference of the Earth: a wider circle says nothing more."""


class Order(StrEnum):
    """In which order answers come."""

    RELEVANCE = "pertinence"
    DISTANCE = "distance"


class Perimeter(StrEnum):
    """P1: industrial main activity; P2: declared industrial activity. Never merged."""

    P1 = "p1"
    P2 = "p2"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that every answer fulfils; an empty one asks nothing.

    Inside `statuses`, `families`, `naf`, `territories` and `forms` one value is enough. A code of `naf` is a
    position of any level: « C », « 25 », « 25.6 », « 25.62 » or « 25.62B ». A structure answers
    `staff_min` and `staff_max` when its band meets them; one of unknown staff does not.
    """

    statuses: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    perimeter: Perimeter | None = None
    naf: tuple[str, ...] = ()
    staff_min: int | None = None
    staff_max: int | None = None
    territories: tuple[tuple[Level, str], ...] = ()
    forms: tuple[str, ...] = ()
    circle: "Circle | None" = None
    is_active: bool | None = True
    is_fictional: bool | None = None


NO_FILTER = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """A request: what is searched, under which conditions, and the page wanted (the first is 1).

    `facets` are the fields, of `COUNTED`, whose values are counted among all the answers.
    """

    text: str = ""
    filters: Filters = NO_FILTER
    kind: Kind = Kind.ORGANISATION
    page: int = 1
    size: int = 20
    order: Order = Order.RELEVANCE
    facets: tuple[str, ...] = FACETS


def status_named(word: str) -> str | None:
    """Return the status that a word names, in the plural and in capitals too, None when it names none."""
    kind = fold(word)
    kind = kind if kind in STATUSES else kind.removesuffix("s")
    return kind if kind in STATUSES else None


def checked(query: Query) -> Query:
    """Return the query as it can be answered: a circle is at most the Earth.

    Raises:
        InvalidRequestError: a page, a size, a radius, a position or a staff range makes no sense.
    """
    _refuse_page(query)
    filters = query.filters
    if (
        filters.staff_min is not None
        and filters.staff_max is not None
        and filters.staff_min > filters.staff_max
    ):
        raise InvalidRequestError(
            f"Aucun effectif n’est à la fois d’au moins {filters.staff_min} et d’au plus "
            f"{filters.staff_max} salariés : inversez ces bornes, ou retirez l’une d’elles."
        )
    _refuse_unknown(filters)
    for field in query.facets:
        if field not in COUNTED:
            raise InvalidRequestError(
                f"On ne compte pas les réponses par « {field} » : choisissez parmi "
                f"{', '.join(COUNTED)}."
            )
    if any(level not in PLACED_LEVELS for level, _ in filters.territories):
        kept = tuple(each for each in filters.territories if each[0] in PLACED_LEVELS)
        query = replace(query, filters=replace(filters, territories=kept))
    if query.order is Order.DISTANCE and filters.circle is None:
        raise InvalidRequestError(
            "Ranger par distance demande un lieu : donnez-en un, ou rangez par pertinence."
        )
    return _with_checked_circle(query) if filters.circle else query


def _refuse_page(query: Query) -> None:
    if query.page < 1 or not 1 <= query.size <= LARGEST_PAGE:
        raise InvalidRequestError(
            f"Il n’y a pas de page {query.page} de {query.size} réponses : demandez une page à "
            f"partir de 1, de 1 à {LARGEST_PAGE} réponses."
        )
    if query.page * query.size > DEEPEST:
        raise InvalidRequestError(
            f"Les pages s’arrêtent à la {DEEPEST}e réponse : précisez la recherche, ou ajoutez un filtre."
        )


def _refuse_unknown(filters: Filters) -> None:
    for status in filters.statuses:
        if status not in STATUSES:
            raise InvalidRequestError(
                f"« {status} » n’est pas un statut : choisissez parmi {', '.join(STATUSES)}."
            )
    for code in filters.naf:
        if _NAF_POSITION.fullmatch(code) is None:
            raise InvalidRequestError(
                f"« {code} » n’est pas une position de la NAF : écrivez une section (« C »), une "
                "division (« 25 »), un groupe (« 25.6 »), une classe (« 25.62 ») ou une sous-classe "
                "(« 25.62B »)."
            )


def _with_checked_circle(query: Query) -> Query:
    circle = query.filters.circle
    if circle is None:
        return query
    centre, radius = circle.centre, circle.radius_km
    is_on_earth = abs(centre.lon) <= _LARGEST_LON and abs(centre.lat) <= _LARGEST_LAT
    if not (is_on_earth and radius >= 0):
        raise InvalidRequestError(
            f"Un cercle de {radius:g} km autour de la longitude {centre.lon:g} et de la latitude "
            f"{centre.lat:g} n’existe pas : donnez un rayon positif et des degrés WGS 84."
        )
    circle = replace(circle, radius_km=min(radius, WIDEST_KM))
    return replace(query, filters=replace(query.filters, circle=circle))
