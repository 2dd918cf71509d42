"""Données: the release in service, table by table, to be taken away whole."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import condition

from essor.errors import EssorError
from essor.observatory.figure import mention
from essor.release.manifest import FileRecord, TableRecord
from essor.site.current import CONTOURS, Current, in_service
from essor.spreadsheets import XLSX, shown, workbook
from essor.tables.catalogue import TABLES
from essor.tables.table import Table

CSV_ROWS = 200_000
"""Rows beyond which a table is given as Parquet alone: no spreadsheet would open it."""

XLSX_CELLS = 500_000
"""Cells beyond which a table is no workbook: nobody waits for one so long to be written."""

_AT_ONCE = 5_000
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Download:
    """A table as it can be taken away."""

    table: Table
    record: TableRecord

    @property
    def is_csv(self) -> bool:
        """Return whether it is given as CSV too."""
        return self.record.rows <= CSV_ROWS

    @property
    def is_workbook(self) -> bool:
        """Return whether it is given as a workbook too."""
        return self.is_csv and self.record.rows * len(self.table.columns) <= XLSX_CELLS


def data(request: HttpRequest) -> HttpResponse:
    """Return what may be taken away, under which licences, with the dictionary of every column."""
    service = in_service()
    content = {
        "manifest": service.manifest,
        "downloads": [
            Download(_BY_NAME[each.name], each)
            for each in service.manifest.tables
            if each.name in _BY_NAME
        ],
        "contours": _contours(service),
        "sources": [(mention(each), each) for each in service.manifest.sources if each.is_present],
    }
    return render(request, "essor/data.html", content)


def _fingerprint(_request: HttpRequest, name: str) -> str | None:
    """Return the mark of a table's file: that of its contents."""
    try:
        held = _record(in_service(), name)
    except (EssorError, Http404):
        return None
    return f'W/"{held.sha256}"'


@condition(etag_func=_fingerprint)
def table_parquet(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a table as its Parquet file."""
    service = in_service()
    path = service.folder / _record(service, name).path
    kind = "application/vnd.apache.parquet"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"essor-{name}.parquet", content_type=kind
    )


@condition(etag_func=_fingerprint)
def table_csv(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a table as CSV, no cell of which a spreadsheet would run, a few thousand lines at a time."""
    service = in_service()
    if _record(service, name).rows > CSV_ROWS:
        raise Http404(f"La table {name} est trop longue pour un CSV : prenez-la en Parquet.")
    headers = {"Content-Disposition": f'attachment; filename="essor-{name}.csv"'}
    lines = _lines(service, _BY_NAME[name])
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@condition(etag_func=_fingerprint)
def table_xlsx(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Return a table as a workbook of one sheet, no cell of which is a formula."""
    service = in_service()
    record = _record(service, name)
    held = Download(_BY_NAME[name], record)
    if not held.is_workbook:
        raise Http404(f"La table {name} est trop longue pour un classeur : prenez-la en Parquet.")
    book = workbook(name, _rows(service, held.table))
    return FileResponse(book, as_attachment=True, filename=f"essor-{name}.xlsx", content_type=XLSX)


def contour(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the contours of a level as GeoJSON."""
    service = in_service()
    held = next((each for each in _contours(service) if each.path == _contour_path(name)), None)
    if held is None:
        raise Http404("Aucun contour ne porte ce nom dans la version en service.")
    file = (service.folder / held.path).open("rb")
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.geojson", content_type="application/geo+json"
    )


def _record(service: Current, name: str) -> TableRecord:
    held = {each.name: each for each in service.manifest.tables}
    if name not in held or name not in _BY_NAME:
        raise Http404(f"Aucune table ne s’appelle « {name} » : voyez la page Données.")
    return held[name]


def _contours(service: Current) -> list[FileRecord]:
    files = (each for each in service.manifest.files if each.path.startswith(f"{CONTOURS}/"))
    return sorted(files, key=lambda each: each.path)


def _contour_path(name: str) -> str:
    return f"{CONTOURS}/{name}.geojson"


def _lines(service: Current, table: Table) -> Iterator[str]:
    yield "\ufeff"
    rows = _rows(service, table)
    while several := list(islice(rows, _AT_ONCE)):
        yield _written([_cell(value) for value in row] for row in several)


def _rows(service: Current, table: Table) -> Iterator[Sequence[object]]:
    """Yield the names of the columns, then each row; a few thousand are in memory."""
    with service.connection() as connection:
        # A name of the catalogue, which nobody types.
        connection.execute(f'SELECT * FROM "{table.name}"')
        yield table.names
        while rows := connection.fetchmany(_AT_ONCE):
            yield from rows


def _written(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _cell(value: object) -> object:
    return shown(value) if isinstance(value, str) else value
