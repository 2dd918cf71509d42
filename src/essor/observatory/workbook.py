"""Workbooks: the figures as an XLSX file of three sheets, Chiffres, Ventilation and Sources."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from essor.errors import DiskError, InvalidRequestError
from essor.observatory.export import (
    COLUMNS,
    GRID_COLUMNS,
    Value,
    date_basis,
    figures_lines,
    grid_lines,
)
from essor.observatory.figure import Mention
from essor.observatory.figures import Figures
from essor.observatory.grid import Grid
from essor.observatory.grid_explanation import explain

FICTIONAL = "Données fictives : ne pas citer ces chiffres."
_SOURCE_COLUMNS = (
    "source",
    "titre",
    "producteur",
    "licence",
    "date_de_publication",
    "date_de_recuperation",
    "fondement_de_la_date",
    "donnees_fictives",
)
_WIDTH = 22


class _Sheet(Protocol):
    """What is used of a sheet of xlsxwriter."""

    def write_string(self, row: int, column: int, text: str) -> int:
        """Write a text as a text: never a formula, never a link."""
        ...

    def write_number(self, row: int, column: int, number: float) -> int:
        """Write a number."""
        ...

    def set_column(self, first: int, last: int, width: float) -> int:
        """Set the width of columns."""
        ...

    def freeze_panes(self, row: int, column: int) -> None:
        """Keep the first rows in sight."""
        ...


class _Book(Protocol):
    """What is used of a workbook of xlsxwriter."""

    def add_worksheet(self, name: str) -> _Sheet:
        """Return a new sheet."""
        ...

    def close(self) -> None:
        """Write the file."""
        ...


def write_figures(figures: Figures, path: Path) -> None:
    """Write the figures, their breakdown and their sources to an XLSX file.

    Raises:
        InvalidRequestError: the folder of `path` does not exist.
        DiskError: the file cannot be written.
    """
    book = _opened(path)
    lines = list(figures_lines(figures))
    place = COLUMNS.index("tableau")
    is_key = [line[place] == "chiffres" for line in lines]
    warning = (FICTIONAL,) if figures.is_fictional else ()
    keys = [line for line, key in zip(lines, is_key, strict=True) if key]
    parts = [line for line, key in zip(lines, is_key, strict=True) if not key]
    _fill(book.add_worksheet("Chiffres"), COLUMNS, keys, warning)
    _fill(book.add_worksheet("Ventilation"), COLUMNS, parts, warning)
    absent = tuple(f"Source absente : {title}" for title in figures.absent)
    _fill_sources(book, figures.sources, (*warning, *absent))
    _close(book, path)


def write_grid(grid: Grid, path: Path) -> None:
    """Write the grid and its sources to an XLSX file.

    Raises:
        InvalidRequestError: the folder of `path` does not exist.
        DiskError: the file cannot be written.
    """
    book = _opened(path)
    warning = (FICTIONAL,) if grid.is_fictional else ()
    _fill(book.add_worksheet("Grille"), GRID_COLUMNS, grid_lines(grid), (explain(grid), *warning))
    _fill_sources(book, grid.sources, warning)
    _close(book, path)


def _opened(path: Path) -> _Book:
    from xlsxwriter import Workbook  # noqa: PLC0415 -- 40 ms that only this output needs

    if not path.parent.is_dir():
        raise InvalidRequestError(
            f"Le dossier « {path.parent} » n’existe pas : créez-le, ou donnez un autre chemin."
        )
    book: _Book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    return book


def _close(book: _Book, path: Path) -> None:
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 -- as above

    try:
        book.close()
    except (OSError, FileCreateError) as error:
        raise DiskError(
            f"Impossible d’écrire « {path} » ({error}) : libérez de la place ou choisissez un "
            "autre chemin."
        ) from error


def _fill_sources(book: _Book, sources: Iterable[Mention], notes: Sequence[str]) -> None:
    lines = [
        (
            source.name,
            source.title,
            source.publisher,
            source.licence,
            source.published_on.isoformat() if source.published_on else None,
            source.retrieved_on.isoformat() if source.retrieved_on else None,
            date_basis(source),
            "oui" if source.is_fictional else "non",
        )
        for source in sources
    ]
    _fill(book.add_worksheet("Sources"), _SOURCE_COLUMNS, lines, notes)


def _fill(
    sheet: _Sheet,
    columns: Sequence[str],
    lines: Iterable[Sequence[Value]],
    notes: Sequence[str],
) -> None:
    """Write the columns, the lines below, and the notes last, after an empty row."""
    table: list[Sequence[Value]] = [columns, *lines, (), *((note,) for note in notes)]
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            _write(sheet, row, column, value)
    sheet.set_column(0, len(columns) - 1, _WIDTH)
    sheet.freeze_panes(1, 0)


def _write(sheet: _Sheet, row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
