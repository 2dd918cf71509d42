"""Builders that write every table of the catalogue with a few rows, as fast or as slow as asked."""

import time
from types import SimpleNamespace

import duckdb

from essor.tables.catalogue import TABLES
from essor.tables.table import SQL_TYPES
from essor.warehouse.provenance import SourceRecord

SOURCE = SourceRecord(
    name="sirene_units",
    title="Unités légales",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr",
    is_present=True,
)


def write_table(connection, table, rows, path):
    """Write that many rows of the table: rank of the row in every column, but a day in dates."""
    columns = ", ".join(
        f"""{"'2024-01-01'" if kind == "date" else "range"}::{SQL_TYPES[kind]} AS "{name}" """
        for name, kind in table.types.items()
    )
    connection.execute(f"COPY (SELECT {columns} FROM range({rows})) TO '{path}' (FORMAT parquet)")


def builder(rows=3, pause_s=0.0):
    """Return a builder whose tables have so many rows, with a pause after each."""

    def build(home, folder, engine, progress):
        (folder / "tables").mkdir()
        with duckdb.connect(config={"threads": 1}) as connection:
            for table in TABLES:
                path = folder / "tables" / f"{table.name}.parquet"
                write_table(connection, table, rows, path)
                time.sleep(pause_s)
        (folder / "contours").mkdir()
        (folder / "contours" / "regions.geojson").write_text("{}")
        return SimpleNamespace(
            tables=tuple((table.name, rows) for table in TABLES),
            sources=(SOURCE,),
            versions={"essor": "0.1.0"},
            anomalies=(),
            is_fictional=False,
        )

    return build
