"""Excel workbooks (.xlsx): the lines of their sheets, as texts.

Source: ECMA-376, part 1, §18, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

UNREADABLE = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError, NotImplementedError,
    RuntimeError, ParseError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What may be met in reading a workbook that is damaged, or no workbook."""

MOST_COLUMNS = 500
"""Columns read of a sheet; formats are often spread to the 16 384th."""

# What the parts may weigh once inflated: beyond it is a trap, or no table.
_LARGEST_PARTS = 1_000_000_000
_FAULTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})

Line = tuple[str, ...]


class Sheet:
    """A sheet of a workbook, read as often as it is asked for."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        self._sheet = sheet

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Yield the rank, from 1, and the cells of each line that says something, none empty at its end.

        A formula is its value, a number has no useless zeros, a day is written as in ISO 8601.
        """
        # What a writer says of the size of its sheet may be wrong.
        self._sheet.reset_dimensions()
        rows = self._sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for rank, values in enumerate(rows, start=1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield rank, tuple(cells)


def sheets_of(file: BinaryIO) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook in `file`, in their order; it must stay open while they are read.

    Raises:
        UNREADABLE: it is damaged, or no workbook; so does reading its lines.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - a tenth of a second that few files ask for

    with zipfile.ZipFile(file) as parts:
        if sum(part.file_size for part in parts.infolist()) > _LARGEST_PARTS:
            raise ValueError
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except OSError as error:
        # openpyxl's own word for an archive that is no workbook; the system's have a number.
        raise error if error.errno else ValueError from error
    return tuple(Sheet(sheet) for sheet in book.worksheets)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return "" if text in _FAULTS else text
