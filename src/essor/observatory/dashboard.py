"""The dashboard of a territory: who is there, what it weighs, what moves, who lives next door."""

from dataclasses import dataclass
from datetime import date

import duckdb

from essor.observatory.breakdown import Breakdown, breakdown
from essor.observatory.clusters import Detection
from essor.observatory.figures import Figures, figures
from essor.observatory.indicators import Specialisation, specialise
from essor.observatory.local_sectors import Choice, read_local_sectors
from essor.observatory.perspective import By, Perimeter
from essor.observatory.question import Question
from essor.observatory.report.contents import Edition, clusters_of, industrial_strengths
from essor.observatory.report.members import (
    FEW_NAMED,
    Members,
    Nearby,
    read_members,
    read_nearest,
)
from essor.territory.containment import filter_sql, parents
from essor.territory.level import Level
from essor.territory.neighbourhood import neighbours
from essor.territory.territories import Territory

RECENT_YEARS = 2
MOST_OPENINGS = 10
MOST_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Opening:
    """An organisation created of late; its name is unknown when its diffusion is partial."""

    siren: str
    name: str | None
    commune: str | None
    activity: str | None
    created_on: date
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class Movements:
    """What opened between two days, latest first, and how much is closed, no day of which is known.

    `until` is the last day that the register knows of; unknown when it dates nothing.
    """

    since: date | None
    until: date | None
    opened: int
    listed: tuple[Opening, ...]
    closed: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory that touches this one, and the industrial organisations of the social economy there."""

    territory: Territory
    organisations: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What an officer reads of her territory.

    `compared` are the figures (P1) here, then of each territory that contains it, up to France;
    `declared` those of the conventioned structures (P2). `neighbours` is None when the release does not
    know which communes touch.
    """

    territory: Territory
    above: tuple[Territory, ...]
    compared: tuple[Figures, ...]
    declared: Figures
    families: Breakdown
    bands: Breakdown
    statuses: Breakdown
    strengths: tuple[Specialisation, ...]
    clusters: Detection
    employers: Members
    declared_employers: Members
    nearest: tuple[Nearby, ...]
    movements: Movements
    neighbours: tuple[Neighbour, ...] | None

    @property
    def here(self) -> Figures:
        """Return the figures of the territory itself (P1)."""
        return self.compared[0]

    @property
    def is_fictional(self) -> bool:
        """Return whether a figure rests on invented data."""
        return self.here.is_fictional or self.declared.is_fictional


def read_dashboard(
    connection: duckdb.DuckDBPyConnection, territory: Territory, edition: Edition
) -> Dashboard:
    """Return the dashboard of a territory of any level, from the release of that edition."""
    above = parents(connection, territory)
    own, declared = Question(territory), Question(territory, Perimeter.P2)
    locals_ = read_local_sectors(
        connection, territory.level, choice=Choice(territory=territory.code)
    )
    return Dashboard(
        territory=territory,
        above=above,
        compared=tuple(
            figures(connection, Question(place), edition.sources)
            for place in (territory, *reversed(above))
        ),
        declared=figures(connection, declared, edition.sources),
        families=breakdown(connection, own, By.FAMILY),
        bands=breakdown(connection, own, By.STAFF),
        statuses=breakdown(connection, declared, By.STATUS),
        strengths=industrial_strengths([specialise(local) for local in locals_]),
        clusters=clusters_of(connection, territory),
        employers=read_members(connection, territory, Perimeter.P1, FEW_NAMED),
        declared_employers=read_members(connection, territory, Perimeter.P2, FEW_NAMED),
        nearest=read_nearest(connection, territory, Perimeter.P1),
        movements=read_movements(connection, territory, edition),
        neighbours=_neighbours(connection, territory),
    )


# Industrial of either perimeter: a workshop that opens may be of the one or of the other.
_HELD = """
FROM (SELECT * FROM organisations WHERE {here}) AS o
WHERE (o.ess_family IS NOT NULL AND o.is_industrial_p1 OR o.is_industrial_p2)
"""
_LAST_DAY = "SELECT max(created_on) FROM organisations WHERE created_on <= ?"
_OPENED = f"""
SELECT m.siren, CASE WHEN NOT m.is_partly_diffused THEN m.name END, c.name, n.label, m.created_on,
    m.is_fictional, count(*) OVER ()
FROM (SELECT o.* {_HELD} AND o.is_active AND o.created_on BETWEEN ? AND ?) AS m
LEFT JOIN communes AS c ON c.code = m.commune LEFT JOIN naf AS n ON n.code = m.naf
ORDER BY m.created_on DESC, m.siren LIMIT {MOST_OPENINGS}
"""
_CLOSED = f"SELECT count(*) {_HELD} AND NOT o.is_active"


def read_movements(
    connection: duckdb.DuckDBPyConnection, territory: Territory, edition: Edition
) -> Movements:
    """Return what opened in the last two years that the register knows, and how much is closed."""
    here, values = filter_sql(territory)
    row = connection.execute(_CLOSED.format(here=here), values).fetchone()
    closed = int(row[0]) if row else 0
    last = connection.execute(_LAST_DAY, [edition.built_on]).fetchone()
    until: date | None = last[0] if last else None
    if until is None:
        return Movements(None, None, 0, (), closed)
    since = _years_before(until, RECENT_YEARS)
    rows = connection.execute(_OPENED.format(here=here), [*values, since, until]).fetchall()
    opened = int(rows[0][-1]) if rows else 0
    return Movements(since, until, opened, tuple(Opening(*row[:-1]) for row in rows), closed)


def _years_before(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def _neighbours(
    connection: duckdb.DuckDBPyConnection, territory: Territory
) -> tuple[Neighbour, ...] | None:
    """Return the most populous neighbours, each with its industrial organisations (P1)."""
    found = neighbours(connection, territory)
    if found is None:
        return None
    shown = found[:MOST_NEIGHBOURS]
    if not shown:
        return ()
    column = "whole_commune" if territory.level is Level.COMMUNE else territory.level.value
    rows = connection.execute(
        f"SELECT {column}, count(*) FROM observatory.members "
        f"WHERE is_p1 AND list_contains(?, {column}) GROUP BY ALL",
        [[each.code for each in shown]],
    ).fetchall()
    counts = {str(code): int(count) for code, count in rows}
    return tuple(Neighbour(each, counts.get(each.code, 0)) for each in shown)
