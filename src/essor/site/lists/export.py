"""A list as a file: CSV for programs, XLSX for people; no cell of either is run by a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from essor.site.lists.rows import Row
from essor.spreadsheets import XLSX, harmless, workbook

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


def list_csv(rows: Sequence[Row]) -> bytes:
    """Return a line an organisation, in UTF-8 that spreadsheets recognise."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _cells(row)] for row in rows)
    return f"\ufeff{text.getvalue()}".encode()


def list_xlsx(rows: Sequence[Row]) -> bytes:
    """Return a workbook of one sheet, each cell a text."""
    with workbook("Liste", (COLUMNS, *map(_cells, rows))) as file:
        return file.read()


FORMS: dict[str, tuple[str, Callable[[Sequence[Row]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", list_csv),
    "xlsx": (XLSX, list_xlsx),
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
