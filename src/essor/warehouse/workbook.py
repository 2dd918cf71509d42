"""The one table that an Excel workbook holds, as the text of a CSV file.

Publishers put lines of title above the header, and other sheets beside the table: the header is the first
line that answers to what the source promises, wherever it is.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from essor.errors import SourceError
from essor.workbooks import UNREADABLE, Line, Sheet, sheets_of

IsHeader = Callable[[Sequence[str]], bool]
"""Whether a line of a sheet is the header that is sought."""

# A header is above the table, below a few lines of title.
_TITLE_LINES = 50


def write_table(file: BinaryIO, is_header: IsHeader, out: BinaryIO) -> None:
    """Write into `out`, as CSV in UTF-8, the header sought in the workbook `file` and the lines below it.

    Without such a header, the widest of the first lines is taken for it: whoever reads the table will say
    what it lacks.

    Raises:
        SourceError: the workbook is damaged.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        csv.writer(text, lineterminator="\n").writerows(_table(sheets_of(file), is_header))
    except UNREADABLE as damage:
        message = "est un classeur Excel endommagé ou tronqué ; récupérez-le de nouveau"
        raise SourceError(message) from damage
    finally:
        text.detach()


def _table(sheets: Sequence[Sheet], is_header: IsHeader) -> Iterator[Line]:
    sheet, above = _found(sheets, is_header)
    lines = islice((line for _, line in sheet.lines()), above, None)
    header = next(lines, ())
    # A cell beyond the header is a remark: a line that has no other is one.
    rows = (line[: len(header)] for line in lines if any(line[: len(header)]))
    return chain([header] if header else [], rows)


def _found(sheets: Sequence[Sheet], is_header: IsHeader) -> tuple[Sheet, int]:
    """Return the sheet that holds the header, and how many lines are above it."""
    widest = (-1, sheets[0], 0)
    for sheet in sheets:
        for above, (_, line) in enumerate(islice(sheet.lines(), _TITLE_LINES)):
            if is_header(line):
                return sheet, above
            if (width := sum(map(bool, line))) > widest[0]:
                widest = (width, sheet, above)
    return widest[1], widest[2]
