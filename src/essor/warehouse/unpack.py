"""What a file really is, whatever its name says; an archive is unpacked, a chunk at a time."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from essor.errors import DiskError, SourceError
from essor.sources.source import Source

_CHUNK = 1 << 20
_PARQUET = b"PAR1"
_PARQUET_LEAST = 12
"""Magic, footer length and magic: the bytes that the smallest Parquet file cannot do without."""


class Form(StrEnum):
    """The forms a file may have; the value is what a person reads."""

    PARQUET = "Parquet"
    GZIP = "gzip"
    ZIP = "zip"
    TEXT = "texte"


def form_of(source: Source, file: Path) -> Form:
    """Return the form of `file`, from its first bytes.

    Raises:
        SourceError: it is not there, empty, truncated, or of a form that cannot be read.
    """
    if not file.is_file():
        raise refusal(source, file, "est introuvable", "vérifiez son emplacement")
    with file.open("rb") as stream:
        start = stream.read(_CHUNK)
    if not start.strip():
        raise refusal(source, file, "est vide")
    if start.startswith(_PARQUET):
        return _whole_parquet(source, file)
    if file.suffix == ".parquet":
        raise refusal(source, file, "n’est pas un fichier Parquet malgré son nom")
    return _textual_form(source, file, start)


def unpacked(source: Source, file: Path, form: Form, workdir: Path) -> Path:
    """Return the text file that `file` holds: itself, or what its archive held, in `workdir`.

    Raises:
        SourceError: the archive is damaged, or does not hold exactly one CSV file.
        DiskError: the disk is full.
    """
    if form is Form.TEXT:
        return file
    target = workdir / f"{source.name}.unpacked.csv"
    try:
        with _opened(source, file, form) as packed, writing(target) as out:
            shutil.copyfileobj(packed, out, _CHUNK)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as damage:
        target.unlink(missing_ok=True)
        raise refusal(source, file, "est une archive endommagée ou tronquée") from damage
    return target


@contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """Open `target` to be written; a disk that refuses is an error for people, without debris.

    Raises:
        DiskError: the disk is full or refuses.
    """
    try:
        with target.open("wb") as out:
            yield out
    except OSError as failure:
        target.unlink(missing_ok=True)
        if failure.errno is None or isinstance(failure, gzip.BadGzipFile):
            raise
        message = (
            f"Impossible d’écrire « {target.name} » ({failure.strerror}) : "
            f"libérez de la place sur le disque de « {target.parent} », puis recommencez."
        )
        raise DiskError(message) from failure


def refusal(
    source: Source, file: Path, why: str, remedy: str = "récupérez-le de nouveau"
) -> SourceError:
    """Return the error that says which file of which source is refused, why, and what to do."""
    return SourceError(f"{source.title} : le fichier « {file.name} » {why} ; {remedy}.")


def _whole_parquet(source: Source, file: Path) -> Form:
    if file.stat().st_size < _PARQUET_LEAST:
        raise refusal(source, file, "est tronqué")
    with file.open("rb") as stream:
        stream.seek(-len(_PARQUET), 2)
        if stream.read() != _PARQUET:
            raise refusal(source, file, "est tronqué (la fin du fichier Parquet manque)")
    return Form.PARQUET


def _textual_form(source: Source, file: Path, start: bytes) -> Form:
    if start.startswith(b"PK\x03\x04"):
        return Form.ZIP
    if start.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise _workbook(source, file)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:9].lower().startswith((b"<!doctype", b"<html")):
        raise refusal(source, file, "est une page web, pas un fichier de données")
    return Form.TEXT


@contextmanager
def _opened(source: Source, file: Path, form: Form) -> Iterator[BinaryIO]:
    if form is Form.GZIP:
        with gzip.open(file) as stream:
            yield stream  # type: ignore[misc]  # a GzipFile reads like any binary file
        return
    with (
        zipfile.ZipFile(file) as archive,
        archive.open(_single_csv(source, file, archive)) as member,
    ):
        yield member  # type: ignore[misc]  # a ZipExtFile reads like any binary file


def _single_csv(source: Source, file: Path, archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        raise _workbook(source, file)
    texts = [
        name
        for name in names
        if name.lower().endswith((".csv", ".txt", ".tsv")) and not name.startswith("__MACOSX")
    ]
    if len(texts) != 1:
        why = f"devrait contenir un seul fichier CSV ({len(texts)} trouvés)"
        raise refusal(source, file, why)
    return texts[0]


def _workbook(source: Source, file: Path) -> SourceError:
    return refusal(
        source, file, "est un classeur Excel", "enregistrez-le en CSV (UTF-8), puis recommencez"
    )
