"""Excel workbooks (.xlsx): the cells of their first sheet as texts, read with the standard library alone.

An .xlsx file is a zip of XML parts; only the texts and the numbers are read here, not their looks.
Source: ECMA-376, part 1, §18.3 and §18.4, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError, iterparse

from essor.errors import InvalidRequestError

MOST_COLUMNS = 500
"""Columns read of a sheet; formats are often spread to the 16 384th."""

_ZIP = b"PK\x03\x04"
# What the parts may weigh once inflated: beyond it is a trap, or no list.
_LARGEST_PART = 500_000_000
_UNREADABLE = (
    KeyError, IndexError, ValueError, EOFError, NotImplementedError, RuntimeError, ParseError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_COLUMN = re.compile(r"([A-Z]{1,3})")
_LETTERS = 26


def is_workbook(held: bytes) -> bool:
    """Return whether the bytes are those of a zip, as every .xlsx is."""
    return held.startswith(_ZIP)


def workbook_rows(held: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rank and the cells of the rows of the first sheet, numbers written without exponent.

    Raises:
        InvalidRequestError: the bytes are not those of a sound .xlsx workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as parts:
            shared = list(_shared_texts(parts))
            yield from _rows(parts, _first_sheet(parts), shared)
    except _UNREADABLE as error:
        raise InvalidRequestError(
            f"« {name} » n’est pas un classeur .xlsx lisible : enregistrez-le de nouveau, ou en CSV."
        ) from error


def _rows(
    parts: zipfile.ZipFile, sheet: str, shared: list[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for at, row in enumerate(_elements(parts, sheet, "row"), start=1):
        cells: dict[int, str] = {}
        for cell in row:
            if _name(cell) == "c" and (text := _text(cell, shared)):
                cells[_column(cell.get("r"), len(cells))] = text
        if cells:
            kept = range(min(max(cells) + 1, MOST_COLUMNS))
            yield int(row.get("r") or at), tuple(cells.get(each, "") for each in kept)


def _text(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_runs(cell))
    value = next((each.text or "" for each in cell if _name(each) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind == "e":
        return ""
    return _plain_number(value) if kind == "n" else value


def _plain_number(value: str) -> str:
    """Return the number without exponent nor useless zeros: a SIRET is often kept as 5.5E13."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    is_whole = number.is_finite() and abs(number) < 10**20 and number == number.to_integral_value()
    return str(int(number)) if is_whole else value


def _column(reference: str | None, default: int) -> int:
    """Return the rank of the column, from 0, that « BC12 » names."""
    found = _COLUMN.match(reference or "")
    if found is None:
        return default
    rank = 0
    for letter in found[1]:
        rank = rank * _LETTERS + ord(letter) - ord("A") + 1
    return rank - 1


def _shared_texts(parts: zipfile.ZipFile) -> Iterator[str]:
    if "xl/sharedStrings.xml" in parts.namelist():
        for text in _elements(parts, "xl/sharedStrings.xml", "si"):
            yield "".join(_runs(text))


def _runs(held: Element) -> Iterator[str]:
    """Yield the texts of an element, without its phonetic reading."""
    for each in held:
        if _name(each) == "t":
            yield each.text or ""
        elif _name(each) in ("r", "is"):
            yield from _runs(each)


def _first_sheet(parts: zipfile.ZipFile) -> str:
    """Return the part that holds the first sheet of the workbook."""
    wanted = ""
    for sheet in _elements(parts, "xl/workbook.xml", "sheet"):
        named = {key.rpartition("}")[2]: value for key, value in sheet.attrib.items()}
        wanted = wanted or named["id"]
    for relation in _elements(parts, "xl/_rels/workbook.xml.rels", "Relationship"):
        if relation.get("Id") == wanted:
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(wanted)


def _elements(parts: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """Yield the elements of that name in a part, each forgotten once used."""
    if parts.getinfo(part).file_size > _LARGEST_PART:
        raise ValueError(part)
    with parts.open(part) as opened:
        # expat refuses entities that swell, and no external one is read: docs.python.org/3/library/xml.html
        for _, element in iterparse(opened, ("end",)):  # noqa: S314 - as above
            if _name(element) == name:
                yield element
                element.clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
