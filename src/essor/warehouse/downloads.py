"""The publishers' files as Essor keeps them: one shelf a source, a file and its record.

A shelf always holds the former file with its record or the new one with its own, whenever we are
killed: the new record is written beside (`pending`), the file takes its name, the record takes
its own. Between the two renames the pending record is the one that holds, and says so by the
absence of the file in progress.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from essor.errors import SourceError
from essor.home import Home
from essor.sources.source import Source
from essor.warehouse.disk import flush, write_atomically, writing_in
from essor.warehouse.provenance import SourceRecord

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one source, and the names inside it."""

    folder: Path

    @property
    def record(self) -> Path:
        """Return the record of the file."""
        return self.folder / "record.json"

    @property
    def pending(self) -> Path:
        """Return the record of the file about to be put in place."""
        return self.folder / ".pending.json"

    @property
    def part(self) -> Path:
        """Return the file in progress."""
        return self.folder / ".incoming.part"

    @property
    def part_version(self) -> Path:
        """Return what the publisher's server said of the file in progress."""
        return self.folder / ".incoming.json"

    @property
    def version(self) -> Path:
        """Return what the publisher's server said of the file in place."""
        return self.folder / ".version.json"


_RECORD = TypeAdapter(SourceRecord)


def shelf_of(home: Home, name: str) -> Shelf:
    """Return the shelf of the source called « name », which may not exist yet."""
    return Shelf(home.downloads / name)


def record_of(home: Home, source: Source) -> SourceRecord:
    """Return the record of « source », absent when its file was never fetched or is gone.

    Raises:
        SourceError: the record cannot be read.
    """
    record = last_record(shelf_of(home, source.name))
    if record is not None and file_of(home, record).is_file():
        return record
    return SourceRecord(
        source.name, source.title, source.publisher, source.licence, source.page, is_present=False
    )


def last_record(shelf: Shelf) -> SourceRecord | None:
    """Return the record of the last file put on the shelf, if any ever was.

    Raises:
        SourceError: the record cannot be read.
    """
    if not shelf.part.exists() and (pending := _read(shelf.pending)) is not None:
        return pending
    return _read(shelf.record)


def file_of(home: Home, record: SourceRecord) -> Path:
    """Return the path of the file that « record » describes."""
    return shelf_of(home, record.name).folder / (record.file or "")


def open_shelf(shelf: Shelf) -> None:
    """Make the shelf's folder, and end what a killed synchronisation left half done.

    Raises:
        DiskError: the folder cannot be written.
    """
    with writing_in(shelf.folder):
        shelf.folder.mkdir(parents=True, exist_ok=True)
        if not shelf.pending.exists():
            return
        if shelf.part.exists():
            shelf.pending.unlink()
        else:
            _switch_record(shelf)


def install(shelf: Shelf, record: SourceRecord) -> None:
    """Put the file in progress in its place, with its record.

    Raises:
        DiskError: the disk refuses; the former file and record are still in place.
    """
    flush(shelf.part)
    write_atomically(shelf.pending, _RECORD.dump_json(record, indent=2))
    with writing_in(shelf.folder):
        shelf.part.replace(shelf.folder / str(record.file))
        _switch_record(shelf)
    flush(shelf.folder)
    discard_part(shelf)


def discard_part(shelf: Shelf) -> None:
    """Remove the file in progress, if any, and the other traces of its passing."""
    if shelf.part.exists():
        shelf.pending.unlink(missing_ok=True)
    for trace in (shelf.part, shelf.part_version, *shelf.folder.glob(".*.tmp")):
        trace.unlink(missing_ok=True)


def write_part(shelf: Shelf, chunks: Iterable[bytes]) -> None:
    """Append « chunks » to the file in progress, one at a time.

    Raises:
        DiskError: the disk refuses.
    """
    with writing_in(shelf.folder):
        file = shelf.part.open("ab")
    try:
        for chunk in chunks:
            with writing_in(shelf.folder):
                file.write(chunk)
    finally:
        with writing_in(shelf.folder):
            file.close()


def sha256_of(path: Path) -> str:
    """Return the fingerprint of the file, read by pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> SourceRecord | None:
    try:
        return _RECORD.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise SourceError(
            f"Le relevé « {path} » est illisible : supprimez-le, puis relancez "
            f"« essor sync --only {path.parent.name} »."
        ) from error


def _switch_record(shelf: Shelf) -> None:
    former, pending = _read(shelf.record), _read(shelf.pending)
    if former and pending and former.file and former.file != pending.file:
        (shelf.folder / former.file).unlink(missing_ok=True)
    shelf.pending.replace(shelf.record)
