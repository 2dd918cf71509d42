"""Build the tables of a release: stage every source, cross them, check the promises, write."""

import importlib.metadata
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from essor.home import Home
from essor.sources.catalogue import CATALOGUE
from essor.sources.contours import SOURCES as CONTOURS
from essor.tables.anomalies import ANOMALIES
from essor.tables.catalogue import TABLES
from essor.warehouse.anomalies import Anomaly, write_anomalies
from essor.warehouse.engine import Engine, start_engine
from essor.warehouse.promises import check_promises
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.register import Register, cross
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
        tempfile.TemporaryDirectory(prefix="work-", dir=folder) as workdir,
        start_engine(engine_name, Path(workdir)) as engine,
    ):
        progress("Lecture des sources")
        staged = {entry[0].name: stage(engine, home, Path(workdir), entry) for entry in CATALOGUE}
        progress("Croisement du registre")
        register = cross(engine, Path(workdir), staged)
        progress("Écriture des tables")
        rows = _write(engine, register, tables)
        records = copy_contours(home, CONTOURS, folder / "contours")
        sources = (*(one.record for one in staged.values()), *records.values())
        return Built(
            tables=rows,
            sources=sources,
            versions={"essor": importlib.metadata.version("essor"), **engine.versions},
            anomalies=register.anomalies,
            is_fictional=any(source.is_fictional for source in sources),
        )


def _write(engine: Engine, register: Register, folder: Path) -> tuple[tuple[str, int], ...]:
    rows = []
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        if table is ANOMALIES:
            write_anomalies(list(register.anomalies), path)
        else:
            engine.write(register.tables[table.name].select(*table.names), table, path)
        rows.append((table.name, check_promises(table, path)))
    return tuple(rows)
