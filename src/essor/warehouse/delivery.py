"""A delivery: a whole file, verified, waiting on its shelf to be accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from essor.errors import DownloadError, SourceError
from essor.sources.source import Source
from essor.warehouse.downloads import Shelf, discard_part, sha256_of
from essor.warehouse.fetch import confirm_end, fetch
from essor.warehouse.mirror import Mirror, copy, fingerprint, verify
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.publication import DateClues, published_on
from essor.warehouse.publisher import Line, published_sha256
from essor.warehouse.version import Version, version_in_place

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came with a file: where from, its fingerprint, what dates it, its server's marks.

    `file_name` is empty when the publisher's address does not name the file.
    """

    origin: str
    sha256: str
    clues: DateClues
    file_name: str | None = None
    version: Version | None = None


def from_mirror(
    mirror: Mirror,
    source: Source,
    shelf: Shelf,
    former: SourceRecord | None,
    progress: Progress,
) -> Delivery | None:
    """Return the delivery of the mirror's file, or nothing when it is the one already in place.

    Raises:
        SourceError: the mirror has no such file, or it is not the one its manifest lists.
        DiskError: the disk refuses.
    """
    file = mirror.find(source)
    if file is None:
        raise SourceError(f"{source.title} : ce fichier n’est plus dans « {mirror.folder} ».")
    clues = DateClues(manifest=mirror.date_of(file), file_name=file.name)
    if former and _is_in_place(shelf, former) and _may_be(former, file, clues):
        sha256 = fingerprint(file)
        verify(mirror, file, sha256)
        if sha256 == former.sha256:
            return None
    try:
        sha256 = copy(file, shelf, progress)
        verify(mirror, file, sha256)
    except Exception:
        discard_part(shelf)
        raise
    return Delivery(str(mirror.folder), sha256, clues, file.name)


def from_publisher(
    line: Line,
    source: Source,
    shelf: Shelf,
    former: SourceRecord | None,
    progress: Progress,
) -> Delivery | None:
    """Return the delivery of the publisher's file, or nothing when it has not changed.

    Raises:
        DownloadError: the server does not give the file, or not the one it publishes.
        DiskError: the disk refuses.
    """
    known = None
    if former and _is_in_place(shelf, former):
        known = version_in_place(shelf, source.address, former.sha256 or "")
    version = fetch(source, shelf, known, line, progress)
    if version is None:
        return None
    sha256, name = sha256_of(shelf.part), version.file_name or ""
    promised = published_sha256(source, name, line)
    if promised is None:
        confirm_end(source, shelf, version, line)
    elif promised != sha256:
        discard_part(shelf)
        raise DownloadError(
            f"{source.title} : le fichier reçu n’a pas l’empreinte que publie le producteur ; "
            "rien n’a été remplacé. Relancez la commande : s’il vient d’être renouvelé, "
            "l’empreinte suivra."
        )
    clues = DateClues(last_modified=version.last_modified, file_name=name)
    return Delivery(httpx.URL(version.address).host, sha256, clues, version=version)


def _is_in_place(shelf: Shelf, former: SourceRecord) -> bool:
    file = shelf.folder / (former.file or "")
    return file.is_file() and file.stat().st_size == former.bytes


def _may_be(former: SourceRecord, file: Path, clues: DateClues) -> bool:
    """Return whether a mirror's file may be the former one, dated as it is today."""
    if former.retrieved_at is None or (former.file, former.bytes) != (file.name, _size(file)):
        return False
    dated = published_on(clues, former.retrieved_at.date())
    return dated == (former.published_on, former.date_basis)


def _size(file: Path) -> int:
    return file.stat().st_size
