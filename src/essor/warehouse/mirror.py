"""A mirror: a folder of the publishers' files under their own names, with a manifest or not."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from essor.errors import SourceError
from essor.sources.source import Source
from essor.warehouse.disk import require_room
from essor.warehouse.downloads import CHUNK_BYTES, Shelf, discard_part, sha256_of, write_part

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as the mirror's manifest lists it; the date is its publisher's."""

    path: str
    bytes: int | None = None
    sha256: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class MirrorManifest:
    """The manifest of a mirror, with the name its files give to the list."""

    fichiers: tuple[ListedFile, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Mirror:
    """A folder and what its manifest promises, which may be nothing."""

    folder: Path
    manifest: MirrorManifest

    def find(self, source: Source) -> Path | None:
        """Return the file of « source », canonical name first, in its place or at the root."""
        for name in source.files:
            for place in (self.folder / name, self.folder / PurePosixPath(name).name):
                if place.is_file():
                    return place
        return None

    def listed(self, file: Path) -> ListedFile:
        """Return what the manifest says of « file »; an unlisted file promises nothing."""
        path = file.relative_to(self.folder).as_posix()
        for listed in self.manifest.fichiers:
            if listed.path == path:
                return listed
        return ListedFile(path)

    def date_of(self, file: Path) -> str | None:
        """Return the date that the manifest gives to « file », or else to the whole mirror."""
        return self.listed(file).date or self.manifest.date


_ADAPTER = TypeAdapter(MirrorManifest)


def open_mirror(folder: Path, sources: Iterable[Source]) -> Mirror:
    """Return the mirror at « folder ».

    Raises:
        SourceError: there is no such folder, it holds none of the sources' files, or its
            manifest cannot be read.
    """
    if not folder.is_dir():
        raise SourceError(
            f"Le dossier « {folder} » n’existe pas : donnez à « --from » celui qui contient les "
            "fichiers des producteurs."
        )
    mirror = Mirror(folder, _read_manifest(folder / MANIFEST))
    if not any(mirror.find(source) for source in sources):
        raise SourceError(
            f"Le dossier « {folder} » ne contient aucun fichier connu : « essor sources » dit "
            "lesquels sont attendus."
        )
    return mirror


def verify(mirror: Mirror, file: Path, sha256: str) -> None:
    """Check that « file » is the one its manifest lists.

    Raises:
        SourceError: its size or its fingerprint differs.
    """
    listed, size_bytes = mirror.listed(file), file.stat().st_size
    if listed.bytes is not None and listed.bytes != size_bytes:
        raise SourceError(
            f"« {file} » fait {size_bytes} octets au lieu des {listed.bytes} du manifeste du "
            "miroir : recopiez ce fichier depuis son origine."
        )
    if listed.sha256 is not None and listed.sha256.lower() != sha256:
        raise SourceError(
            f"« {file} » n’a pas l’empreinte que donne le manifeste du miroir : recopiez ce "
            "fichier depuis son origine."
        )


def fingerprint(file: Path) -> str:
    """Return the fingerprint of a mirror's file.

    Raises:
        SourceError: it cannot be read.
    """
    try:
        return sha256_of(file)
    except OSError as error:
        raise _unreadable(file) from error


def copy(file: Path, shelf: Shelf, progress: Callable[[int, int | None], None]) -> str:
    """Copy « file » into the shelf's file in progress; return the fingerprint of what was copied.

    Raises:
        SourceError: the file cannot be read.
        DiskError: the disk refuses.
    """
    discard_part(shelf)
    size_bytes = file.stat().st_size
    require_room(shelf.folder, size_bytes)
    digest = hashlib.sha256()

    def chunks() -> Iterator[bytes]:
        done = 0
        for chunk in _read_by_pieces(file):
            digest.update(chunk)
            yield chunk
            done += len(chunk)
            progress(done, size_bytes)

    write_part(shelf, chunks())
    return digest.hexdigest()


def _read_by_pieces(file: Path) -> Iterator[bytes]:
    try:
        opened: BinaryIO = file.open("rb")
    except OSError as error:
        raise _unreadable(file) from error
    with opened:
        while True:
            try:
                chunk = opened.read(CHUNK_BYTES)
            except OSError as error:
                raise _unreadable(file) from error
            if not chunk:
                return
            yield chunk


def _unreadable(file: Path) -> SourceError:
    return SourceError(f"« {file} » ne peut pas être lu : vérifiez ses droits et son support.")


def _read_manifest(path: Path) -> MirrorManifest:
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except FileNotFoundError:
        return MirrorManifest()
    except (OSError, ValidationError) as error:
        raise SourceError(
            f"Le manifeste « {path} » est illisible : réparez-le, ou retirez-le du miroir."
        ) from error
