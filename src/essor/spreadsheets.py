"""Spreadsheets: what they would run instead of showing it; lines as a workbook.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import math
import re
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_WIDTH = 22
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,\u00a0\u202f]*")


def harmless(cell: str) -> str:
    """Return the cell behind an apostrophe when a spreadsheet would run it; a signed number stays one."""
    return cell if _NUMBER.fullmatch(cell) else shown(cell)


def shown(text: str) -> str:
    """Return a text that is no number, behind an apostrophe when a spreadsheet would make another thing of it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def workbook(name: str, lines: Iterable[Sequence[object]]) -> IO[bytes]:
    """Return a workbook of one sheet, at its start, its first line kept in sight; gone once it is closed.

    Numbers are numbers, all else is a text: nothing is a formula or a link. Lines go to the disk one by one.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - 40 ms that only this output needs

    file = TemporaryFile()  # noqa: SIM115 - whoever asked for it closes it
    book = Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(name)
    width = 0
    for rank, line in enumerate(lines):
        width = max(width, len(line))
        for column, value in enumerate(line):
            if _is_number(value):
                sheet.write_number(rank, column, value)
            elif value is not None:
                sheet.write_string(rank, column, str(value))
    sheet.set_column(0, max(0, width - 1), _WIDTH)
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return file


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
