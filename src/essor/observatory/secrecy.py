"""Statistical secrecy: which staff may not be disseminated, and what hides it from subtraction.

A cell of fewer than three units, or where one unit holds more than 85 % of the staff, is not
disseminated (secret statistique; domain.md H, thresholds to be checked against Insee's guide).
What is masked is the *staff*: how many legal units there are is public, since Sirene publishes
each of them. The guarantee holds within one answer, not between answers about nested territories.

Source: loi n° 51-711 du 7 juin 1951, art. 6; https://www.insee.fr/fr/information/1300624.
"""

from collections.abc import Mapping

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
    spare = sorted(
        (key for key, cell in cells.items() if cell.known and key not in hidden),
        key=lambda key: (cells[key].mid, key),
    )
    while spare and (len(hidden) == 1 or not is_safe(together(cells[key] for key in hidden))):
        hidden.add(spare.pop(0))
    return frozenset(hidden)
