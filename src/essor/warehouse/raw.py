"""Publishers' files as they come, made readable by any engine, column by promised column.

`read_raw` looks at a file and returns a Parquet file; `standardise` turns that Parquet, read by
whichever engine, into the raw table that `tidy` expects.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import ibis
from ibis.expr.types import Value

from essor.sources.source import Source
from essor.tables.table import SQL_TYPES
from essor.warehouse.csv_dialect import dialect_of, in_utf_8
from essor.warehouse.disk import cannot_write
from essor.warehouse.form import Form
from essor.warehouse.header import FICTION_COLUMN, Header, resolve
from essor.warehouse.unpack import refusal, table_form, unpacked

DATE_COLUMN = "source_date"
SHOWN_LINES = 5
"""How many of the rejected lines are named."""

_REJECTS, _SCANS = "essor_rejected_lines", "essor_rejected_scans"
# More than half the lines rejected: the file is not what its header says.
_TOLERATED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file that any engine can read, and what was met while making it so.

    `path` is a Parquet file. `rejected_rows` could not be cut into columns and are not in it;
    `rejected_lines` says where the first are. `unreadable_values` counts, by promised column, the
    values that are not of the promised type and will be read as unknown. `is_fictional_column` is
    whether the file says which rows are invented.
    """

    path: Path
    rows: int
    columns_found: tuple[str, ...]
    columns_missing: tuple[str, ...]
    is_fictional_column: bool
    rejected_rows: int = 0
    rejected_lines: tuple[int, ...] = ()
    unreadable_values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Rejects:
    rows: int
    lines: tuple[int, ...]


def read_raw(
    connection: duckdb.DuckDBPyConnection, source: Source, file: Path, workdir: Path
) -> RawFile:
    """Return `file` as Parquet: itself if it is, else a copy in `workdir`, all columns text.

    Raises:
        SourceError: the file is truncated, empty, of another form, or lacks a required column.
        DiskError: the disk is full.
    """
    form = table_form(source, file)
    if form is Form.PARQUET:
        path, rejects = file, _Rejects(0, ())
    else:
        with _text(source, file, form, workdir) as text:
            path = workdir / f"{source.name}.parquet"
            rejects = _written_as_parquet(connection, source, text, path)
    rows, types = _described(connection, source, path, file)
    if rejects.rows > _TOLERATED_SHARE * (rows + rejects.rows):
        where = ", ".join(map(str, rejects.lines))
        why = f"a {rejects.rows} lignes illisibles sur {rows + rejects.rows} (lignes {where}…)"
        raise refusal(source, file, why)
    if rows == 0:
        raise refusal(source, file, "ne contient aucune ligne")
    header = resolve(source, tuple(types))
    return RawFile(
        path=path,
        rows=rows,
        columns_found=tuple(header.found),
        columns_missing=header.missing,
        is_fictional_column=header.fiction is not None,
        rejected_rows=rejects.rows,
        rejected_lines=rejects.lines,
        unreadable_values=_unreadable_values(connection, source, path, header, types),
    )


def standardise(table: ibis.Table, source: Source, source_date: date) -> ibis.Table:
    """Return the promised columns of `table`, under their names and types, ready for `tidy`.

    An optional column that the file lacks is unknown everywhere; so is a value that is not of the
    promised type. Two columns more: `is_fictional`, false unless the file says otherwise, and
    `source_date`. Nothing is computed.

    Raises:
        SourceError: a required column is missing, or two columns answer to one promise.
    """
    header = resolve(source, table.columns)
    promised = {
        column.name: _typed(table, header.found.get(column.name), column.type)
        for column in source.columns
    }
    is_fictional = _typed(table, header.fiction, "boolean").fill_null(ibis.literal(value=False))
    return table.select(
        **promised, **{FICTION_COLUMN: is_fictional, DATE_COLUMN: ibis.literal(source_date)}
    )


def _typed(table: ibis.Table, own: str | None, type_: str) -> Value:
    if own is None:
        return ibis.null(type_)
    column = table[own]
    return column if column.type() == ibis.dtype(type_) else column.try_cast(type_)


