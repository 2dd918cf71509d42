"""Engines: the same Ibis expressions run by DuckDB on one machine, or by Spark on several."""

import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import ibis.expr.operations as ops

from essor.errors import EngineError
from essor.tables.table import SQL_TYPES, Table
from essor.warehouse.questions import Answer, asked_at_once
from essor.warehouse.statements import Statements

if TYPE_CHECKING:  # an optional extra
    from pyspark.sql import SparkSession

ENGINES = ("duckdb", "spark")

SETTINGS = {
    # What DuckDB may hold before it spills to the work folder; the process stays under 6 GB.
    "memory_limit": "4GB",
    # Memory given back to the system is paid for again page by page: a build keeps its own to its end.
    "block_allocator_memory": "3GB",
    "allocator_flush_threshold": "8GB",
    "allocator_bulk_deallocation_flush_threshold": "8GB",
    # Each file is read once or twice, from the system's own cache.
    "enable_external_file_cache": "false",
    "preserve_insertion_order": "false",
    "autoinstall_known_extensions": "false",
}
"""How DuckDB works during a build."""

FORMAT = (
    "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
    "DICTIONARY_SIZE_LIMIT 1000, WRITE_BLOOM_FILTER false"
)
"""How tables are written: a dictionary for what repeats, none tried for what does not, no Bloom filters."""


class Engine(Protocol):
    """What a build asks of an engine."""

    @property
    def name(self) -> str:
        """Return the name under which a manifest records it."""

    @property
    def versions(self) -> dict[str, str]:
        """Return the versions of the libraries that do the work."""

    def read(self, path: Path) -> ibis.Table:
        """Return the Parquet file at `path`, unread, while what was asked before goes on."""

    def stage(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Return `expression` computed once and kept for the length of the build, perhaps not yet."""

    def once(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Return `expression`, computed apart from what is made of it in the one statement that will read it.

        What is chosen among many rows comes in crumbs, each as dear to what follows as a full batch: here
        they are gathered, for less than a table that is kept.
        """

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        """Write `expression`, which has the columns of `table`, as one Parquet file; return it, read back.

        The file may not be there yet: `wait` before anything but this engine reads it.
        """

    def ask(self, question: ibis.Table) -> Answer:
        """Return what will answer `question`, after all that was staged and written before it."""

    def wait(self) -> None:
        """Return once everything that was staged, written and asked is there."""


@contextmanager
def start_engine(name: str, workdir: Path) -> Iterator[Engine]:
    """Start the engine called `name`; it keeps its temporary files under `workdir`.

    Raises:
        EngineError: the name is unknown, or the engine is not installed or does not start.
    """
    if name == "duckdb":
        with Statements() as statements:
            yield _DuckDB.start(workdir, statements)
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
    statements: Statements
    numbers: Iterator[int] = field(default_factory=count)
    gathered: dict[str, str] = field(default_factory=dict)
    name: str = "duckdb"

    @classmethod
    def start(cls, workdir: Path, statements: Statements) -> "_DuckDB":
        spill = workdir / "spill"
        return cls(ibis.duckdb.connect(temp_directory=str(spill), **SETTINGS), statements)

    @property
    def versions(self) -> dict[str, str]:
        return _versions("duckdb", "ibis-framework")

    def read(self, path: Path) -> ibis.Table:
        # A connection of its own: what is under way on the other is not waited for.
        with self.backend.con.cursor() as beside:
            name = f"read_{next(self.numbers)}"
            beside.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_file(path)}')
            described = beside.execute(f'DESCRIBE "{name}"').fetchall()
        read_type = self.backend.compiler.type_mapper.from_string
        return self._to_come(
            name, ibis.schema({name: read_type(sql) for name, sql, *_ in described})
        )

    def stage(self, name: str, expression: ibis.Table) -> ibis.Table:
        own = f"{name}_{next(self.numbers)}"
        self._run(f'CREATE TEMP TABLE "{own}" AS {self._sql(expression)}')
        return self._to_come(own, expression.schema())

    def once(self, name: str, expression: ibis.Table) -> ibis.Table:
        own = f"{name}_{next(self.numbers)}"
        self.gathered[own] = self._sql(expression)
        return self._to_come(own, expression.schema())

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        self._run(_copy(f"({self._sql(expression)})", table, path))
        name = f"written_{table.name}"
        self._run(f'CREATE OR REPLACE TEMP VIEW "{name}" AS SELECT * FROM {_file(path)}')
        return self._to_come(name, ibis.schema(table.types))

    def ask(self, question: ibis.Table) -> Answer:
        answered = self._run(self._sql(question))
        return lambda: [dict(zip(question.columns, row, strict=True)) for row in answered.result()]

    def wait(self) -> None:
        self.statements.wait()

    def _sql(self, expression: ibis.Table) -> str:
        """Return the query of `expression`, with what it reads of `gathered` (Ibis says no « materialized »)."""
        query: str = self.backend.compile(expression)
        read = {name: sql for name, sql in self.gathered.items() if f'"{name}"' in query}
        gathered = ", ".join(f'"{name}" AS MATERIALIZED ({sql})' for name, sql in read.items())
        return f"WITH {gathered} SELECT * FROM ({query})" if gathered else query

    def _run(self, statement: str) -> Future[list[tuple[Any, ...]]]:
        return self.statements.run(lambda: self.backend.raw_sql(statement).fetchall())

    def _to_come(self, name: str, schema: ibis.Schema) -> ibis.Table:
        """Return a table that a statement under way creates: Ibis asks DuckDB nothing of it."""
        return ops.DatabaseTable(name, schema=schema, source=self.backend).to_expr()


@dataclass(frozen=True, slots=True)
class _Spark:
    backend: ibis.BaseBackend
    session: "SparkSession"
    workdir: Path
    numbers: Iterator[int] = field(default_factory=count)
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
        folder = self.workdir / f"staged-{name}-{next(self.numbers)}"
        self.backend.to_parquet_dir(expression, folder)
        return self.backend.read_parquet(str(folder))

    def once(self, name: str, expression: ibis.Table) -> ibis.Table:  # noqa: ARG002 - Spark names nothing
        return expression

    def write(self, expression: ibis.Table, table: Table, path: Path) -> ibis.Table:
        parts = path.with_suffix(".parts")
        self.backend.to_parquet_dir(expression, parts)
        with duckdb.connect() as connection:
            connection.execute(_copy(_file(parts / "*.parquet"), table, path))
        shutil.rmtree(parts)
        return self.read(path)

    def ask(self, question: ibis.Table) -> Answer:
        return asked_at_once(question)

    def wait(self) -> None:
        """Spark has done each thing before the next is asked of it."""


def _copy(rows: str, table: Table, path: Path) -> str:
    """Return the SQL that writes `rows` with the types of `table`.

    Ibis omits a cast to the type it believes a column has already, while DuckDB sums integers to HUGEINT,
    which Parquet holds as a double: hence SQL.
    """
    columns = ", ".join(
        f'CAST("{column.name}" AS {SQL_TYPES[column.type]}) AS "{column.name}"'
        for column in table.columns
    )
    return f"COPY (SELECT {columns} FROM {rows}) TO {_quoted(path)} ({FORMAT})"


def _file(path: Path) -> str:
    return f"read_parquet({_quoted(path)})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


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
