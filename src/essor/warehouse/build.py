"""Build the tables of a release: stage every source, cross them, check the promises, write."""

import gc
import importlib.metadata
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from essor.home import Home
from essor.sources.catalogue import CATALOGUE
from essor.sources.contours import SOURCES as CONTOURS
from essor.tables.anomalies import ANOMALIES
from essor.tables.catalogue import TABLES
from essor.warehouse.anomalies import Anomaly, write_anomalies
from essor.warehouse.engine import start_engine
from essor.warehouse.promises import check_promises
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.register import cross
from essor.warehouse.stage import copy_contours, stage

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
        progress("Lecture des sources")
        staged = {
            entry[0].name: stage(engine, connection, home, Path(workdir), entry)
            for entry in CATALOGUE
        }
        progress("Croisement du registre")
        anomalies = cross(engine, tables, staged)
        write_anomalies(list(anomalies), tables / f"{ANOMALIES.name}.parquet")
        progress("Vérification des tables")
        rows = tuple(
            (table.name, check_promises(connection, table, tables / f"{table.name}.parquet"))
            for table in TABLES
        )
        records = copy_contours(home, CONTOURS, folder / "contours")
        sources = (*(one.record for one in staged.values()), *records.values())
        return Built(
            tables=rows,
            sources=sources,
            versions={"essor": importlib.metadata.version("essor"), **engine.versions},
            anomalies=anomalies,
            is_fictional=any(source.is_fictional for source in sources),
        )


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
