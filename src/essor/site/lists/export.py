"""A list as a file: CSV for programs, XLSX for people; no cell of either is run by a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from essor.site.lists.rows import Row
from essor.spreadsheets import harmless

COLUMNS = (
    "siren",
    "organisation",
    "commune",
    "naf",
    "activite",
    "famille",
    "statuts",
    "effectif",
    "effectif_min",
    "effectif_max",
    "note",
    "fictif",
)
_WIDTH = 22
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_csv(rows: Sequence[Row]) -> bytes:
    """Return a line an organisation, in UTF-8 that spreadsheets recognise."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _cells(row)] for row in rows)
    return f"\ufeff{text.getvalue()}".encode()


def list_xlsx(rows: Sequence[Row]) -> bytes:
    """Return a workbook of one sheet, each cell a text."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- 40 ms that only this output needs

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Liste")
    for rank, cells in enumerate((COLUMNS, *map(_cells, rows))):
        for column, cell in enumerate(cells):
            sheet.write_string(rank, column, cell)
    sheet.set_column(0, len(COLUMNS) - 1, _WIDTH)
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


FORMS: dict[str, tuple[str, Callable[[Sequence[Row]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", list_csv),
    "xlsx": (_XLSX, list_xlsx),
}


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(_told(row))


def _told(row: Row) -> Iterator[str]:
    found = row.found
    yield row.kept.siren
    yield row.name
    yield (found.commune if found else "") or ""
    yield (found.naf if found else "") or ""
    yield (found.activity if found else "") or ""
    yield (found.family if found else "") or ""
    yield " | ".join(found.statuses) if found else ""
    yield (found.staff_band if found else "") or ""
    yield _number(found.staff_lower if found else None)
    yield _number(found.staff_upper if found else None)
    yield row.note
    yield "oui" if row.kept.is_fictional else "non"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
