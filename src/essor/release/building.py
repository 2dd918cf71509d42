"""Build a release aside, switch it in by one rename, prune what is old.

A build killed at any moment leaves the release in service untouched, and the next build cleans up.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from essor.home import Home
from essor.release import store
from essor.release.disk import building_in
from essor.release.manifest import (
    MANIFEST,
    FileRecord,
    Manifest,
    TableRecord,
    write_manifest,
)
from essor.release.opened import fingerprint
from essor.warehouse.disk import flush, make_folder
from essor.warehouse.lock import exclusive

if TYPE_CHECKING:  # Ibis takes 0.8 s to import: only a build pays for it, when it calls its builder
    from essor.warehouse.build import Built

Progress = Callable[[str], None]
Builder = Callable[[Home, Path, str, Progress], "Built"]


def build_release(
    home: Home,
    engine: str = "duckdb",
    keep: int = store.KEPT,
    progress: Progress = lambda _: None,
    builder: Builder | None = None,
) -> Manifest:
    """Return the manifest of the release built from the downloads and put in service.

    `progress` is told each step in French. Whatever fails, the release in service stays in service
    and nothing is left of the attempt.

    Raises:
        BusyError: another build or synchronisation is running.
        SourceError: a source is absent or breaks its promises.
        EngineError: the engine is unknown, not installed, or does not start.
        DiskError: the disk is full or refuses to write.
    """
    with building_in(home.root):
        make_folder(home.releases)
        with exclusive(home, "une construction"):
            store.discard_debris(home)
            manifest = _build_aside(home, engine, progress, builder or _tables_from_sources)
            progress("Mise en service")
            store.switch(home, manifest.number)
            store.prune(home, keep)
            return manifest


def _build_aside(home: Home, engine: str, progress: Progress, builder: Builder) -> Manifest:
    number = store.next_number(home)
    aside = home.releases / f".building-{number:04d}-{os.getpid()}"
    aside.mkdir()
    try:
        built = builder(home, aside, engine, progress)
        progress("Empreintes et manifeste")
        manifest = _described(number, engine, aside, built)
        write_manifest(manifest, aside / MANIFEST)
        _seal(aside)
        aside.rename(store.folder_of(home, number))
        flush(home.releases)
    except BaseException:
        store.remove(aside)
        raise
    return manifest


def _tables_from_sources(home: Home, folder: Path, engine: str, progress: Progress) -> "Built":
    # Imported here: Ibis takes 0.8 s, and reading a release never needs it.
    from essor.warehouse.build import build_tables  # noqa: PLC0415 - see above

    return build_tables(home, folder, engine, progress)


def _described(number: int, engine: str, folder: Path, built: "Built") -> Manifest:
    tables = tuple(_table_record(folder, name, rows) for name, rows in built.tables)
    paths = {table.path for table in tables}
    others = (path.relative_to(folder).as_posix() for path in _files(folder))
    return Manifest(
        number=number,
        built_at=datetime.now(UTC).replace(microsecond=0),
        engine=engine,
        versions=dict(built.versions),
        sources=built.sources,
        tables=tables,
        is_fictional=built.is_fictional,
        files=tuple(_file_record(folder, path) for path in others if path not in paths),
    )


def _table_record(folder: Path, name: str, rows: int) -> TableRecord:
    file = _file_record(folder, f"tables/{name}.parquet")
    return TableRecord(name, rows, file.bytes, file.sha256)


def _file_record(folder: Path, path: str) -> FileRecord:
    return FileRecord(path, (folder / path).stat().st_size, fingerprint(folder / path))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _seal(folder: Path) -> None:
    """Bring every file to the disk and forbid writing: a release never changes."""
    for path in _files(folder):
        path.chmod(0o444)
        flush(path)
    for path in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        flush(path)
        path.chmod(0o555)
