"""Facets as links: each value leads to the answers that have it, or back to all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from essor.perimeter.staff_bands import UNKNOWN_BAND
from essor.search.document import PLACED_LEVELS
from essor.search.page import Facet, FacetValue
from essor.search.schema import NONE

_PAGE = "page"
_PARAMETERS: Mapping[str, tuple[str, str]] = {
    "ess_family": ("famille", "{}"),
    "status": ("statut", "{}"),
    "division": ("naf", "{}"),
    "staff_band": ("effectif", "{}"),
    "form": ("forme", "{}"),
} | {level.value: ("territoire", f"{level.value}:{{}}") for level in PLACED_LEVELS}
"""What the address of the directory calls each field, and how it writes a value of it."""

_UNKNOWN = (NONE, UNKNOWN_BAND)
"""The values that no address can ask for."""

_SINGLE = ("naf", "effectif")
"""The parameters that hold one value at a time."""


@dataclass(frozen=True, slots=True)
class Link:
    """A value with its count, and the query string that chooses it, or lets it go; none for what is unknown."""

    label: str
    count: int
    query: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A facet and its links, most frequent first."""

    label: str
    links: tuple[Link, ...]


def linked(facets: Sequence[Facet], asked: QueryDict, most: int) -> list[Linked]:
    """Return the facets that have a value, at most so many links each, the chosen ones kept."""
    found = []
    for facet in facets:
        links = [
            _link(facet.field, value, asked)
            for rank, value in enumerate(facet.values)
            if rank < most or _is_chosen(facet.field, value, asked)
        ]
        if links:
            found.append(Linked(facet.label, tuple(links)))
    return found


def from_first_page(asked: QueryDict) -> QueryDict:
    """Return a copy of what was asked that can be changed, without its page."""
    changed = asked.copy()
    changed.pop(_PAGE, None)
    return changed


def without(asked: QueryDict, parameter: str, value: str) -> str:
    """Return the query string less one value of a parameter, from the first page."""
    changed = from_first_page(asked)
    changed.setlist(parameter, [each for each in asked.getlist(parameter) if each != value])
    return changed.urlencode()


def _link(field: str, value: FacetValue, asked: QueryDict) -> Link:
    if value.value in _UNKNOWN:
        return Link(value.label, value.count, None, is_chosen=False)
    parameter, written = _written(field, value)
    if _is_chosen(field, value, asked):
        return Link(value.label, value.count, without(asked, parameter, written), is_chosen=True)
    changed = from_first_page(asked)
    kept = [] if parameter in _SINGLE else [each for each in asked.getlist(parameter) if each]
    changed.setlist(parameter, [*kept, written])
    return Link(value.label, value.count, changed.urlencode(), is_chosen=False)


def _is_chosen(field: str, value: FacetValue, asked: QueryDict) -> bool:
    parameter, written = _written(field, value)
    return value.value not in _UNKNOWN and written in asked.getlist(parameter)


def _written(field: str, value: FacetValue) -> tuple[str, str]:
    """Return the parameter of the address that chooses a value, and how it is written there."""
    parameter, pattern = _PARAMETERS[field]
    return parameter, pattern.format(value.value)
