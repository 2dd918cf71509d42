"""Members: the organisations of a perimeter in a territory, by name where the law lets them be."""

from dataclasses import dataclass

import duckdb

from essor.observatory.perspective import Perimeter
from essor.territory.containment import filter_sql
from essor.territory.territories import Territory

MOST_NAMED = 70
"""Names that fit in the two pages a report gives them."""

_OF_PERIMETER = {
    Perimeter.P1: "o.ess_family IS NOT NULL AND o.is_industrial_p1",
    Perimeter.P2: "o.is_industrial_p2",
}


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
        SELECT m.siren, m.name, c.name, n.label, m.ess_family, m.ess_basis, b.label, m.is_fictional
        FROM ({there}) AS m
        LEFT JOIN communes AS c ON c.code = m.commune
        LEFT JOIN naf AS n ON n.code = m.naf
        LEFT JOIN staff_bands AS b ON b.code = m.staff_band
        WHERE NOT m.is_partly_diffused AND m.name IS NOT NULL
        ORDER BY m.staff_mid DESC NULLS LAST, m.name, m.siren
        LIMIT {int(most)}
        """,
        values,
    ).fetchall()
    return Members(tuple(NamedMember(*row) for row in rows), int(total), int(total) - int(named))
