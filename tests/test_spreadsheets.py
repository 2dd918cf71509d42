"""Spreadsheets show every cell and run none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from essor.spreadsheets import harmless, workbook


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|x", "@A1", " =1", "\t=1", "\uff1d1"])
def test_a_formula_is_shown_behind_an_apostrophe(cell: str):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12,5", "+33 6 12 34 56 78", "Atelier", "", "A=1"])
def test_what_is_no_formula_is_left_as_it_is(cell: str):
    assert harmless(cell) == cell


@given(st.text())
def test_nothing_is_lost(cell: str):
    assert harmless(cell).removeprefix("'") == cell.removeprefix("'") or harmless(cell) == cell


def test_a_workbook_keeps_numbers_and_shows_formulas_and_links_as_texts():
    lines = [("nom", "effectif"), ("=1+1", 12), ("https://exemple.fr", float("nan")), (None, True)]

    with workbook("Essai", lines) as file:
        sheet = load_workbook(file).active

    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert cells[1:] == [
        [("=1+1", "s"), (12, "n")],
        [("https://exemple.fr", "s"), ("nan", "s")],
        [(None, "n"), ("True", "s")],
    ]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert sheet.freeze_panes == "A2"
