"""Promises: what a published table must hold, checked on its file before a release is switched in."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from essor.errors import SourceError
from essor.tables.table import SQL_TYPES, Table

_ROWS = "SELECT count(*) FROM read_parquet(?)"

# The writer counts the holes of each column: nothing is read again.
_HOLES = """
SELECT coalesce(sum(stats_null_count), 0) FROM parquet_metadata(?) WHERE path_in_schema = ?
"""


def check_promises(table: Table, path: Path) -> int:
    """Return the rows of the file, once its columns, its key and its holes are as promised.

    Raises:
        SourceError: another column, a repeated key, or an empty value in a column that must not be.
    """
    with duckdb.connect() as connection:
        broken = list(_broken(connection, table, str(path)))
        if broken:
            message = (
                f"Table {table.name} : {', '.join(broken)}. La construction est abandonnée, la version "
                "en service reste la même : vérifiez les fichiers par « essor sources », puis relancez."
            )
            raise SourceError(message)
        return _value(connection, _ROWS, str(path))


def _broken(connection: duckdb.DuckDBPyConnection, table: Table, path: str) -> Iterator[str]:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    found = {row[0]: row[1] for row in described}
    promised = {column.name: SQL_TYPES[column.type] for column in table.columns}
    if list(found.items()) != list(promised.items()):
        yield f"colonnes {found} au lieu de {promised}"
        return
    for column in table.columns:
        if not column.nullable and (holes := _value(connection, _HOLES, path, column.name)):
            yield f"colonne {column.name} vide {holes} fois"
    rows = _value(connection, _ROWS, path)
    key = ", ".join(f'"{name}"' for name in table.key)
    # Distinct hashes are quick to count and prove distinct keys; only a collision needs the exact count.
    hashed = f"SELECT count(DISTINCT hash({key})) FROM read_parquet(?)"
    exact = f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM read_parquet(?))"
    distinct = _value(connection, hashed, path)
    if distinct < rows:
        distinct = _value(connection, exact, path)
    if distinct < rows:
        yield f"clé ({', '.join(table.key)}) répétée {rows - distinct} fois"


def _value(connection: duckdb.DuckDBPyConnection, query: str, *parameters: str) -> int:
    return int(connection.execute(query, list(parameters)).fetchall()[0][0])
