"""Promises: what a published table must hold, checked on its file before a release is switched in."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from essor.errors import SourceError
from essor.tables.table import SQL_TYPES, Table

# The writer counts the holes of each column: nothing is read again.
_HOLES = """
SELECT path_in_schema, coalesce(sum(stats_null_count), 0) FROM parquet_metadata($1) GROUP BY ALL
"""


def check_promises(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> int:
    """Return the rows of the file, once its columns, its key and its holes are as promised.

    Raises:
        SourceError: another column, a repeated key, or an empty value in a column that must not be.
    """
    broken = list(_broken_columns(connection, table, str(path)))
    rows, distinct = (0, 0) if broken else _rows_and_keys(connection, table, str(path))
    if distinct < rows:
        broken.append(f"clé ({', '.join(table.key)}) répétée {rows - distinct} fois")
    if broken:
        message = (
            f"Table {table.name} : {', '.join(broken)}. La construction est abandonnée, la version "
            "en service reste la même : vérifiez les fichiers par « essor sources », puis relancez."
        )
        raise SourceError(message)
    return rows


def _broken_columns(
    connection: duckdb.DuckDBPyConnection, table: Table, path: str
) -> Iterator[str]:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet($1)", [path]).fetchall()
    found = {row[0]: row[1] for row in described}
    promised = {column.name: SQL_TYPES[column.type] for column in table.columns}
    if list(found.items()) != list(promised.items()):
        yield f"colonnes {found} au lieu de {promised}"
        return
    holes = dict(connection.execute(_HOLES, [path]).fetchall())
    for column in table.columns:
        if not column.nullable and (empty := int(holes.get(column.name, 0))):
            yield f"colonne {column.name} vide {empty} fois"


def _rows_and_keys(
    connection: duckdb.DuckDBPyConnection, table: Table, path: str
) -> tuple[int, int]:
    key = ", ".join(f'"{name}"' for name in table.key)
    # Distinct hashes are quick to count and prove distinct keys; only a collision needs the exact count.
    hashed = f"SELECT count(*), count(DISTINCT hash({key})) FROM read_parquet($1)"
    exact = f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM read_parquet($1))"
    rows, distinct = connection.execute(hashed, [path]).fetchall()[0]
    if distinct < rows:
        distinct = connection.execute(exact, [path]).fetchall()[0][0]
    return rows, distinct