@contextmanager
def _text(source: Source, file: Path, form: Form, workdir: Path) -> Iterator[Path]:
    """Give the UTF-8 text that `file` holds, and remove what was written on the way."""
    text = unpacked(source, file, form, workdir)
    in_between = workdir / f"{source.name}.utf-8.csv"
    try:
        yield in_utf_8(text, in_between)
    finally:
        in_between.unlink(missing_ok=True)
        if text != file:
            text.unlink(missing_ok=True)


def _written_as_parquet(
    connection: duckdb.DuckDBPyConnection, source: Source, text: Path, target: Path
) -> _Rejects:
    """Write the promised columns of a CSV file, all as text; return what was rejected."""
    dialect = dialect_of(source, text)
    header = resolve(source, dialect.names)
    position = {own: f"c{rank}" for rank, own in enumerate(dialect.names)}
    kept = dict(header.found) | ({FICTION_COLUMN: header.fiction} if header.fiction else {})
    columns = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(len(dialect.names)))
    selection = ", ".join(f"{position[own]} AS {_identifier(name)}" for name, own in kept.items())
    # Ibis cannot ask DuckDB to keep the lines it rejects: hence SQL, made of positions and of
    # our own names.
    query = f"""
        SELECT {selection}
        FROM read_csv(
            $file, delim = $delim, quote = '"', escape = '"', header = true, auto_detect = false,
            columns = {{{columns}}}, store_rejects = true,
            rejects_table = '{_REJECTS}', rejects_scan = '{_SCANS}'
        )
    """
    _forget_rejects(connection)
    with _on_disk(target):
        parameters = {"file": str(text), "delim": dialect.separator}
        connection.sql(query, params=parameters).write_parquet(str(target), compression="zstd")
    rejects = _rejects(connection)
    _forget_rejects(connection)
    return rejects


def _rejects(connection: duckdb.DuckDBPyConnection) -> _Rejects:
    lines = [
        line
        for (line,) in connection.execute(
            f"SELECT DISTINCT line FROM {_REJECTS} ORDER BY line"
        ).fetchall()
    ]
    return _Rejects(len(lines), tuple(lines[:SHOWN_LINES]))


def _forget_rejects(connection: duckdb.DuckDBPyConnection) -> None:
    for table in (_REJECTS, _SCANS):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _described(
    connection: duckdb.DuckDBPyConnection, source: Source, path: Path, file: Path
) -> tuple[int, dict[str, str]]:
    """Return the rows of a Parquet file and the SQL type of its columns, from its footer."""
    try:
        counted = connection.execute("SELECT count(*) FROM read_parquet($1)", [str(path)])
        rows = counted.fetchall()[0][0]
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(path)])
        return rows, {name: type_ for name, type_, *_ in described.fetchall()}
    except duckdb.Error as failure:
        raise refusal(source, file, "n’est pas un fichier Parquet lisible") from failure


def _unreadable_values(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    path: Path,
    header: Header,
    types: Mapping[str, str],
) -> tuple[tuple[str, int], ...]:
    """Return how many values of each promised column are not of its type, where any is not."""
    doubtful = {
        column.name: SQL_TYPES[column.type]
        for column in source.columns
        if column.name in header.found
        and column.type != "string"  # a text holds whatever it is given
        and types[header.found[column.name]] == "VARCHAR"
    }
    if not doubtful:
        return ()
    counts = ", ".join(
        f"count(*) FILTER (nullif(trim({own}), '') IS NOT NULL"
        f" AND TRY_CAST({own} AS {type_}) IS NULL)"
        for name, type_ in doubtful.items()
        for own in (_identifier(header.found[name]),)
    )
    counted = connection.execute(f"SELECT {counts} FROM read_parquet($1)", [str(path)]).fetchall()
    return tuple((name, count) for name, count in zip(doubtful, counted[0], strict=True) if count)


@contextmanager
def _on_disk(target: Path) -> Iterator[None]:
    """Let DuckDB write `target`; a full disk is an error for people, and leaves no debris."""
    try:
        yield
    except duckdb.IOException as failure:
        target.unlink(missing_ok=True)
        raise cannot_write(target, str(failure)) from failure


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
