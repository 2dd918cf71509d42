"""Neighbours: the territories of a level whose communes touch those of another."""

import duckdb

from essor.territory.containment import communes_of
from essor.territory.level import Level
from essor.territory.territories import Territory, territories

# Next to an arrondissement, its fellow arrondissements are themselves and others are their commune.
_COMMUNE = (
    "CASE WHEN parent = (SELECT parent FROM communes WHERE code = $code) THEN code "
    "ELSE coalesce(parent, code) END"
)


def neighbours(
    connection: duckdb.DuckDBPyConnection, territory: Territory
) -> tuple[Territory, ...] | None:
    """Return the territories of the same level that touch `territory`, most populous first.

    Two territories touch when a commune of one touches a commune of the other. None when the
    release does not know: its source is absent, or tells of communes but not of arrondissements.
    """
    if not _are_known(connection, territory):
        return None
    if territory.level is Level.FRANCE:
        return ()
    own = communes_of(connection, territory)
    column = _COMMUNE if territory.level is Level.COMMUNE else territory.level.value
    values: dict[str, object] = {"own": list(own)}
    if territory.level is Level.COMMUNE:
        values["code"] = territory.code
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM communes WHERE code IN "
        "(SELECT neighbour FROM neighbours WHERE commune IN (SELECT unnest($own)))",
        values,
    ).fetchall()
    codes = sorted({str(code) for (code,) in rows if code is not None} - {territory.code, *own})
    return territories(
        connection, "level = ? AND code IN (SELECT unnest(?))", [territory.level.value, codes]
    )


def _are_known(connection: duckdb.DuckDBPyConnection, territory: Territory) -> bool:
    arrondissements = "SELECT code FROM communes WHERE parent IS NOT NULL"
    if territory.level is Level.COMMUNE:
        is_arrondissement = connection.execute(
            f"SELECT 1 WHERE ? IN ({arrondissements})", [territory.code]
        ).fetchone()
        if is_arrondissement:
            told = f"SELECT 1 FROM neighbours WHERE commune IN ({arrondissements}) LIMIT 1"
            return connection.execute(told).fetchone() is not None
    return connection.execute("SELECT 1 FROM neighbours LIMIT 1").fetchone() is not None
