"""Anomalies: what could not be read as promised is counted, named, and kept in the release."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _
from ibis.expr.types import StringValue

from essor.tables.anomalies import ANOMALIES
from essor.warehouse.questions import Ask

LISTED = 200
"""How many values of one problem are listed; the rest are summed under an empty value."""


class Problem(StrEnum):
    """The kinds of anomaly."""

    DUPLICATE_KEY = "duplicate_key"
    BAD_LUHN = "bad_luhn"
    UNKNOWN_CODE = "unknown_code"
    FORMER_CODE = "former_code"
    UNKNOWN_COMMUNE = "unknown_commune"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One row of the table of anomalies."""

    source: str
    column: str
    problem: Problem
    value: str
    rows: int
    is_row_kept: bool


Findings = Callable[[], Iterable[Anomaly]]
"""What a check has found, once the engine has come to it."""


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked for: a column of a source, a problem, and whether its rows stay in the release."""

    source: str
    column: str
    problem: Problem
    is_row_kept: bool

    def found(self, tallied: ibis.Table) -> Iterator[Anomaly]:
        """Return the values of a tally, most frequent first, the rare ones summed under an empty value."""
        most_frequent = tallied.order_by(ibis.desc("rows"), "value").limit(LISTED + 1)
        met = most_frequent.to_pyarrow().to_pylist()
        for row in met[:LISTED]:
            yield self.counted(row["rows"], row["value"])
        if len(met) > LISTED:
            total = tallied.rows.sum().to_pyarrow().as_py()
            yield self.counted(total - sum(row["rows"] for row in met[:LISTED]))

    def counted(self, rows: int, value: str = "") -> Anomaly:
        """Return the anomaly of a value met on that many rows."""
        return Anomaly(self.source, self.column, self.problem, value, rows, self.is_row_kept)


def survey(tallies: Mapping[Check, ibis.Table], ask: Ask) -> Findings:
    """Return what each check finds in its tally; all are first counted in one question, few find anything."""
    counts = (
        tallied.aggregate(rows=_.rows.sum()).mutate(rank=ibis.literal(rank))
        for rank, tallied in enumerate(tallies.values())
    )
    met = ask(ibis.union(*counts).filter(_.rows > 0))
    checks = tuple(tallies.items())

    def findings() -> Iterator[Anomaly]:
        for rank in sorted(row["rank"] for row in met()):
            check, tallied = checks[rank]
            yield from check.found(tallied)

    return findings


def tally(values: StringValue) -> ibis.Table:
    """Return one row per value met, with its count: what is then looked for is looked for once a value."""
    met = values.name("value").as_table().filter(_.value.notnull())
    return met.group_by("value").aggregate(rows=_.count())


def write_anomalies(anomalies: list[Anomaly], path: Path) -> None:
    """Write the table of anomalies, the values of one check that coincide summed."""
    summed: dict[tuple[str, ...], Anomaly] = {}
    for anomaly in anomalies:
        key = (anomaly.source, anomaly.column, anomaly.problem, anomaly.value)
        before = summed.get(key)
        rows = anomaly.rows + (before.rows if before else 0)
        summed[key] = replace(anomaly, rows=rows)
    schema = ibis.schema(ANOMALIES.types).to_pyarrow()
    columns = zip(*(astuple(a) for a in summed.values()), strict=True) if summed else ()
    table = pa.table([list(c) for c in columns], schema=schema) if summed else schema.empty_table()
    pq.write_table(table, path, compression="zstd")
