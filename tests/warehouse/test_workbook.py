"""Workbooks: the one table that one holds, whatever is above and beside it."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from essor.errors import SourceError
from essor.warehouse.workbook import write_table


def workbook(**sheets: list[list[object]]) -> io.BytesIO:
    """Return a workbook of these sheets, each a list of lines."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written


def has_code(line) -> bool:
    """Return whether a line is the header of codes."""
    return "codgeo" in line


def text_of(book: io.BytesIO, is_header=any) -> str:
    """Return the table of a workbook as text."""
    out = io.BytesIO()
    write_table(book, is_header, out)
    return out.getvalue().decode("utf-8")


def test_the_lines_of_title_and_the_labels_above_the_header_are_left_out():
    book = workbook(
        Lisezmoi=[["Insee"], ["Zones d’emploi"]],
        Composition=[
            ["Composition communale au 1er janvier 2026"],
            [],
            ["Code", "Libellé"],
            ["codgeo", "libgeo"],
            ["01001", "L’Abergement"],
        ],
    )

    text = text_of(book, has_code)

    assert text == "codgeo,libgeo\n01001,L’Abergement\n"


def test_a_code_kept_as_a_number_and_a_day_kept_as_an_instant_are_written_as_people_write_them():
    header: list[object] = ["codgeo", "jour", "autre", "part", "est"]
    values = [57463.0, datetime(2026, 1, 1), date(2025, 12, 31), 0.5, True]

    text = text_of(workbook(a=[header, values]), has_code)

    assert text.splitlines()[1] == "57463,2026-01-01,2025-12-31,0.5,true"


def test_gaps_and_remarks_beside_the_table_are_left_out():
    book = workbook(a=[["codgeo"], ["01001", "à vérifier"], [], [None, "note"], ["01002"]])

    text = text_of(book, has_code)

    assert text == "codgeo\n01001\n01002\n"


def test_a_value_with_a_comma_or_a_quote_is_one_value():
    text = text_of(workbook(a=[["codgeo", "nom"], ["1", 'L’"Île", Paris']]), has_code)

    assert text.splitlines()[1] == '1,"L’""Île"", Paris"'


def test_without_the_header_sought_the_widest_line_is_told():
    book = workbook(a=[["Titre"], ["insee", "nom", "zone"], ["01001", "a", "0051"]])

    text = text_of(book, has_code)

    assert text.splitlines()[0] == "insee,nom,zone"


def test_an_empty_workbook_holds_no_line():
    assert text_of(workbook(a=[]), has_code) == ""


def test_an_archive_that_is_no_workbook_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(SourceError, match="classeur Excel endommagé ou tronqué"):
        text_of(made, has_code)
