"""Tables of a few rows on one DuckDB in memory, and what an expression makes of them."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import ibis
import pyarrow as pa

from essor.tables.table import Table

Row = dict[str, Any]

BACKEND = ibis.duckdb.connect()
RANKS = count()
PLAINEST = {"string": "", "boolean": False}


def frame(types: Mapping[str, str], *rows: Mapping[str, Any]) -> ibis.Table:
    """Return a table of those columns; what a row does not say is unknown."""
    unknown = {name for row in rows for name in row} - types.keys()
    assert not unknown, f"no column {unknown}"
    schema = ibis.schema(types).to_pyarrow()
    full = [{name: row.get(name) for name in types} for row in rows]
    return BACKEND.create_table(f"frame_{next(RANKS)}", pa.Table.from_pylist(full, schema))


def framed(table: Table, *rows: Mapping[str, Any]) -> ibis.Table:
    """Return `table` with those rows; what may not be empty is as plain as may be."""
    plain = {
        column.name: PLAINEST[column.type]
        for column in table.columns
        if not column.nullable and column.type in PLAINEST
    }
    return frame(table.types, *({**plain, **row} for row in rows))


def rows_of(expression: ibis.Table) -> list[Row]:
    """Return the rows of an expression, in the order of its columns."""
    found: list[Row] = expression.order_by(*expression.columns).to_pyarrow().to_pylist()
    return found


def row_of(expression: ibis.Table) -> Row:
    """Return the only row of an expression."""
    (row,) = rows_of(expression)
    return row
