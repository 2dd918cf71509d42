"""A release of a few rows, in memory: what a test does not write is as empty as may be."""

import duckdb

from essor.tables.catalogue import TABLES
from essor.tables.table import SQL_TYPES, Column, Table

EMPTIEST = {"string": "", "boolean": False, "int32": 0, "int64": 0, "float64": 0.0}


def small_release(**rows):
    """Return a connection that holds every table of the catalogue, with the rows given."""
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(_creation(table))
        for row in rows.get(table.name, []):
            _insert(connection, table, row)
    return connection


def _creation(table: Table):
    columns = ", ".join(f'"{column.name}" {SQL_TYPES[column.type]}' for column in table.columns)
    return f"CREATE TABLE {table.name} ({columns})"


def _insert(connection, table: Table, row):
    unknown = row.keys() - set(table.names)
    assert not unknown, f"{table.name} has no column {unknown}"
    values = [row.get(column.name, _emptiest(column)) for column in table.columns]
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO {table.name} VALUES ({marks})", values)


def _emptiest(column: Column):
    if column.nullable:
        return None
    return EMPTIEST.get(column.type, "2024-01-01")
