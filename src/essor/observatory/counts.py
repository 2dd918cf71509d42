"""Counts: what the key figures of a question are made of, read from the prepared tables."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from essor.observatory.headcount import HEADCOUNT_SQL, Headcount, together
from essor.observatory.perspective import Perimeter
from essor.observatory.question import Question
from essor.perimeter.staff_bands import BY_CODE

OF_PERIMETER = {Perimeter.P1: "is_p1", Perimeter.P2: "is_p2"}
"""The column of the prepared members that says whether they are of a perimeter."""

_PERHAPS = {Perimeter.P1: "is_perhaps_p1", Perimeter.P2: "is_perhaps_p2"}


@dataclass(frozen=True, slots=True)
class Group:
    """The members of one family and one staff band."""

    family: str | None
    band: str | None
    headcount: Headcount


@dataclass(frozen=True, slots=True)
class Fabric:
    """The industrial legal units of one staff band and one kind of person."""

    band: str
    is_natural_person: bool
    headcount: Headcount


@dataclass(frozen=True, slots=True)
class Counts:
    """The members of the perimeter, the whole of industry, and how many more may be members."""

    groups: tuple[Group, ...]
    industry: tuple[Fabric, ...]
    perhaps: int

    def members(self, of: Callable[[Group], bool] = lambda _: True) -> Headcount:
        """Return the members of the groups chosen, all by default."""
        return together(group.headcount for group in self.groups if of(group))

    def by_family(self) -> dict[str, Headcount]:
        """Return the members of each family; an empty key gathers those of none."""
        return self._keyed(lambda group: group.family or "")

    def legal_persons(self) -> int:
        """Return how many industrial legal units are legal persons."""
        return sum(f.headcount.units for f in self.industry if not f.is_natural_person)

    def all_units(self) -> int:
        """Return how many industrial legal units there are, natural persons included."""
        return sum(f.headcount.units for f in self.industry)

    def other_industry(self) -> Headcount:
        """Return the industrial units that are not members; no band is less than empty."""
        members = self._keyed(lambda group: _known_band(group.band))
        whole: dict[str, Headcount] = defaultdict(Headcount)
        for fabric in self.industry:
            whole[_known_band(fabric.band)] += fabric.headcount
        return together(_without(count, members.get(band)) for band, count in whole.items())

    def _keyed(self, key: Callable[[Group], str]) -> dict[str, Headcount]:
        keyed: dict[str, Headcount] = defaultdict(Headcount)
        for group in self.groups:
            keyed[key(group)] += group.headcount
        return dict(keyed)


def read_counts(connection: duckdb.DuckDBPyConnection, question: Question) -> Counts:
    """Return the counts of a question, from tables that `prepare` drew."""
    return Counts(
        groups=_groups(connection, question),
        industry=_industry(connection, question),
        perhaps=_perhaps(connection, question),
    )


def _groups(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[Group, ...]:
    here, values = question.condition
    rows = connection.execute(
        f"SELECT ess_family, staff_band, {HEADCOUNT_SQL} FROM observatory.members "
        f"WHERE {OF_PERIMETER[question.perimeter]} AND {here} GROUP BY ALL",
        values,
    ).fetchall()
    return tuple(Group(row[0], row[1], Headcount(*row[2:])) for row in rows)


def _industry(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[Fabric, ...]:
    here, values = question.condition
    rows = connection.execute(
        "SELECT staff_band, is_natural_person, sum(units)::BIGINT "
        f"FROM observatory.industry WHERE {here} GROUP BY ALL",
        values,
    ).fetchall()
    return tuple(Fabric(band, natural, of_band(band, units)) for band, natural, units in rows)


def _perhaps(connection: duckdb.DuckDBPyConnection, question: Question) -> int:
    here, values = question.condition
    row = connection.execute(
        f"SELECT count(*) FROM observatory.members WHERE {_PERHAPS[question.perimeter]} AND {here}",
        values,
    ).fetchone()
    return int(row[0]) if row else 0


def of_band(code: str, units: int) -> Headcount:
    """Return that many units of one staff band, of unknown staff where the band is."""
    band = BY_CODE.get(code)
    if band is None:
        return Headcount(units=units)
    most = band.lower if band.upper is None else band.upper
    return Headcount(
        units=units,
        known=units,
        lower=units * band.lower,
        mid=units * band.mid,
        upper=units * most,
        largest=most if units else 0,
        open_ended=units if band.upper is None else 0,
    )


def _without(whole: Headcount, part: Headcount | None) -> Headcount:
    if part is None:
        return whole
    return replace(
        whole,
        units=max(0, whole.units - part.units),
        known=max(0, whole.known - part.known),
        lower=max(0, whole.lower - part.lower),
        mid=max(0.0, whole.mid - part.mid),
        upper=max(0, whole.upper - part.upper),
        largest=whole.largest if whole.known > part.known else 0,
        open_ended=max(0, whole.open_ended - part.open_ended),
    )


def _known_band(band: str | None) -> str:
    return band if band in BY_CODE else ""
