"""A first look at a publisher's file: what form it has, whether it is whole, how many rows.

Nothing here judges the columns: that is the build's work. Every form is read by pieces.
"""

import csv
import glob
import gzip
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import duckdb

from essor.errors import SourceError

_FICTIONAL_COLUMN = "is_fictional"
_PARQUET_MAGIC = b"PAR1"
_HEAD_BYTES = 4096
_JSON_CHUNK_BYTES = 1 << 20
_FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')
_FICTIONAL_FEATURE = re.compile(rb'"is_fictional"\s*:\s*true')
_LONGEST_TOKEN = 64
_LONGEST_LINE = 1 << 20


class Form(StrEnum):
    """The form of a file, told from its first bytes; the value is what a person reads."""

    PARQUET = "Parquet"
    ZIP = "archive ZIP"
    GZIP = "CSV compressé par gzip"
    GEOJSON = "GeoJSON"
    CSV = "CSV"


SUFFIXES = {
    Form.PARQUET: (".parquet",),
    Form.ZIP: (".zip",),
    Form.GZIP: (".gz",),
    Form.GEOJSON: (".geojson", ".json"),
    Form.CSV: (".csv", ".txt"),
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a first look says: the form, the rows without the header, whether they are invented."""

    form: Form
    rows: int
    is_fictional: bool


def inspect(path: Path) -> Inspection:
    """Return what a first look at the file says.

    Raises:
        SourceError: it is empty, cut, damaged, or a web page.
    """
    form = _form(path)
    try:
        rows, is_fictional = _READERS[form](path)
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError) as error:
        raise SourceError(f"l’archive est endommagée ou coupée ({error})") from error
    except csv.Error as error:
        raise SourceError(f"le CSV est illisible ({error})") from error
    except duckdb.Error as error:
        raise SourceError("le fichier Parquet est endommagé ou coupé") from error
    if rows == 0:
        raise SourceError("le fichier ne contient aucune ligne")
    return Inspection(form, rows, is_fictional)


def _form(path: Path) -> Form:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        raise SourceError("le fichier est vide")
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise SourceError("c’est une page web, et non des données")
    if head.startswith(_PARQUET_MAGIC):
        return Form.PARQUET
    if head.startswith(b"PK"):
        return Form.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Form.GZIP
    return Form.GEOJSON if text.startswith(b"{") else Form.CSV


def _read_parquet(path: Path) -> tuple[int, bool]:
    with path.open("rb") as file:
        file.seek(-len(_PARQUET_MAGIC), io.SEEK_END)
        if file.read() != _PARQUET_MAGIC:
            raise SourceError("le fichier Parquet est coupé : sa fin manque")
    name = glob.escape(str(path))
    with duckdb.connect() as connection:
        counted = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [name])
        rows = counted.fetchall()[0][0]
        schema = connection.execute("SELECT name FROM parquet_schema(?)", [name]).fetchall()
    return int(rows), (_FICTIONAL_COLUMN,) in schema


def _read_csv(path: Path) -> tuple[int, bool]:
    with path.open("rb") as file:
        return _count_records(file)


def _read_gzip(path: Path) -> tuple[int, bool]:
    with gzip.open(path, "rb") as file:
        return _count_records(file)  # type: ignore[arg-type]  # GzipFile is a BinaryIO to every reader


def _read_zip(path: Path) -> tuple[int, bool]:
    """Count the rows of the archive's only CSV; reading it to its end checks it."""
    with zipfile.ZipFile(path) as archive:
        tables = [item for item in archive.infolist() if item.filename.lower().endswith(".csv")]
        if len(tables) != 1:
            raise SourceError(f"l’archive contient {len(tables)} fichiers CSV au lieu d’un seul")
        with archive.open(tables[0]) as file:
            return _count_records(file)  # type: ignore[arg-type]  # ZipExtFile is a BinaryIO to every reader


def _count_records(file: BinaryIO) -> tuple[int, bool]:
    """Count records, quoted line breaks included; Latin-1 reads any byte and moves no separator."""
    with io.TextIOWrapper(file, encoding="latin-1", newline="") as text:
        lines = _Lines(text)
        first = next(lines, "")
        separator = max(",;\t|", key=first.count)
        records = csv.reader(itertools.chain([first], lines), delimiter=separator)
        columns = last = next(records)
        rows = 0
        for record in records:
            if record:
                rows, last = rows + 1, record
    if len(last) < len(columns) and not lines.last.endswith(("\n", "\r")):
        raise SourceError("le CSV est coupé : sa dernière ligne est incomplète")
    return rows, _FICTIONAL_COLUMN in columns


class _Lines:
    """The lines of a text, one at a time, none too long for memory, and the last one read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == _LONGEST_LINE:
            raise SourceError("ce n’est pas un CSV : une ligne y dépasse un million de signes")
        self.last = line
        return line


def _read_geojson(path: Path) -> tuple[int, bool]:
    """Count the features without parsing them: a file of contours may be larger than memory."""
    rows, is_fictional, carried = 0, False, b""
    with path.open("rb") as file:
        while chunk := file.read(_JSON_CHUNK_BYTES):
            window = carried + chunk
            found = list(_FEATURE.finditer(window))
            rows += len(found)
            is_fictional = is_fictional or bool(_FICTIONAL_FEATURE.search(window))
            seen = found[-1].end() if found else 0
            carried = window[max(seen, len(window) - _LONGEST_TOKEN) :]
    if not carried.rstrip().endswith(b"}"):
        raise SourceError("le GeoJSON est coupé : sa fin manque")
    return rows, is_fictional


_READERS = {
    Form.PARQUET: _read_parquet,
    Form.ZIP: _read_zip,
    Form.GZIP: _read_gzip,
    Form.GEOJSON: _read_geojson,
    Form.CSV: _read_csv,
}
