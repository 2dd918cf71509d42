"""Breakdowns: the members of a perimeter told apart by family, activity, staff, status or place."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from essor.observatory.counts import OF_PERIMETER
from essor.observatory.headcount import HEADCOUNT_SQL, Headcount, together
from essor.observatory.interval import staff
from essor.observatory.perspective import By
from essor.observatory.question import Question
from essor.observatory.secrecy import is_safe, masked
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import BY_CODE
from essor.territory.level import Level

UNKNOWN = "Non renseigné"
TOTAL = "Ensemble"

_KEYS = {
    By.FAMILY: "ess_family",
    By.NAF: "division",
    By.STAFF: "staff_band",
    By.STATUS: "statuses",
}

# The label of a missing key, where missing means something.
_WITHOUT = {
    By.FAMILY: "Hors des familles de l’ESS",
    By.STATUS: "Aucun statut connu",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a breakdown, or the whole. Shares go from 0 to 1; the unknown part has no key.

    The staff is unknown when no band is known, or masked (`is_secret`). `staff_unknown` counts the
    organisations without a known band.
    """

    key: str
    label: str
    organisations: int
    share: float | None
    staff: float | None
    staff_lower: int | None
    staff_upper: int | None
    staff_share: float | None
    staff_unknown: int
    is_secret: bool
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The parts, biggest first and the unknown one last, and the whole they add up to."""

    by: By
    level: Level | None
    rows: tuple[Row, ...]
    total: Row


def breakdown(connection: duckdb.DuckDBPyConnection, question: Question, by: By) -> Breakdown:
    """Return the members of a question told apart `by`, from tables that `prepare` drew."""
    cells = _cells(connection, question, by)
    labels = _labels(connection, question, by, cells)
    whole = together(cells.values())
    hidden = masked(cells)
    unknown = _WITHOUT.get(by, UNKNOWN)
    rows = [
        _row(key, labels.get(key, key or unknown), cell, whole, is_hidden=key in hidden)
        for key, cell in cells.items()
    ]
    return Breakdown(
        by=by,
        level=question.parts if by is By.TERRITORY else None,
        rows=tuple(sorted(rows, key=lambda row: _rank(row, by))),
        total=_row("", TOTAL, whole, whole, is_hidden=not is_safe(whole)),
    )


def _cells(
    connection: duckdb.DuckDBPyConnection, question: Question, by: By
) -> dict[str, Headcount]:
    here, values = question.condition
    key = _territory_key(question) if by is By.TERRITORY else _KEYS[by]
    rows = connection.execute(
        f"SELECT {key} AS key, {HEADCOUNT_SQL} FROM observatory.members "
        f"WHERE {OF_PERIMETER[question.perimeter]} AND {here} GROUP BY key",
        values,
    ).fetchall()
    cells: dict[str, Headcount] = {}
    for found, *numbers in rows:
        known = "" if found is None or (by is By.STAFF and found not in BY_CODE) else str(found)
        cells[known] = cells.get(known, Headcount()) + Headcount(*numbers)
    return cells


def _territory_key(question: Question) -> str:
    """Return the column of the parts; only a commune is divided into its own arrondissements."""
    if question.parts is Level.FRANCE:
        return "'FR'"
    if question.parts is not Level.COMMUNE:
        return question.parts.value
    return "commune" if question.place.level is Level.COMMUNE else "whole_commune"


def _labels(
    connection: duckdb.DuckDBPyConnection, question: Question, by: By, keys: Iterable[str]
) -> dict[str, str]:
    wanted = [key for key in keys if key]
    if by is By.FAMILY:
        return {key: Family(key).label for key in wanted}
    if by is By.STATUS:
        return {key: key.upper() for key in wanted}
    query, values = _LABEL_QUERIES[by], [wanted]
    if by is By.TERRITORY:
        return dict(connection.execute(query, [question.parts.value, wanted]).fetchall())
    return dict(connection.execute(query, values).fetchall())


_LABEL_QUERIES = {
    By.NAF: "SELECT code, label FROM naf WHERE code IN (SELECT unnest(?))",
    By.STAFF: "SELECT code, label FROM staff_bands WHERE code IN (SELECT unnest(?))",
    By.TERRITORY: (
        "SELECT code, name FROM territories WHERE level = ? AND code IN (SELECT unnest(?))"
    ),
}


def _row(key: str, label: str, cell: Headcount, whole: Headcount, *, is_hidden: bool) -> Row:
    interval = None if is_hidden else staff(cell)
    has_share = interval is not None and is_safe(whole) and whole.mid > 0
    return Row(
        key=key,
        label=label,
        organisations=cell.units,
        share=cell.units / whole.units if whole.units else None,
        staff=interval.value if interval else None,
        staff_lower=cell.lower if interval else None,
        staff_upper=cell.upper if interval else None,
        staff_share=cell.mid / whole.mid if has_share else None,
        staff_unknown=cell.unknown,
        is_secret=is_hidden,
        is_fictional=cell.is_fictional,
    )


def _rank(row: Row, by: By) -> tuple[bool, int, str]:
    """Return the place of a row: the unknown last, bands by size, the others biggest first."""
    order = list(BY_CODE).index(row.key) if by is By.STAFF and row.key else -row.organisations
    return row.key == "", order, row.key
