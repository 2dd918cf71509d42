"""A territory in its surroundings: what contains it, what it holds, what touches it."""

from dataclasses import dataclass

import duckdb

from essor.territory.containment import members, parents
from essor.territory.level import Level
from essor.territory.neighbourhood import neighbours
from essor.territory.territories import Territory


@dataclass(frozen=True, slots=True)
class Members:
    """How many territories of a level lie entirely inside another."""

    level: Level
    count: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """A territory, its parents, its members by level (those it has), and its neighbours.

    `neighbours` is None when the release does not know which communes touch.
    """

    territory: Territory
    parents: tuple[Territory, ...]
    members: tuple[Members, ...]
    neighbours: tuple[Territory, ...] | None


def portrait(connection: duckdb.DuckDBPyConnection, territory: Territory) -> Portrait:
    """Return `territory` in its surroundings."""
    counts = (Members(level, len(members(connection, territory, level))) for level in Level)
    return Portrait(
        territory,
        parents(connection, territory),
        tuple(each for each in counts if each.count),
        neighbours(connection, territory),
    )
