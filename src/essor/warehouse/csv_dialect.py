"""How a CSV file is written: its encoding, its separator, its header."""

import codecs
import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from essor.sources.source import Headerless, Source
from essor.warehouse.header import kept_promises
from essor.warehouse.unpack import refusal, writing

SEPARATORS = (",", ";", "\t", "|")

_CHUNK = 1 << 20
# A header longer than this is a file without lines.
_LONGEST_HEADER = 1 << 20


class Encoding(StrEnum):
    """The encodings met in the open data; the value is what a person reads."""

    UTF_8 = "UTF-8"
    DAMAGED_UTF_8 = "UTF-8 endommagé"
    WINDOWS_1252 = "Windows-1252"
    UTF_16 = "UTF-16"

    @property
    def codec(self) -> str:
        """Return the name of Python's codec, which drops the byte order mark."""
        return {self.WINDOWS_1252: "cp1252", self.UTF_16: "utf-16"}.get(self, "utf-8-sig")


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """The separator of a file and the names of its columns, in order, as written."""

    separator: str
    names: tuple[str, ...]


def in_utf_8(file: Path, target: Path) -> Path:
    """Return `file` if it is valid UTF-8, else `target`, where its text is written again in UTF-8.

    A byte that means nothing becomes « � »: the line is kept, and the damage shows.

    Raises:
        DiskError: the disk is full.
    """
    encoding = encoding_of(file)
    if encoding is Encoding.UTF_8:
        return file
    with (
        file.open(encoding=encoding.codec, errors="replace", newline="") as text,
        writing(target) as out,
    ):
        shutil.copyfileobj(text, codecs.getwriter("utf-8")(out), _CHUNK)
    return target


def encoding_of(file: Path) -> Encoding:
    """Return the encoding of a text file, from all its bytes, read a chunk at a time.

    A file that breaks UTF-8 after having used it for a letter is damaged UTF-8, not Windows-1252.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_accents = False
    for rank, chunk in enumerate(_chunks(file)):
        if rank == 0 and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding.UTF_16
        body = chunk.removeprefix(codecs.BOM_UTF8) if rank == 0 else chunk
        try:
            has_accents |= not decoder.decode(body).isascii()
        except UnicodeDecodeError as failure:
            before = failure.object[: failure.start].decode("utf-8")
            is_utf_8 = has_accents or not before.isascii()
            return Encoding.DAMAGED_UTF_8 if is_utf_8 else Encoding.WINDOWS_1252
    is_cut = bool(decoder.getstate()[0])
    return Encoding.DAMAGED_UTF_8 if is_cut else Encoding.UTF_8


def dialect_of(source: Source, file: Path) -> CsvDialect:
    """Return the dialect of a UTF-8 file: the separator by which its header keeps most promises.

    A file without header, in the layout that the source declares, has the names that this layout gives.

    Raises:
        SourceError: the file has no header that can be read.
    """
    with file.open(encoding=Encoding.UTF_8.codec, errors="replace", newline="") as text:
        start = text.read(_LONGEST_HEADER)
    if source.headerless and (names := _given_names(start, source.headerless)):
        return CsvDialect(source.headerless.separator, names)
    headers = {separator: _first_record(start, separator) for separator in SEPARATORS}
    best = max(headers, key=lambda s: (kept_promises(source, headers[s]), len(headers[s])))
    if not headers[best]:
        raise refusal(source, file, "n’a pas de ligne d’en-tête lisible")
    return CsvDialect(best, headers[best])


def _given_names(start: str, layout: Headerless) -> tuple[str, ...]:
    """Return a name for each column of a file in that layout, none when it is in another."""
    first, second = (_first_record(line, layout.separator) for line in _two_lines(start))
    if first[: len(layout.opening)] != layout.opening or len(second) < len(layout.names):
        return ()
    unnamed = range(len(layout.names) + 1, len(second) + 1)
    return (*layout.names, *(f"column {rank}" for rank in unnamed))


def _two_lines(start: str) -> tuple[str, str]:
    first, _, rest = start.partition("\n")
    return first, rest


def _first_record(start: str, separator: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(start.splitlines(keepends=True), delimiter=separator), ()))
    except csv.Error:
        return ()


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
