"""The file of a backup: lines of JSON, compressed, that say whether they are whole.

The first line is the manifest: format, version of Essor, migrations. A table is a line that names it
and its columns, then a line a row. The last line counts the rows and fingerprints all that precedes.
A fingerprint tells a file that was damaged, not one that somebody forged: keep backups as you keep
the database.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from essor.errors import BackupError
from essor.warehouse.disk import flush, writing_in

FORMAT = 1
_LONGEST_LINE_BYTES = 64 * 2**20
_DAMAGED = (EOFError, OSError, zlib.error, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `migrations` are those of each application, in order of name."""

    format: int
    essor: str
    made_at: str
    engine: str
    key: str
    """A fingerprint of the key of the site, without which second factors cannot be read."""
    migrations: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a backup: « members.claim », and its columns."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A backup that was read to its end: its manifest, and how many rows each table has."""

    manifest: Manifest
    rows: dict[str, int]


Row = Sequence[object]


def write(path: Path, manifest: Manifest, lines: Iterable[Table | Row]) -> Whole:
    """Write a backup, for its owner alone; nobody sees it before it is whole.

    Raises:
        DiskError: the disk refuses; nothing is left.
    """
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    with writing_in(path.parent):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as raw:
                with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed:
                    rows = _write_lines(packed, manifest, lines)
                raw.flush()
                os.fsync(raw.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    flush(path.parent)
    return Whole(manifest, rows)


def verified(path: Path) -> Whole:
    """Read a backup to its end and return what it holds.

    Raises:
        BackupError: it is no backup, is cut, was altered, or is of a later format.
    """
    try:
        return _read_whole(path)
    except BackupError:
        raise
    except FileNotFoundError as error:
        message = f"« {path} » n’existe pas : donnez le fichier écrit par « essor backup »."
        raise BackupError(message) from error
    except _DAMAGED as error:
        message = (
            f"« {path.name} » est coupé ou abîmé ({type(error).__name__}) : rien n’a été lu ; prenez "
            "une autre copie de cette sauvegarde, ou une autre sauvegarde."
        )
        raise BackupError(message) from error


def lines(path: Path) -> Iterator[Table | Row]:
    """Yield the tables and the rows of a backup that was verified."""
    with gzip.open(path) as packed:
        packed.readline()
        for line in packed:
            match json.loads(line):
                case {"table": name, "columns": columns}:
                    yield Table(name, tuple(columns))
                case list(row):
                    yield row
                case _:
                    return


def _write_lines(
    packed: gzip.GzipFile, manifest: Manifest, lines: Iterable[Table | Row]
) -> dict[str, int]:
    digest, rows, table = hashlib.sha256(), Counter[str](), ""
    for value in _values(manifest, lines):
        if isinstance(value, dict) and "table" in value:
            table = str(value["table"])
            rows[table] += 0
        elif isinstance(value, list | tuple):
            rows[table] += 1
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        digest.update(line)
        packed.write(line)
    end = {"rows": dict(rows), "sha256": digest.hexdigest()}
    packed.write(json.dumps(end).encode() + b"\n")
    return dict(rows)


def _values(manifest: Manifest, lines: Iterable[Table | Row]) -> Iterator[object]:
    yield asdict(manifest)
    for line in lines:
        yield (
            {"table": line.name, "columns": line.columns} if isinstance(line, Table) else list(line)
        )


def _read_whole(path: Path) -> Whole:
    digest, rows, table = hashlib.sha256(), Counter[str](), ""
    with gzip.open(path) as packed:
        first = _line(packed)
        manifest = _manifest(path, json.loads(first))
        digest.update(first)
        while line := _line(packed):
            match json.loads(line):
                case {"table": str(name), "columns": [*_]}:
                    table = name
                    rows[table] += 0
                case [*_]:
                    rows[table] += 1
                case {"rows": told, "sha256": fingerprint}:
                    if packed.read(1) or (told, fingerprint) != (dict(rows), digest.hexdigest()):
                        break
                    return Whole(manifest, dict(rows))
            digest.update(line)
    message = "its end does not say what precedes"
    raise ValueError(message)


def _line(packed: gzip.GzipFile) -> bytes:
    line = packed.readline(_LONGEST_LINE_BYTES)
    if line and not line.endswith(b"\n"):
        message = "a line has no end"
        raise EOFError(message)
    return line


def _manifest(path: Path, told: dict[str, object]) -> Manifest:
    if isinstance(found := told["format"], int) and found > FORMAT:
        message = (
            f"« {path.name} » a été écrit par Essor {told.get('essor')}, plus récent que celui-ci : "
            "mettez Essor à jour, puis relancez."
        )
        raise BackupError(message)
    return Manifest(**told)  # type: ignore[arg-type]  # what is missing or too many is a TypeError
