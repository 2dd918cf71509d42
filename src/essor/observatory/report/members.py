"""Members: the organisations of a perimeter in a territory, by name where the law lets them be."""

from dataclasses import dataclass

import duckdb

from essor.observatory.perspective import Perimeter
from essor.territory.containment import filter_sql
from essor.territory.distance import EARTH_RADIUS_KM
from essor.territory.territories import Territory

MOST_NAMED = 70
"""Names that fit in the pages a report gives them."""

FEW_NAMED = 12
"""Names that a page shows at once."""

MOST_NEAREST = 15
LEAST_NEAREST = 5
NEAR_KM = 150.0
"""Beyond it, only the five nearest organisations are worth naming."""

_OF_PERIMETER = {
    Perimeter.P1: "o.ess_family IS NOT NULL AND o.is_industrial_p1",
    Perimeter.P2: "o.is_industrial_p2",
}


_COLUMNS = """
    m.siren, m.name, p.name, n.label, m.ess_family, m.ess_basis, b.label, m.is_fictional
"""
_LABELS = """
    LEFT JOIN communes AS p ON p.code = m.commune
    LEFT JOIN naf AS n ON n.code = m.naf
    LEFT JOIN staff_bands AS b ON b.code = m.staff_band
"""

# Haversine, from the point (? latitude, twice, then ? longitude) to the centre of the commune `c`.
_DISTANCE_KM = f"""
    2 * {EARTH_RADIUS_KM} * asin(sqrt(least(1, pow(sin(radians(c.lat - ?) / 2), 2)
    + cos(radians(?)) * cos(radians(c.lat)) * pow(sin(radians(c.lon - ?) / 2), 2))))
"""


@dataclass(frozen=True, slots=True)
class NamedMember:
    """An organisation that may be named; without a family outside the social economy."""

    siren: str
    name: str
    commune: str | None
    activity: str | None
    family: str | None
    basis: str | None
    staff_band: str | None
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """An organisation outside the territory, and its distance to the centre, in kilometres."""

    member: NamedMember
    distance_km: float


@dataclass(frozen=True, slots=True)
class Members:
    """The biggest organisations that may be named, and how many there are of each kind.

    `total` is `named`, listed or not, plus `unnamed`, whose diffusion is partial or name unknown.
    """

    listed: tuple[NamedMember, ...]
    total: int
    unnamed: int

    @property
    def named(self) -> int:
        """Return how many may be named."""
        return self.total - self.unnamed

    @property
    def others(self) -> int:
        """Return how many may be named and are not listed, for want of room."""
        return self.named - len(self.listed)


def read_members(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    perimeter: Perimeter,
    most: int = MOST_NAMED,
) -> Members:
    """Return the active organisations of the perimeter whose head office is in `territory`."""
    here, values = filter_sql(territory)
    held = f"SELECT * FROM organisations AS o WHERE o.is_active AND {_OF_PERIMETER[perimeter]}"
    there = f"SELECT * FROM ({held}) WHERE {here}"
    is_named = "NOT is_partly_diffused AND name IS NOT NULL"
    total, named = connection.execute(
        f"SELECT count(*), count(*) FILTER ({is_named}) FROM ({there})", values
    ).fetchall()[0]
    rows = connection.execute(
        f"""
        SELECT {_COLUMNS} FROM ({there}) AS m {_LABELS}
        WHERE NOT m.is_partly_diffused AND m.name IS NOT NULL
        ORDER BY m.staff_mid DESC NULLS LAST, m.name, m.siren
        LIMIT {int(most)}
        """,
        values,
    ).fetchall()
    return Members(tuple(NamedMember(*row) for row in rows), int(total), int(total) - int(named))


def read_nearest(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    perimeter: Perimeter,
    most: int = MOST_NEAREST,
) -> tuple[Nearby, ...]:
    """Return the organisations that may be named nearest to the territory, outside it.

    None is near a territory whose own place is unknown.
    """
    if territory.lon is None or territory.lat is None:
        return ()
    here, values = filter_sql(territory)
    rows = connection.execute(
        f"""
        WITH held AS (
            SELECT o.*, {_DISTANCE_KM} AS distance_km
            FROM (SELECT * FROM organisations WHERE NOT coalesce({here}, false)) AS o
            JOIN communes AS c ON c.code = o.commune
            WHERE o.is_active AND {_OF_PERIMETER[perimeter]}
                AND NOT o.is_partly_diffused AND o.name IS NOT NULL
                AND c.lon IS NOT NULL AND c.lat IS NOT NULL)
        SELECT {_COLUMNS}, m.distance_km FROM held AS m {_LABELS}
        ORDER BY m.distance_km, m.staff_mid DESC NULLS LAST, m.name, m.siren
        LIMIT {int(most)}
        """,
        [territory.lat, territory.lat, territory.lon, *values],
    ).fetchall()
    found = [Nearby(NamedMember(*row[:-1]), float(row[-1])) for row in rows]
    return tuple(n for i, n in enumerate(found) if i < LEAST_NEAREST or n.distance_km <= NEAR_KM)
