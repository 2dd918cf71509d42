"""The forms a publisher's file may have, told from its bytes whatever its name says.

What is wrong with a file is said as the rest of a sentence whose subject is that file: « est vide ;
récupérez-le de nouveau »; who reads the file says which it is, and of which source.
"""

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from essor.errors import SourceError
from essor.warehouse.workbook import IsHeader, write_table

AGAIN = "récupérez-le de nouveau"

_HEAD_BYTES = 1 << 20
_PARQUET = b"PAR1"
# Magic, footer length and magic: the bytes that the smallest Parquet file cannot do without.
_PARQUET_LEAST_BYTES = 12
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_GZIP = b"\x1f\x8b"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_WORKBOOK_PART = "[Content_Types].xml"
_WORKBOOK = ".xlsx"
# Every GeoJSON object has this member, https://www.rfc-editor.org/rfc/rfc7946#section-3
_GEOJSON_MEMBER = b'"type"'
_UTF_8_MARK = b"\xef\xbb\xbf"
_PAGE = (b"<!doctype", b"<html", b"<?xml")
_DAMAGES = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError)


class Form(StrEnum):
    """The form of a file; the value is what a person reads."""

    PARQUET = "Parquet"
    ZIP = "archive ZIP ou classeur Excel"
    GZIP = "CSV compressé par gzip"
    GEOJSON = "GeoJSON"
    JSON = "JSON"
    CSV = "CSV"


SUFFIXES = {
    Form.PARQUET: (".parquet",),
    Form.ZIP: (".zip", ".xlsx"),
    Form.GZIP: (".gz",),
    Form.GEOJSON: (".geojson", ".json"),
    Form.JSON: (".json",),
    Form.CSV: (".csv", ".txt"),
}


def form_of(path: Path) -> Form:
    """Return the form of the file at `path`; a Parquet file has been checked to be whole.

    Raises:
        SourceError: it is empty, truncated, a web page or a workbook of the old form.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    text = head.removeprefix(_UTF_8_MARK).lstrip().lower()
    if not text:
        raise flaw("est vide")
    if text.startswith(_PAGE):
        raise flaw("est une page web, pas un fichier de données")
    if head.startswith(_OLD_WORKBOOK):
        raise _old_workbook()
    if head.startswith(_PARQUET):
        _require_footer(path)
        return Form.PARQUET
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return Form.ZIP
    if head.startswith(_GZIP):
        return Form.GZIP
    if not text.startswith(b"{"):
        return Form.CSV
    return Form.GEOJSON if _GEOJSON_MEMBER in text else Form.JSON


@contextmanager
def opened_text(path: Path, form: Form, is_header: IsHeader = any) -> Iterator[BinaryIO]:
    """Open the text that a CSV file is, or that of the only table of an archive, be it itself a workbook.

    `is_header` tells the header of a table that a workbook holds: its first line that says something, unless
    told otherwise.

    Raises:
        SourceError: the archive is damaged, even far from its start, or does not hold one table.
    """
    try:
        if form is Form.ZIP:
            with _member(path, is_header) as member:
                yield member
        elif form is Form.GZIP:
            with gzip.open(path) as stream:
                yield stream  # type: ignore[misc]  # a GzipFile reads like any binary file
        else:
            with path.open("rb") as file:
                yield file
    except _DAMAGES as damage:
        raise flaw("est une archive endommagée ou tronquée") from damage


def flaw(why: str, remedy: str = AGAIN) -> SourceError:
    """Return the error that says, as the rest of a sentence, what is wrong with a file."""
    return SourceError(f"{why} ; {remedy}")


def _require_footer(path: Path) -> None:
    if path.stat().st_size < _PARQUET_LEAST_BYTES:
        raise flaw("est tronqué")
    with path.open("rb") as file:
        file.seek(-len(_PARQUET), io.SEEK_END)
        if file.read() != _PARQUET:
            raise flaw("est tronqué (la fin du fichier Parquet manque)")


@contextmanager
def _member(path: Path, is_header: IsHeader) -> Iterator[BinaryIO]:
    """Open the text of the only table of an archive."""
    with ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(path))
        if _WORKBOOK_PART in archive.namelist():
            yield stack.enter_context(_sheet(stack.enter_context(path.open("rb")), is_header))
            return
        name = _only_table(archive)
        member = stack.enter_context(archive.open(name))
        if name.lower().endswith(_WORKBOOK):
            yield stack.enter_context(_sheet(member, is_header))  # type: ignore[arg-type]  # a ZipExtFile reads like any binary file
        else:
            yield member  # type: ignore[misc]  # the same


@contextmanager
def _sheet(workbook: BinaryIO, is_header: IsHeader) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as text:
        write_table(workbook, is_header, text)
        text.seek(0)
        yield text


def _only_table(archive: zipfile.ZipFile) -> str:
    # macOS adds a shadow of each file that it archives.
    names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
    tables = [name for name in names if name.lower().endswith((".csv", _WORKBOOK))]
    if len(tables) != 1:
        raise flaw(f"devrait contenir un seul fichier CSV ou Excel ({len(tables)} trouvés)")
    return tables[0]


def _old_workbook() -> SourceError:
    return flaw(
        "est un classeur Excel de l’ancien format (.xls)",
        "enregistrez-le en .xlsx ou en CSV (UTF-8), puis recommencez",
    )
