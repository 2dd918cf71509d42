"""Tidy rows written in a test, or a file of the mirror, on one DuckDB in memory."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from essor.warehouse.raw import read_raw, standardise

Row = dict[str, Any]
DAY = date(2026, 3, 1)
BACKEND = ibis.duckdb.connect()


def tidied(module: ModuleType, *rows: Mapping[str, str | None]) -> list[Row]:
    """Return what `module.tidy` makes of rows whose values are text, as a CSV gives them."""
    names = dict.fromkeys(name for row in rows for name in row)
    arrays = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    raw = standardise(ibis.memtable(pa.table(arrays)), module.SOURCE, DAY)
    found: list[Row] = BACKEND.to_pyarrow(module.tidy(raw)).to_pylist()
    return found


def tidied_file(module: ModuleType, file: Path, workdir: Path) -> list[Row]:
    """Return what `module.tidy` makes of a file as its publisher gives it."""
    found: list[Row] = _read(module, file, workdir).to_pylist()
    return found


def tidied_mirror(module: ModuleType, mirror: Path, workdir: Path) -> list[Row]:
    """Return what `module.tidy` makes of the mirror's file, checked against the table it is for."""
    table = _read(module, mirror / module.SOURCE.files[0], workdir)
    rows: list[Row] = table.to_pylist()
    keys = {tuple(row[name] for name in module.SOURCE.table.key) for row in rows}
    required = [column.name for column in module.SOURCE.table.columns if not column.nullable]
    assert tuple(table.column_names) == module.SOURCE.table.names
    assert len(keys) == len(rows) >= module.SOURCE.min_rows
    assert all(row[name] is not None for row in rows for name in required)
    return rows


def _read(module: ModuleType, file: Path, workdir: Path) -> pa.Table:
    with duckdb.connect() as connection:
        raw_file = read_raw(connection, module.SOURCE, file, workdir)
    raw = standardise(BACKEND.read_parquet(raw_file.path), module.SOURCE, DAY)
    return BACKEND.to_pyarrow(module.tidy(raw))
