"""Engines: the same Ibis expressions run by DuckDB on one machine, or by Spark on several."""

import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb
import ibis

from essor.errors import EngineError
from essor.tables.table import SQL_TYPES, Table

if TYPE_CHECKING:  # an optional extra
    from pyspark.sql import SparkSession

ENGINES = ("duckdb", "spark")

MEMORY_LIMIT = "4GB"
"""What DuckDB may hold before it spills to the work folder; the process stays under 6 GB."""


class Engine(Protocol):
    """What a build asks of an engine."""

    @property
    def name(self) -> str:
        """Return the name under which a manifest records it."""

    @property
    def versions(self) -> dict[str, str]:
        """Return the versions of the libraries that do the work."""

    def read(self, path: Path) -> ibis.Table:
        """Return the Parquet file at `path`, unread."""

    def stage(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Return `expression` computed once and kept for the length of the build."""

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        """Write `expression`, which has the columns of `table`, as one Parquet file; return it, read back."""


@contextmanager
def start_engine(name: str, workdir: Path) -> Iterator[Engine]:
    """Start the engine called `name`; it keeps its temporary files under `workdir`.

    Raises:
        EngineError: the name is unknown, or the engine is not installed or does not start.
    """
    if name == "duckdb":
        yield _DuckDB.start(workdir)
    elif name == "spark":
        engine = _Spark.start(workdir)
        try:
            yield engine
        finally:
            engine.stop()
    else:
        message = f"Moteur inconnu : « {name} ». Choisissez parmi : {', '.join(ENGINES)}."
        raise EngineError(message)


@dataclass(frozen=True, slots=True)
class _DuckDB:
    backend: ibis.BaseBackend
    name: str = "duckdb"

    @classmethod
    def start(cls, workdir: Path) -> "_DuckDB":
        spill = workdir / "spill"
        backend = ibis.duckdb.connect(temp_directory=str(spill), memory_limit=MEMORY_LIMIT)
        backend.raw_sql("SET preserve_insertion_order = false")
        backend.raw_sql("SET autoinstall_known_extensions = false")
        return cls(backend)

    @property
    def versions(self) -> dict[str, str]:
        return _versions("duckdb", "ibis-framework")

    def read(self, path: Path) -> ibis.Table:
        return self.backend.read_parquet(path)

    def stage(self, name: str, expression: ibis.Table) -> ibis.Table:
        return self.backend.create_table(name, expression, temp=True)

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        query = self.backend.compile(expression)
        self.backend.raw_sql(_copy(f"({query})", table, path))
        return self.read(path)


@dataclass(frozen=True, slots=True)
class _Spark:
    backend: ibis.BaseBackend
    session: "SparkSession"
    workdir: Path
    name: str = "spark"

    @classmethod
    def start(cls, workdir: Path) -> "_Spark":
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra
        except ImportError as absent:
            message = (
                "Le moteur Spark n’est pas installé. Installez-le par "
                "« pip install 'essor[spark]' » (Java 17 requis)."
            )
            raise EngineError(message) from absent
        try:
            session = _session(SparkSession.builder, Path(tempfile.mkdtemp(dir=workdir)))
        except Exception as failure:
            message = (
                f"Spark ne démarre pas ({failure}). Vérifiez que Java 17 est installé "
                "et que JAVA_HOME le désigne."
            )
            raise EngineError(message) from failure
        return cls(ibis.pyspark.connect(session), session, workdir)

    def stop(self) -> None:
        self.session.stop()

    @property
    def versions(self) -> dict[str, str]:
        return _versions("pyspark", "ibis-framework")

    def read(self, path: Path) -> ibis.Table:
        return self.backend.read_parquet(str(path))

    def stage(self, name: str, expression: ibis.Table) -> ibis.Table:
        folder = self.workdir / f"staged-{name}"
        self.backend.to_parquet_dir(expression, folder)
        return self.backend.read_parquet(str(folder))

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        parts = path.with_suffix(".parts")
        self.backend.to_parquet_dir(expression, parts)
        with duckdb.connect() as connection:
            connection.execute(_copy(f"read_parquet('{parts}/*.parquet')", table, path))
        shutil.rmtree(parts)
        return self.read(path)


def _copy(rows: str, table: Table, path: Path) -> str:
    """Return the SQL that writes `rows` with the types of `table`.

    Ibis omits a cast to the type it believes a column has already, while DuckDB sums integers to HUGEINT,
    which Parquet holds as a double: hence SQL.
    """
    columns = ", ".join(
        f'CAST("{column.name}" AS {SQL_TYPES[column.type]}) AS "{column.name}"'
        for column in table.columns
    )
    target = str(path).replace("'", "''")
    return f"COPY (SELECT {columns} FROM {rows}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"


def _session(builder: "SparkSession.Builder", warehouse: Path) -> "SparkSession":
    """Return a session on the cluster that `SPARK_MASTER` names, by default on this machine alone."""
    return (
        builder.master(os.environ.get("SPARK_MASTER", "local[*]"))
        .appName("essor")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", str(warehouse))
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )


def _versions(*packages: str) -> dict[str, str]:
    return {package: importlib.metadata.version(package) for package in packages}
