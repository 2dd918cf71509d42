"""Spreadsheets show every cell and run none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.spreadsheets import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|x", "@A1", " =1", "\t=1", "\uff1d1"])
def test_a_formula_is_shown_behind_an_apostrophe(cell: str):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12,5", "+33 6 12 34 56 78", "Atelier", "", "A=1"])
def test_what_is_no_formula_is_left_as_it_is(cell: str):
    assert harmless(cell) == cell


@given(st.text())
def test_nothing_is_lost(cell: str):
    assert harmless(cell).removeprefix("'") == cell.removeprefix("'") or harmless(cell) == cell
