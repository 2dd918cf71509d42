"""An atlas: the territories that a place is made of, all of them, side by side on the same measures."""

from dataclasses import dataclass
from enum import StrEnum

import duckdb

from essor.observatory.breakdown import Breakdown, Row, breakdown
from essor.observatory.interval import Interval
from essor.observatory.nesting import TREE_LEVELS
from essor.observatory.perspective import By, Perimeter
from essor.observatory.question import Question
from essor.territory.level import Level
from essor.territory.territories import Territory, territories

INHABITANTS = 100_000
"""How many inhabitants a density counts organisations for."""

# The communes of the place, the arrondissements of those that have some: nothing is counted twice.
_PIECES = """
SELECT {key} AS key, sum(population)::BIGINT
FROM (
    SELECT *, code AS commune, coalesce(parent, code) AS whole_commune FROM communes AS c
    WHERE NOT EXISTS (SELECT 1 FROM communes AS part WHERE part.parent = c.code)
) WHERE {here} AND {key} IS NOT NULL GROUP BY ALL
"""
_INDUSTRY = """
SELECT {key} AS key, coalesce(sum(units) FILTER (NOT is_natural_person), 0)::BIGINT,
    sum(units)::BIGINT
FROM (
    SELECT i.*, coalesce(c.parent, i.commune) AS whole_commune
    FROM observatory.industry AS i LEFT JOIN communes AS c ON c.code = i.commune
) WHERE {here} AND {key} IS NOT NULL GROUP BY ALL
"""

_CHOICES = {
    Level.FRANCE: (
        Level.REGION,
        Level.DEPARTEMENT,
        Level.TERRITOIRE_INDUSTRIE,
        Level.ZONE_EMPLOI,
    ),
    Level.REGION: (
        Level.DEPARTEMENT,
        Level.EPCI,
        Level.TERRITOIRE_INDUSTRIE,
        Level.ZONE_EMPLOI,
    ),
    Level.DEPARTEMENT: (
        Level.EPCI,
        Level.TERRITOIRE_INDUSTRIE,
        Level.ZONE_EMPLOI,
        Level.COMMUNE,
    ),
}
"""The levels that a place may be told apart by, the nearest first; the commune, of any other."""


class Measure(StrEnum):
    """What territories are compared on; the value is what an address says."""

    SHARE = "part"
    DENSITY = "densite"
    ORGANISATIONS = "organisations"
    STAFF = "salaries"


@dataclass(frozen=True, slots=True)
class Part:
    """A territory of the place: what the breakdown says of it, and what its measures are read against.

    `row` is unknown where nothing of the perimeter is. `population` is in inhabitants; `persons` and
    `units` are the industrial legal units of legal persons, and of everybody. Of a territory that
    crosses the border of the place, only what lies inside counts.
    """

    territory: Territory
    row: Row | None
    population: int | None
    persons: int
    units: int

    @property
    def organisations(self) -> int:
        """Return how many organisations of the perimeter are there."""
        return self.row.organisations if self.row else 0

    @property
    def density(self) -> float | None:
        """Return how many there are for 100 000 inhabitants; unknown without inhabitants."""
        return self.organisations * INHABITANTS / self.population if self.population else None

    @property
    def is_secret(self) -> bool:
        """Return whether its staff is masked."""
        return self.row is not None and self.row.is_secret

    @property
    def staff(self) -> Interval | None:
        """Return its staff in employees; nothing when masked, or known of no organisation."""
        row = self.row
        if row is None:
            return Interval(0, 0, 0)
        if row.staff is None or row.staff_lower is None or row.staff_upper is None:
            return None
        return Interval(row.staff_lower, row.staff, row.staff_upper)

    @property
    def share(self) -> Interval | None:
        """Return the share (0–1) of industrial units, as K04 does; nothing where there is none."""
        persons = max(self.persons, self.organisations)
        if persons == 0:
            return None
        value = self.organisations / persons
        return Interval(self.organisations / max(self.units, persons), value, value)

    def measured(self, measure: Measure) -> float | None:
        """Return the value of a measure, or nothing when it is unknown or masked."""
        match measure:
            case Measure.SHARE:
                return self.share.value if self.share else None
            case Measure.DENSITY:
                return self.density
            case Measure.ORGANISATIONS:
                return float(self.organisations)
            case Measure.STAFF:
                return self.staff.value if self.staff else None


@dataclass(frozen=True, slots=True)
class Atlas:
    """The parts of a place in one perimeter, most populous first, and what no part of it holds.

    `elsewhere` are the organisations whose territory of that level is unknown.
    """

    place: Territory
    perimeter: Perimeter
    level: Level
    parts: tuple[Part, ...]
    elsewhere: tuple[Row, ...]
    total: Row

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return what the parts can be compared on: P2 is no share of the industry of Sirene.

        Staff is told of régions and départements alone: their masks are the same in every answer, where those
        of levels that cross one another could be told by difference (docs/decisions/0007).
        """
        left_out = set() if self.perimeter is Perimeter.P1 else {Measure.SHARE}
        if self.level not in TREE_LEVELS:
            left_out.add(Measure.STAFF)
        return tuple(each for each in Measure if each not in left_out)


def levels_of(connection: duckdb.DuckDBPyConnection, place: Level) -> tuple[Level, ...]:
    """Return the levels that a place may be told apart by, of those that the release holds."""
    held = connection.execute("SELECT DISTINCT level FROM territories").fetchall()
    known = {str(level) for (level,) in held}
    return tuple(each for each in _CHOICES.get(place, (Level.COMMUNE,)) if each.value in known)


def read_atlas(connection: duckdb.DuckDBPyConnection, question: Question) -> Atlas:
    """Return the parts of the territory of a question, from tables that `prepare` drew."""
    place, level = question.territory, question.parts
    if place is None:
        raise TypeError("an atlas is that of a territory")
    told = breakdown(connection, question, By.TERRITORY)
    rows = {row.key: row for row in told.rows}
    population = _by_key(connection, _PIECES, question)
    industry = _by_key(connection, _INDUSTRY, question)
    found = territories(
        connection,
        "level = ? AND code IN (SELECT unnest(?))",
        [level.value, [*{*population, *rows}]],
    )
    parts = tuple(
        Part(
            territory=each,
            row=rows.get(each.code),
            population=population.get(each.code, (None,))[0],
            persons=industry.get(each.code, (0, 0))[0] or 0,
            units=industry.get(each.code, (0, 0))[1] or 0,
        )
        for each in found
    )
    return Atlas(place, question.perimeter, level, parts, _elsewhere(told, parts), told.total)


def _elsewhere(told: Breakdown, parts: tuple[Part, ...]) -> tuple[Row, ...]:
    placed = {part.territory.code for part in parts}
    return tuple(row for row in told.rows if row.key not in placed)


def _by_key(
    connection: duckdb.DuckDBPyConnection, query: str, question: Question
) -> dict[str, tuple[int | None, ...]]:
    here, values = question.condition
    asked = query.format(key=_key(question), here=here)
    return {str(key): tuple(held) for key, *held in connection.execute(asked, values).fetchall()}


def _key(question: Question) -> str:
    """Return the column of the parts; only a commune is divided into its own arrondissements."""
    if question.parts is not Level.COMMUNE:
        return question.parts.value
    return "commune" if question.place.level is Level.COMMUNE else "whole_commune"
