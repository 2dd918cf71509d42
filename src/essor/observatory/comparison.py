"""Comparison of a territory with itself: its employment in two releases, and what changed it."""

from dataclasses import dataclass

import duckdb

from essor.observatory.local_sectors import Choice, read_local_sectors
from essor.observatory.shift_share import Change, ShiftShare, shift_share
from essor.observatory.typography import FINE_SPACE, SPACE, number
from essor.territory.level import Level
from essor.territory.territories import Territory

_COLON = f"{SPACE}:"


@dataclass(frozen=True, slots=True)
class Evolution:
    """How the employment of a territory changed from a release to another, and the sentence of it.

    `effects` is unknown where the older release holds no employment.
    """

    territory: str
    since: int
    until: int
    effects: ShiftShare | None
    because: str


def evolution(
    before: tuple[int, duckdb.DuckDBPyConnection],
    after: tuple[int, duckdb.DuckDBPyConnection],
    territory: Territory,
) -> Evolution:
    """Return the change between two releases, each given by its number and its tables."""
    since, until = before[0], after[0]
    effects = shift_share(
        _changes(before[1], after[1], territory.level, territory.code),
        _changes(before[1], after[1], Level.FRANCE, "FR"),
    )
    because = _because(territory.name, since, until, effects)
    return Evolution(territory.name, since, until, effects, because)


def _changes(
    before: duckdb.DuckDBPyConnection,
    after: duckdb.DuckDBPyConnection,
    level: Level,
    code: str,
) -> dict[str, Change]:
    old, new = _jobs(before, level, code), _jobs(after, level, code)
    return {division: (old.get(division, 0.0), new.get(division, 0.0)) for division in {*old, *new}}


def _jobs(connection: duckdb.DuckDBPyConnection, level: Level, code: str) -> dict[str, float]:
    rows = read_local_sectors(connection, level, choice=Choice(territory=code))
    return {row.sector: row.jobs.value for row in rows}


def _because(name: str, since: int, until: int, effects: ShiftShare | None) -> str:
    if effects is None:
        return f"La version {since} ne contient aucun emploi{_COLON} l’évolution est inconnue."
    return (
        f"De la version {since} à la version {until}, l’emploi de {name} passe de "
        f"{number(effects.before)} à {number(effects.after)}{SPACE}salariés "
        f"({signed(effects.change)}){_COLON} {signed(effects.national)} si tout y avait évolué "
        f"comme la France{FINE_SPACE}; {signed(effects.structural)} par ses activités"
        f"{FINE_SPACE}; {signed(effects.local)} qui tiennent au territoire"
        f"{FINE_SPACE}; {signed(effects.unexplained)} que le hasard des petits nombres suffit à "
        "expliquer."
    )


def signed(jobs: float) -> str:
    """Return a change of employment with its sign: + 1 200, − 30, 0."""
    rounded = round(jobs)
    sign = f"+{SPACE}" if rounded > 0 else f"−{SPACE}" if rounded < 0 else ""
    return f"{sign}{number(abs(rounded))}"
