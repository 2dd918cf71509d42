"""A release with its observatory: the tables, and beside them what every question would else draw again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from essor.home import Home
from essor.language.knowledge import knowledge_of
from essor.language.naf import LANGUAGE
from essor.language.naf import keep as keep_reader
from essor.linkage.kept import LINKAGE
from essor.linkage.kept import keep as keep_register
from essor.linkage.register import Register
from essor.observatory.prepared import SCHEMA, TABLES, prepare
from essor.release.opened import DERIVED
from essor.search.build import build_index
from essor.tables.catalogue import TABLES as RELEASE_TABLES

if TYPE_CHECKING:  # Ibis takes 0.8 s to import: only a build pays for it
    from essor.release.building import Builder
    from essor.warehouse.build import Built


Keep = Callable[[duckdb.DuckDBPyConnection, Path], None]
"""Writes beside a release, in its folder, what its readers would else prepare from its tables."""


def _keep_index(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    build_index(folder, connection)


def _keep_language(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    keep_reader(knowledge_of(connection), folder / LANGUAGE)


def _keep_linkage(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    keep_register(Register.from_release(connection), folder / LINKAGE)


INDEXES: tuple[Keep, ...] = (_keep_index, _keep_language, _keep_linkage)
"""What search, language and linkage keep beside a release."""


def builder(*, has_index: bool, also: Sequence[Keep] = ()) -> "Builder":
    """Return what builds a release, with or without its indexes: two minutes a million organisations.

    `also` is kept with the indexes: what packages that this one does not know prepare.
    """
    return partial(build_observatory, kept=(*INDEXES, *also) if has_index else ())


def build_observatory(
    home: Home,
    folder: Path,
    engine: str,
    progress: Callable[[str], None],
    kept: Sequence[Keep] = INDEXES,
) -> "Built":
    """Write the tables of a release into `folder`, then what they give; return what was built.

    Raises:
        SourceError: a source is absent or breaks its promises.
        EngineError: the engine is unknown, not installed, or does not start.
    """
    # Imported here: Ibis takes 0.8 s, and reading a release never needs it.
    from essor.warehouse.build import build_tables  # noqa: PLC0415 - see above

    built = build_tables(home, folder, engine, progress)
    progress("Tables de l’observatoire et index de recherche")
    derive(folder, kept)
    return built


def derive(folder: Path, kept: Sequence[Keep] = INDEXES) -> None:
    """Write what the tables of the release in `folder` give: those of the observatory, and what is kept."""
    target = folder / DERIVED / SCHEMA
    target.mkdir(parents=True)
    with duckdb.connect() as connection:
        for table in RELEASE_TABLES:
            path = str(folder / "tables" / f"{table.name}.parquet").replace("'", "''")
            connection.execute(
                f"CREATE VIEW \"{table.name}\" AS SELECT * FROM read_parquet('{path}')"
            )
        prepare(connection)
        for name in TABLES:
            path = str(target / f"{name}.parquet")
            connection.table(f"{SCHEMA}.{name}").write_parquet(path, compression="zstd")
        for keep in kept:
            keep(connection, folder)
