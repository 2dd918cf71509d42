"""Statistical secrecy: which staff may not be disseminated, and what hides it from subtraction.

A cell of fewer than three units, or where one unit holds more than 85 % of the staff, is not
disseminated (secret statistique; domain.md H, thresholds to be checked against Insee's guide).
What is masked is the *staff*: how many legal units there are is public, since Sirene publishes
each of them. Within one answer, `masked` tells what is masked; between the answers about France, its
régions and its départements, whose sums nest, `masked_tree` does.

Source: loi n° 51-711 du 7 juin 1951, art. 6; https://www.insee.fr/fr/information/1300624.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from essor.observatory.headcount import Headcount, together

LEAST_UNITS = 3
MOST_SHARE = 0.85

NOTE = (
    "Secret statistique : effectif non diffusé (moins de 3 unités, une unité de plus de 85 % de "
    "l’effectif, ou case masquée pour que l’on ne puisse pas la retrouver par différence)."
)


def is_safe(cell: Headcount) -> bool:
    """Return whether the staff of a group may be disseminated.

    Only units of known staff protect one another. The dominance test sets the upper bound of the
    largest unit against the middles of all, which is severe on purpose. A cell of which no staff
    is known has nothing to hide.
    """
    if cell.known == 0:
        return True
    return cell.known >= LEAST_UNITS and cell.largest <= MOST_SHARE * cell.mid


def masked(cells: Mapping[str, Headcount]) -> frozenset[str]:
    """Return the keys of a breakdown whose staff is masked.

    The cells that are not safe are masked; then, when the whole is published, the smallest of the
    others one by one, until what the whole minus the published cells leaves is two cells or more,
    and safe.
    """
    hidden = {key for key, cell in cells.items() if not is_safe(cell)}
    if not hidden or not is_safe(together(cells.values())):
        return frozenset(hidden)
    spare = _smallest_first(cells, without=hidden)
    while spare and (len(hidden) == 1 or not is_safe(together(cells[key] for key in hidden))):
        hidden.add(spare.pop(0))
    return frozenset(hidden)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The régions and départements whose staff no answer gives, by code; « » is that of no place."""

    regions: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()


def masked_tree(tree: Mapping[str, Mapping[str, Headcount]]) -> Hidden:
    """Return what is masked of a country told apart by région, then by département.

    The parts of a published place are masked as in a breakdown. A masked région has one masked
    département at least, and what France minus all that is published leaves is safe, if France is
    published.
    """
    wholes = {region: together(parts.values()) for region, parts in tree.items()}
    regions = masked(wholes)
    hidden = {
        code for region, parts in tree.items() if region not in regions for code in masked(parts)
    }
    below = [tree[region] for region in regions]
    is_bounded = is_safe(together(wholes.values()))
    return Hidden(regions, frozenset(hidden | _masked_below(below, is_bounded=is_bounded)))


def masked_below(cells: Mapping[str, Headcount]) -> frozenset[str]:
    """Return the keys masked in the breakdown of a place whose own staff is masked elsewhere.

    One at least, so that the parts do not add up to it; and what they hide together is safe where
    the place is, for its neighbours may tell what the published parts leave.
    """
    return frozenset(_masked_below([cells], is_bounded=is_safe(together(cells.values()))))


def _masked_below(places: Iterable[Mapping[str, Headcount]], *, is_bounded: bool) -> set[str]:
    """Return the parts that masked places mask, together safe when their sum is known."""
    cells: dict[str, Headcount] = {}
    hidden: set[str] = set()
    for parts in places:
        unsafe = {key for key, cell in parts.items() if not is_safe(cell)}
        hidden |= unsafe or set(_smallest_first(parts)[:1])
        cells |= parts
    spare = _smallest_first(cells, without=hidden)
    while is_bounded and spare and not is_safe(together(cells[key] for key in hidden)):
        hidden.add(spare.pop(0))
    return hidden


def _smallest_first(
    cells: Mapping[str, Headcount], without: Iterable[str] = frozenset()
) -> list[str]:
    """Return the keys of known staff that may be masked besides."""
    left = {key for key, cell in cells.items() if cell.known} - set(without)
    return sorted(left, key=lambda key: (cells[key].mid, key))
