"""A first look at a publisher's file: what form it has, whether it is whole, how many rows.

Nothing here judges the columns: that is the build's work. Every form is read by pieces.
"""

import csv
import glob
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import duckdb

from essor.warehouse.form import Form, flaw, form_of, opened_text
from essor.warehouse.header import FICTION_COLUMN
from essor.warehouse.json_tree import lines_of
from essor.warehouse.workbook import IsHeader

_JSON_CHUNK_BYTES = 1 << 20
_FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')
_FICTIONAL_FEATURE = re.compile(rf'"{FICTION_COLUMN}"\s*:\s*true'.encode())
_LONGEST_TOKEN = 64
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a first look says: the form, the rows without the header, whether they are invented."""

    form: Form
    rows: int
    is_fictional: bool


def inspect(path: Path, is_header: IsHeader = any) -> Inspection:
    """Return what a first look at the file says; `is_header` tells the header of a workbook's table.

    Raises:
        SourceError: it is empty, truncated, damaged, or a web page; the text is that of a flaw.
    """
    form = form_of(path)
    try:
        rows, is_fictional = _counted(path, form, is_header)
    except csv.Error as error:
        raise flaw(f"est un CSV illisible ({error})") from error
    except duckdb.Error as error:
        raise flaw("est un fichier Parquet endommagé ou tronqué") from error
    if rows == 0:
        raise flaw("ne contient aucune ligne")
    return Inspection(form, rows, is_fictional)


def _counted(path: Path, form: Form, is_header: IsHeader) -> tuple[int, bool]:
    """Return the rows of a file, and whether they are invented; it is read to its end."""
    if form is Form.PARQUET:
        return _read_parquet(path)
    if form is Form.GEOJSON:
        return _read_geojson(path)
    if form is Form.JSON:
        return sum(1 for _ in lines_of(path)), False
    with opened_text(path, form, is_header) as text:
        return _count_records(text)


def _read_parquet(path: Path) -> tuple[int, bool]:
    name = glob.escape(str(path))
    with duckdb.connect() as connection:
        counted = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [name])
        rows = counted.fetchall()[0][0]
        schema = connection.execute("SELECT name FROM parquet_schema(?)", [name]).fetchall()
    return int(rows), (FICTION_COLUMN,) in schema


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
        raise flaw("est un CSV tronqué : sa dernière ligne est incomplète")
    return rows, FICTION_COLUMN in columns


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
            raise flaw("n’est pas un CSV : une ligne y dépasse un million de signes")
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
        raise flaw("est un GeoJSON tronqué : sa fin manque")
    return rows, is_fictional
