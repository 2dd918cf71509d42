"""Build the tables of a release: stage every source, cross them, check the promises, write."""

import gc
import importlib.metadata
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from essor.home import Home
from essor.sources.contours import SOURCES as CONTOURS
from essor.tables.anomalies import ANOMALIES
from essor.tables.catalogue import TABLES
from essor.tables.table import Table
from essor.warehouse.anomalies import Anomaly, write_anomalies
from essor.warehouse.engine import start_engine
from essor.warehouse.promises import check_promises
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.register import cross
from essor.warehouse.stage import Staging, copy_contours

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build wrote: the rows of each table, the sources, the versions, the anomalies."""

    tables: tuple[tuple[str, int], ...]
    sources: tuple[SourceRecord, ...]
    versions: dict[str, str]
    anomalies: tuple[Anomaly, ...]
    is_fictional: bool


def build_tables(
    home: Home, folder: Path, engine_name: str = "duckdb", progress: Progress = lambda _: None
) -> Built:
    """Write every table of the catalogue into `folder/tables`, the contours into `folder/contours`.

    Raises:
        SourceError: an essential source is absent, or a file or a table breaks its promises.
        EngineError: the engine is unknown, not installed, or does not start.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True)
    with (
        _no_collector(),
        tempfile.TemporaryDirectory(prefix="work-", dir=folder) as workdir,
        start_engine(engine_name, Path(workdir)) as engine,
        duckdb.connect() as connection,
    ):
        progress("Lecture et croisement des sources")
        staged = Staging(engine, connection, home, Path(workdir))
        anomalies = cross(engine, tables, staged)
        write_anomalies(list(anomalies), tables / f"{ANOMALIES.name}.parquet")
        progress("Vérification des tables")
        rows = _checked(connection, tables)
        records = copy_contours(home, CONTOURS, folder / "contours")
        sources = (*(one.record for one in staged.values()), *records.values())
        return Built(
            tables=rows,
            sources=sources,
            versions={"essor": importlib.metadata.version("essor"), **engine.versions},
            anomalies=anomalies,
            is_fictional=any(source.is_fictional for source in sources),
        )


def _checked(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[tuple[str, int], ...]:
    """Return the rows of each table, once each keeps its promises; distinct keys are counted by one thread."""

    def check(table: Table) -> tuple[str, int]:
        with connection.cursor() as beside:
            path = folder / f"{table.name}.parquet"
            return table.name, check_promises(beside, table, path)

    with ThreadPoolExecutor() as threads:
        return tuple(threads.map(check, TABLES))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Let no object be looked for that could be freed: the expressions all live until the build's end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
