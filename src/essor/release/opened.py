"""A release opened for reading: its tables as views, on files that nobody will change or remove.

A reader holds the manifest with a shared lock (`flock`): pruning passes over a release that is
held, and the kernel drops the hold of a process that dies. The views name the folder of the
release, never the `current` link: another release coming in service changes nothing to an open one.
"""

import fcntl
import hashlib
import os
import weakref
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from essor.errors import BrokenReleaseError, NoReleaseError
from essor.home import Home
from essor.release.manifest import MANIFEST, FileRecord, Manifest, TableRecord, read_manifest
from essor.release.store import current, folder_of
from essor.tables.catalogue import TABLES
from essor.tables.table import SQL_TYPES, Table

DERIVED = "derived"
"""The folder of what a build derives from its tables, one subfolder a schema."""

_ATTEMPTS = 5
"""How often a reader looks again for the release in service when builds follow one another."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Release:
    """One release, open: what it holds and where; not pruned as long as this value lives."""

    manifest: Manifest
    folder: Path

    def connect(
        self, threads: int | None = None, kept: Collection[str] = ()
    ) -> duckdb.DuckDBPyConnection:
        """Return a connection in memory with one view per table, shut to any other file.

        Each connection is its own: it may create temporary tables, and belongs to one thread. The
        tables of `kept` are read at once and stay in memory, for who asks them again and again.
        """
        connection = duckdb.connect(":memory:", config={"threads": threads} if threads else {})
        for schema in {each for each, _, _ in _derived(self.manifest)}:
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        tables = (("main", table.name, table.path) for table in self.manifest.tables)
        for schema, name, path in (*tables, *_derived(self.manifest)):
            form = "TABLE" if name in kept else "VIEW"
            file = _literal(self.folder / path)
            connection.execute(
                f'CREATE {form} "{schema}"."{name}" AS SELECT * FROM read_parquet({file})'
            )
        _shut(connection, self.folder)
        weakref.finalize(connection, _let_go, self).atexit = False
        return connection


def _derived(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """Yield the schema, the name and the path of what a build derived from its tables."""
    for file in manifest.files:
        path = PurePosixPath(file.path)
        if path.parts[0] == DERIVED and path.suffix == ".parquet":
            yield path.parts[1], path.stem, file.path


def open_release(home: Home, number: int | None = None) -> Release:
    """Return release `number`, by default the one in service, once its files are found whole.

    Presence and sizes only, which takes a millisecond; `verify` reads the contents.

    Raises:
        NoReleaseError: nothing was built yet, or not that release.
        BrokenReleaseError: a file is missing or has another size, or the manifest is unreadable.
    """
    for _ in range(_ATTEMPTS):
        wanted = current(home) if number is None else number
        release = _held(home, wanted) if wanted is not None else None
        if release is not None:
            _refuse(release, (*_missing_tables(release), *_misfits(release)))
            return release
    raise _absent(home, number)


def verify(release: Release) -> None:
    """Read the whole release and refuse it if it is not, byte for byte, what was built.

    Raises:
        BrokenReleaseError: a fingerprint differs, or a column is not as `tables/` promises.
    """
    _refuse(release, (*_misfits(release), *_altered(release)))
    _refuse(release, tuple(_mistyped(release)))


def _held(home: Home, number: int) -> Release | None:
    """Return the release held against pruning, None when it is not, or no longer, there."""
    folder = folder_of(home, number).resolve()
    try:
        handle = os.open(folder / MANIFEST, os.O_RDONLY)
    except FileNotFoundError:
        if folder.is_dir():
            read_manifest(folder / MANIFEST)
        return None
    try:
        _share(handle)
        if not _is_still(handle, folder / MANIFEST):
            os.close(handle)
            return None
        release = Release(read_manifest(folder / MANIFEST), folder)
    except BaseException:
        os.close(handle)
        raise
    weakref.finalize(release, os.close, handle).atexit = False
    return release


def _share(handle: int) -> None:
    """Hold a manifest among readers; a file system without locks is read unheld."""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
    except OSError:
        return


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _let_go(_release: Release) -> None:
    """Do nothing: being the last to name the release, this call lets it be pruned."""


def _literal(path: Path) -> str:
    """Return the path as a literal, for a view takes no parameter."""
    return "'" + str(path).replace("'", "''") + "'"


def _shut(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Leave the connection nothing to read but the release, nothing to fetch, nothing to set."""
    for setting in (
        "parquet_metadata_cache = true",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "temp_directory = ''",
        f"allowed_directories = [{_literal(folder)}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def _absent(home: Home, number: int | None) -> NoReleaseError:
    if number is not None:
        return NoReleaseError(
            f"La version {number} n’existe pas : choisissez-en une que `essor releases` liste."
        )
    if (lost := current(home)) is not None:
        return NoReleaseError(
            f"La version en service ({lost}) n’est plus sur le disque : "
            "choisissez-en une autre avec `essor releases use N`, ou relancez `essor build`."
        )
    return NoReleaseError(
        f"Aucune version construite dans « {home.root} » : "
        "lancez `essor demo`, ou `essor sync` puis `essor build`."
    )


def _refuse(release: Release, faults: tuple[str, ...]) -> None:
    if faults:
        message = (
            f"La version {release.manifest.number} est abîmée : {' ; '.join(faults)}. "
            "Revenez à une autre avec `essor releases use N`, ou relancez `essor build`."
        )
        raise BrokenReleaseError(message)


def _records(release: Release) -> tuple[TableRecord | FileRecord, ...]:
    return (*release.manifest.tables, *release.manifest.files)


def _missing_tables(release: Release) -> Iterator[str]:
    held = {table.name for table in release.manifest.tables}
    for table in TABLES:
        if table.name not in held:
            yield f"table {table.name} absente (construite par une autre version d’Essor)"


def _misfits(release: Release) -> Iterator[str]:
    for record in _records(release):
        try:
            found = (release.folder / record.path).stat().st_size
        except FileNotFoundError:
            yield f"{record.path} manque"
            continue
        if found != record.bytes:
            yield f"{record.path} fait {found} octets au lieu de {record.bytes}"


def _altered(release: Release) -> Iterator[str]:
    for record in _records(release):
        path = release.folder / record.path
        if path.exists() and fingerprint(path) != record.sha256:
            yield f"le contenu de {record.path} a changé"


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of the file at `path`, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mistyped(release: Release) -> Iterator[str]:
    promised = {table.name: table for table in TABLES}
    connection = release.connect(threads=1)
    for record in release.manifest.tables:
        if record.name in promised:
            yield from _broken_promises(connection, promised[record.name])
    connection.close()


def _broken_promises(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[str]:
    found = {
        name: kind for name, kind, *_ in connection.execute(f'DESCRIBE "{table.name}"').fetchall()
    }
    for name, kind in table.types.items():
        if found.get(name) != SQL_TYPES[kind]:
            yield f"{table.name}.{name} est de type {found.get(name)} au lieu de {SQL_TYPES[kind]}"
