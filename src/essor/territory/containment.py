"""Containment: which territories hold which, both ways, across every level.

A territory is the set of its smallest pieces: communes, and the arrondissements of Paris, Lyon and
Marseille. One contains another when it holds every piece of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from essor.territory.level import Level
from essor.territory.territories import Territory, territories

# The pieces: every row of `communes` that no arrondissement divides.
_PIECES = "(SELECT *, coalesce(parent, code) AS whole_commune FROM communes AS c WHERE NOT EXISTS "
_PIECES += "(SELECT 1 FROM communes AS part WHERE part.parent = c.code))"


@dataclass(frozen=True, slots=True)
class Overlap:
    """A territory that shares communes with another one.

    `share` is the part of the other one's population that lives in it, `coverage` the part of its
    own population that lives in the other one; from 0 to 1, None when a population is unknown.
    """

    territory: Territory
    share: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class _Count:
    """How many pieces of a territory lie inside another, of how many, and their inhabitants."""

    inside: int
    whole: int
    population_inside: int | None
    population: int | None


def filter_sql(territory: Territory) -> tuple[str, list[str]]:
    """Return the SQL condition, and its parameters, on the rows placed in `territory`.

    It holds on any table that has the place columns. A commune takes its arrondissements with it.
    """
    if territory.level is Level.FRANCE:
        return "true", []
    if territory.level is Level.COMMUNE:
        codes = "SELECT code FROM communes WHERE code = ? OR parent = ?"
        return f"commune IN ({codes})", [territory.code, territory.code]
    return f"{territory.level.value} = ?", [territory.code]


def communes_of(connection: duckdb.DuckDBPyConnection, territory: Territory) -> tuple[str, ...]:
    """Return the codes of the communes of `territory`, arrondissements included, in order."""
    rows = connection.execute(
        f"SELECT code FROM communes WHERE {_own(territory.level)} ORDER BY code",
        {"own": territory.code},
    ).fetchall()
    return tuple(str(code) for (code,) in rows)


def contains(connection: duckdb.DuckDBPyConnection, a: Territory, b: Territory) -> bool:
    """Return whether every commune of `b` is one of `a`."""
    return set(communes_of(connection, b)) <= set(communes_of(connection, a))


def parents(connection: duckdb.DuckDBPyConnection, territory: Territory) -> tuple[Territory, ...]:
    """Return the territories of every level that contain `territory` entirely, broadest first.

    Of two territories made of the same communes, the broader level contains the other.
    """
    pieces, around = _around(connection, territory)
    wholes = _wholes(connection, territory, around)
    named = " OR ".join("level = ? AND code = ?" for _ in around) or "false"
    values = [each for level, code in around.items() for each in (level.value, code)]
    found = [
        other
        for other in territories(connection, named, values)
        if other != territory
        and (wholes[other.level] > pieces or other.level.breadth <= territory.level.breadth)
    ]
    return tuple(sorted(found, key=lambda parent: parent.level.breadth))


def _around(
    connection: duckdb.DuckDBPyConnection, territory: Territory
) -> tuple[int, dict[Level, str]]:
    """Return how many pieces a territory has, and at each level the only one they all belong to."""
    # A commune contains nothing but its own arrondissements.
    is_commune = territory.level is Level.COMMUNE
    levels = [level for level in Level if is_commune or level is not Level.COMMUNE]
    keys = [_key(level, territory.level) for level in levels]
    extents = ", ".join(f"[min({key}), max({key}), count({key})::VARCHAR]" for key in keys)
    row = connection.execute(
        f"SELECT count(*), {extents} FROM {_PIECES} WHERE {_own(territory.level)}",
        {"own": territory.code},
    ).fetchone()
    pieces, *extremes = row or (0,)
    return int(pieces), {
        level: first
        for level, (first, last, count) in zip(levels, extremes, strict=True)
        if first is not None and first == last and int(count) == pieces
    }


def _wholes(
    connection: duckdb.DuckDBPyConnection, territory: Territory, around: Mapping[Level, str]
) -> dict[Level, int]:
    """Return how many pieces each of these territories has."""
    if not around:
        return {}
    counts = ", ".join(
        f"count(*) FILTER ({_key(level, territory.level)} = ${level.value})" for level in around
    )
    asked = {level.value: code for level, code in around.items()}
    if "$own" in counts:
        asked["own"] = territory.code
    row = connection.execute(f"SELECT {counts} FROM {_PIECES}", asked).fetchone()
    return dict(zip(around, row or (), strict=True))


def members(
    connection: duckdb.DuckDBPyConnection, territory: Territory, level: Level
) -> tuple[Territory, ...]:
    """Return the territories of `level` that `territory` contains entirely, most populous first.

    Of two territories made of the same communes, the broader level contains the other. Municipal
    arrondissements are members of their commune only, so that communes are not counted twice.
    """
    pieces = _pieces(connection, territory)
    return tuple(
        other
        for other, count in _shared(connection, territory, level).items()
        if count.inside == count.whole
        and (count.whole < pieces or level.breadth >= territory.level.breadth)
    )


def intersecting(
    connection: duckdb.DuckDBPyConnection, territory: Territory, level: Level
) -> tuple[Overlap, ...]:
    """Return the territories of `level` that share a commune with `territory`, and how much."""
    return tuple(
        Overlap(
            other,
            share=_share(count.population_inside, territory.population),
            coverage=_share(count.population_inside, count.population),
        )
        for other, count in _shared(connection, territory, level).items()
    )


def _shared(
    connection: duckdb.DuckDBPyConnection, territory: Territory, level: Level
) -> dict[Territory, _Count]:
    """Return the other territories of `level` that share a piece with `territory`."""
    own, key = _own(territory.level), _key(level, territory.level)
    rows = connection.execute(
        f"SELECT {key} AS shared, count(*) FILTER ({own}), count(*), "
        f"sum(population) FILTER ({own})::BIGINT, sum(population)::BIGINT "
        f"FROM {_PIECES} WHERE {key} IN (SELECT {key} FROM {_PIECES} WHERE {own}) GROUP BY shared",
        {"own": territory.code},
    ).fetchall()
    counts = {str(code): _Count(*numbers) for code, *numbers in rows}
    found = territories(
        connection, "level = ? AND code IN (SELECT unnest(?))", [level.value, list(counts)]
    )
    return {other: counts[other.code] for other in found if other != territory}


def _pieces(connection: duckdb.DuckDBPyConnection, territory: Territory) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM {_PIECES} WHERE {_own(territory.level)}", {"own": territory.code}
    ).fetchone()
    return int(row[0]) if row else 0


def _own(level: Level) -> str:
    """Return the condition on the rows of `communes` inside the territory of `level` coded $own."""
    if level is Level.FRANCE:
        return "$own = 'FR'"
    if level is Level.COMMUNE:
        return "(code = $own OR parent = $own)"
    return f"{level.value} = $own"


def _key(level: Level, asked: Level) -> str:
    """Return the expression that gives the territory of `level` to which a piece belongs.

    Seen from a commune that has arrondissements, a piece is an arrondissement; from anywhere else,
    it is a commune.
    """
    if level is Level.FRANCE:
        return "'FR'"
    if level is not Level.COMMUNE:
        return level.value
    if asked is Level.COMMUNE:
        return "CASE WHEN parent = $own THEN code ELSE whole_commune END"
    return "whole_commune"


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
