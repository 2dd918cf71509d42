"""A territory as a value, and the reading of territories from a release."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from essor.errors import UnknownTerritoryError
from essor.territory.level import Level

COLUMNS = "level, code, name, kind, population, communes, lon, lat, area_km2"


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory of one level.

    `kind` is CC, CA, CU or METRO for an EPCI. `population` is municipal, in inhabitants; the centre
    is that of its communes weighted by population, in WGS 84 degrees; unknown is None.
    """

    level: Level
    code: str
    name: str
    kind: str | None
    population: int | None
    communes: int
    lon: float | None
    lat: float | None
    area_km2: float | None

    @property
    def selector(self) -> str:
        """Return the text that designates this territory and no other: « commune:57463 »."""
        return f"{self.level.value}:{self.code}"


def territories(
    connection: duckdb.DuckDBPyConnection, condition: str, values: Sequence[object] = ()
) -> tuple[Territory, ...]:
    """Return the territories that satisfy an SQL condition over the table `territories`.

    `condition` is ours, `values` fill its parameters. The most populous come first.
    """
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM territories WHERE {condition} "
        "ORDER BY population DESC NULLS LAST, level, code",
        list(values),
    ).fetchall()
    return tuple(_territory(row) for row in rows)


def territory_at(connection: duckdb.DuckDBPyConnection, level: Level, code: str) -> Territory:
    """Return the territory of that level and code.

    Raises:
        UnknownTerritoryError: the release holds none.
    """
    found = territories(connection, "level = ? AND code = ?", [level.value, code])
    if not found:
        raise UnknownTerritoryError(
            f"Aucun territoire « {level.value}:{code} » dans la version ouverte : vérifiez le code."
        )
    return found[0]


def _territory(row: tuple[object, ...]) -> Territory:
    level, code, name, kind, population, communes, lon, lat, area_km2 = row
    return Territory(
        level=Level(str(level)),
        code=str(code),
        name=str(name),
        kind=None if kind is None else str(kind),
        population=_integer(population),
        communes=_integer(communes) or 0,
        lon=_real(lon),
        lat=_real(lat),
        area_km2=_real(area_km2),
    )


def _integer(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
