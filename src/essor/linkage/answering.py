"""Answering a list: its rows read by role, linked and looked up all at once, answered one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from essor.linkage.answers import MOST_CHOICES, Answer, Asked, Known, answer
from essor.linkage.columns import Role
from essor.linkage.entries import Candidate, Outcome, Query
from essor.linkage.establishments import by_number, sirets_of
from essor.linkage.listing import Row
from essor.linkage.register import Register
from essor.linkage.sirets import check_all, registered_in
from essor.linkage.successors import successors_of_all

# Candidates looked at a row: enough to see whether the number typed bears the name typed.
_LOOKED_AT = 10
# Rows answered at once: their candidates would fill the memory if all were.
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Answered:
    """A row and its answer."""

    row: Row
    answer: Answer


def asked_by(row: Row, columns: Mapping[Role, int]) -> Asked:
    """Return what a row asks; the SIRET speaks before the SIREN."""
    said = {role: row.cells[at].strip() for role, at in columns.items()}
    query = Query(
        said.get(Role.NAME, ""),
        said.get(Role.ADDRESS, ""),
        said.get(Role.POSTCODE, ""),
        said.get(Role.CITY, ""),
    )
    return Asked(query, said.get(Role.SIRET, "") or said.get(Role.SIREN, ""))


def answer_rows(
    connection: duckdb.DuckDBPyConnection,
    register: Register,
    rows: Sequence[Row],
    columns: Mapping[Role, int],
) -> list[Answered]:
    """Return every row with its answer, in order; a row that cannot be read is rejected and says why."""
    sound = [row for row in rows if not row.fault]
    answers = iter(answer_all(connection, register, [asked_by(row, columns) for row in sound]))
    return [
        Answered(row, Answer(Outcome.REJECT, row.fault) if row.fault else next(answers))
        for row in rows
    ]


def answer_all(
    connection: duckdb.DuckDBPyConnection, register: Register, asked: Sequence[Asked]
) -> list[Answer]:
    """Return the answer to each of `asked`."""
    answers: list[Answer] = []
    for start in range(0, len(asked), _BATCH):
        some = asked[start : start + _BATCH]
        found = register.link([each.query for each in some], _LOOKED_AT)
        known = _known(connection, some, found)
        answers += (answer(each, its, known) for each, its in zip(some, found, strict=True))
    return answers


def _known(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Asked],
    found: Sequence[Sequence[Candidate]],
) -> Known:
    """Return all that the answers need to know, in a few requests."""
    numbers = list(dict.fromkeys(each.number for each in asked if each.number))
    checked = check_all(numbers, registered_in(connection))
    told = {number for each in checked for number in (each.number, *each.proposals)}
    told = {number for number in told if number.isascii() and number.isdigit()}
    places = by_number(connection, told)
    closed = [place.siret for place in places.values() if place.siret and not place.is_active]
    entries = {each.entry for some in found for each in some[:MOST_CHOICES]}
    return Known(
        dict(zip(numbers, checked, strict=True)),
        places,
        successors_of_all(connection, closed),
        sirets_of(connection, entries),
    )
