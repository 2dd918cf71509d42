"""Breakdowns: the members of a perimeter told apart by family, activity, staff, status or place."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from essor.observatory.counts import OF_PERIMETER
from essor.observatory.headcount import HEADCOUNT_SQL, Headcount, together
from essor.observatory.interval import staff
from essor.observatory.nesting import Masks, read_masks
from essor.observatory.perspective import By
from essor.observatory.question import Question
from essor.observatory.secrecy import is_safe, masked, masked_below
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import BY_CODE
from essor.territory.level import Level

UNKNOWN = "Non renseigné"
TOTAL = "Ensemble"

_KEYS = {
    By.FAMILY: "ess_family",
    By.NAF: "division",
    By.STAFF: f"CASE WHEN staff_band IN {tuple(BY_CODE)} THEN staff_band END",
    By.STATUS: "statuses",
}

# What the release calls a key, where it says so.
_NO_LABELS = "SELECT NULL::VARCHAR AS code, NULL::VARCHAR AS label WHERE false"
_LABELS = {
    By.FAMILY: _NO_LABELS,
    By.NAF: "SELECT code, label FROM naf WHERE level = 2",
    By.STAFF: "SELECT code, label FROM staff_bands",
    By.STATUS: _NO_LABELS,
    By.TERRITORY: "SELECT code, name AS label FROM territories WHERE level = '{level}'",
}

# Only the territory asked for is a parameter; everything else is one of our constants. A question
# about France has none, which spares it the second that DuckDB takes to import pandas at its first.
_QUERY = """
WITH cells AS (
    SELECT {key} AS key, {headcount}
    FROM observatory.members WHERE {members} AND {here} GROUP BY key
)
SELECT labels.label, cells.*
FROM cells LEFT JOIN ({labels}) AS labels ON labels.code = cells.key
"""

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
    parts = _parts(connection, question, by)
    cells = {part.key: part.cell for part in parts}
    whole = together(cells.values())
    masks = read_masks(connection, question.perimeter)
    is_whole_hidden = masks.hides(question.place) or not is_safe(whole)
    hidden = _hidden(question, by, cells, masks)
    rows = [
        _row(part, whole, is_hidden=part.key in hidden, is_whole_hidden=is_whole_hidden)
        for part in sorted(parts, key=lambda part: _rank(part, by))
    ]
    return Breakdown(
        by=by,
        level=question.parts if by is By.TERRITORY else None,
        rows=tuple(rows),
        total=_row(
            _Part("", TOTAL, whole),
            whole,
            is_hidden=is_whole_hidden,
            is_whole_hidden=is_whole_hidden,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    key: str
    label: str
    cell: Headcount


def _parts(connection: duckdb.DuckDBPyConnection, question: Question, by: By) -> list[_Part]:
    here, values = question.condition
    rows = connection.execute(
        _QUERY.format(
            key=_key(question, by),
            headcount=HEADCOUNT_SQL,
            members=OF_PERIMETER[question.perimeter],
            here=here,
            labels=_LABELS[by].format(level=question.parts.value),
        ),
        values,
    ).fetchall()
    unknown = _WITHOUT.get(by, UNKNOWN)
    return [
        _Part(key or "", _label(by, key, label) if key else unknown, Headcount(*numbers))
        for label, key, *numbers in rows
    ]


def _label(by: By, key: str, label: str | None) -> str:
    if by is By.FAMILY:
        return Family(key).label
    return key.upper() if by is By.STATUS else label or key


def _key(question: Question, by: By) -> str:
    return _territory_key(question) if by is By.TERRITORY else _KEYS[by]


def _territory_key(question: Question) -> str:
    """Return the column of the parts; only a commune is divided into its own arrondissements."""
    if question.parts is Level.FRANCE:
        return "'FR'"
    if question.parts is not Level.COMMUNE:
        return question.parts.value
    return "commune" if question.place.level is Level.COMMUNE else "whole_commune"


def _hidden(
    question: Question, by: By, cells: Mapping[str, Headcount], masks: Masks
) -> frozenset[str]:
    """Return the keys whose staff is masked, here or in the answers about nested places.

    A masked place is not told apart by family, activity, staff or status at all: the same part of
    its neighbours, taken from that of the whole, would give what one part leaves.
    """
    is_hidden = masks.hides(question.place)
    carriers = frozenset(key for key, cell in cells.items() if cell.known)
    if by is By.TERRITORY:
        nested = masks.among(question, carriers)
        if nested is not None:
            return nested
        return masked_below(cells) if is_hidden else masked(cells)
    return carriers if is_hidden else masked(cells)


def _row(part: _Part, whole: Headcount, *, is_hidden: bool, is_whole_hidden: bool) -> Row:
    cell = part.cell
    interval = None if is_hidden else staff(cell)
    has_share = interval is not None and not is_whole_hidden and whole.mid > 0
    return Row(
        key=part.key,
        label=part.label,
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


def _rank(part: _Part, by: By) -> tuple[bool, int, str]:
    """Return the place of a part: the unknown last, bands by size, the others biggest first."""
    is_band = by is By.STAFF and part.key in BY_CODE
    order = list(BY_CODE).index(part.key) if is_band else -part.cell.units
    return part.key == "", order, part.key
