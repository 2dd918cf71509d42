"""Points on a map: where the answers of a page are, how surely, and what they are set among."""

from collections.abc import Iterable
from dataclasses import dataclass

from essor.search.circle import Circle
from essor.search.page import Hit
from essor.site.current import Current
from essor.site.maps.contours import around
from essor.territory.level import Level

_COARSE = "commune"
"""The basis of a position that is only that of its commune."""

_APPROXIMATE = """
SELECT siret FROM establishments
WHERE siret IN (SELECT unnest(?)) AND coalesce(position_basis, ?) = ?
"""


@dataclass(frozen=True, slots=True)
class PointMap:
    """What a map of points needs besides the list that says where they are.

    `ground` is the address of the contours around; `placed` counts those whose place is known, of
    `total`; `approximate` are the SIRETs placed at the centre of their commune.
    """

    ground: str
    placed: int
    total: int
    approximate: frozenset[str] = frozenset()
    circle: Circle | None = None


def map_of_hits(service: Current, hits: Iterable[Hit], circle: Circle | None) -> PointMap:
    """Return the map of a page of answers, around the circle that was searched."""
    documents = [hit.document for hit in hits]
    placed = [each for each in documents if each.lon is not None]
    with service.connection() as connection:
        sirets = [each.siret for each in placed if each.siret]
        rows = connection.execute(_APPROXIMATE, [sirets, _COARSE, _COARSE]).fetchall()
    approximate = frozenset(str(siret) for (siret,) in rows)
    return PointMap(around(Level.DEPARTEMENT), len(placed), len(documents), approximate, circle)


def map_of_points(points: Iterable[float | None]) -> PointMap | None:
    """Return the map of a list whose longitudes are given; nothing when none of them is known."""
    held = list(points)
    placed = sum(lon is not None for lon in held)
    return PointMap(around(Level.DEPARTEMENT), placed, len(held)) if placed else None
