import pytest
from openpyxl import load_workbook
from tests.observatory.rows import COMMUNES, organisations, record
from tests.observatory.small_release import small_release

from essor.errors import DiskError, InvalidRequestError
from essor.observatory.figures import figures
from essor.observatory.grid import grid
from essor.observatory.perspective import By
from essor.observatory.question import Question
from essor.observatory.workbook import FICTIONAL, write_figures, write_grid
from essor.warehouse.provenance import DateBasis


def answer(members, name="Auvergne"):
    connection = small_release(
        organisations=members,
        communes=COMMUNES,
        territories=[{"level": "region", "code": "84", "name": name}],
    )
    sources = [
        record("sirene_unites_legales", date_basis=DateBasis.FILE_NAME),
        record("esus", is_present=False),
    ]
    return figures(connection, Question(by=By.TERRITORY), sources)


def rows_of(path, sheet):
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


def test_a_workbook_has_its_figures_its_breakdown_and_its_sources(tmp_path):
    path = tmp_path / "chiffres.xlsx"

    write_figures(answer(organisations(3)), path)

    assert load_workbook(path).sheetnames == ["Chiffres", "Ventilation", "Sources"]
    figures_rows = rows_of(path, "Chiffres")
    assert [row[5] for row in figures_rows[1:4]] == ["K03", "K04", "K05"]
    assert figures_rows[3][8] == 103.5
    assert rows_of(path, "Ventilation")[1][6:9] == ["Auvergne", "organisations", 3]
    assert rows_of(path, "Sources")[1][4:7] == ["2024-03-01", None, "nom du fichier"]


def test_absent_sources_are_named_below_the_others(tmp_path):
    path = tmp_path / "chiffres.xlsx"

    write_figures(answer(organisations(3)), path)

    assert rows_of(path, "Sources")[-1][0] == "Source absente : Titre de esus"


def test_every_sheet_says_that_its_data_are_invented(tmp_path):
    path = tmp_path / "chiffres.xlsx"

    write_figures(answer(organisations(3, is_fictional=True)), path)

    for sheet in ("Chiffres", "Ventilation", "Sources"):
        assert FICTIONAL in [row[0] for row in rows_of(path, sheet)]


def test_a_name_is_never_a_formula(tmp_path):
    path = tmp_path / "chiffres.xlsx"

    write_figures(answer(organisations(3), name="=1+1"), path)

    cell = load_workbook(path)["Ventilation"]["G2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_grid_is_a_workbook_too(tmp_path):
    path = tmp_path / "grille.xlsx"

    write_grid(grid(small_release(organisations=organisations(3)), []), path)

    rows = rows_of(path, "Grille")
    assert len([row for row in rows[1:] if isinstance(row[0], int)]) == 640
    assert rows[-1][0].startswith("Aucune lecture")


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(InvalidRequestError, match="n’existe pas"):
        write_figures(answer([]), tmp_path / "nulle part" / "chiffres.xlsx")


def test_a_path_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(DiskError, match="Impossible d’écrire"):
        write_figures(answer([]), tmp_path)
