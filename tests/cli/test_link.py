import csv
import io
import json
from types import SimpleNamespace

import duckdb
import openpyxl
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from essor.cli.link import link
from essor.cli.link_files import ADDED, csv_text
from essor.errors import DiskError, InvalidRequestError, NoReleaseError
from essor.linkage.answering import Answered
from essor.linkage.answers import Answer
from essor.linkage.entries import Outcome
from essor.linkage.listing import Listing, Row

LIST = (
    "Raison sociale;CP;Commune;SIRET;Note\n"
    "atelier des pres;57650;Fontoy;;=1+1\n"
    "Comité des fêtes;;;;\n"
    "Zwyxtra Plouc;75001;Paris;;\n"
    ";;;99900000600011;sans nom\n"
    "Les Jardins;57000;Metz;;trop;long\n"
)


def register():
    """Return the tables of a small release: a closed place, its successor, two committees of one name."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE organisations AS SELECT *, NULL::VARCHAR AS acronym, true AS is_active FROM (VALUES "
        "('999000005', 'Atelier des Prés', '99900000500011'), "
        "('999000006', 'Les Jardins de Lorraine', '99900000600029'), "
        "('999000010', 'Comité des fêtes', '99900001000010'), "
        "('999000011', 'Comité des fêtes', '99900001100018')) AS o(siren, name, head_office)"
    )
    connection.execute(
        "CREATE TABLE establishments AS SELECT *, NULL::VARCHAR AS name, DATE '2020-01-01' AS created_on "
        "FROM (VALUES "
        "('99900000500011', '999000005', '3 rue du Port', '57650', 'Fontoy', '57226', true, true), "
        "('99900000600011', '999000006', '7 chemin des Prés', '57000', 'Metz', '57463', false, false), "
        "('99900000600029', '999000006', '9 quai Neuf', '57000', 'Metz', '57463', true, true), "
        "('99900001000010', '999000010', NULL, '39100', 'Dole', '39198', true, true), "
        "('99900001100018', '999000011', NULL, '39600', 'Arbois', '39013', true, true)"
        ") AS e(siret, siren, address, postcode, city, commune, is_active, is_head_office)"
    )
    connection.execute("CREATE TABLE statuses(siren VARCHAR, siret VARCHAR, name VARCHAR)")
    return connection


@pytest.fixture
def release(tmp_path, monkeypatch):
    """Put the small register in service."""
    manifest = SimpleNamespace(number=1)
    opened = SimpleNamespace(folder=tmp_path / "release", connect=register, manifest=manifest)
    monkeypatch.setattr("essor.release.opened.open_release", lambda _home, _number: opened)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(LIST, "utf-8")
    return path


def run(*options):
    app = typer.Typer()
    app.command()(link)
    return CliRunner().invoke(app, [str(each) for each in options], env={"COLUMNS": "200"})


def rows(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_row_comes_back_with_its_columns_and_its_answer(release, file):
    shown = run(file)

    found = rows(shown.stdout)
    assert shown.exit_code == 0
    assert [row["essor_decision"] for row in found] == [
        "accepté", "à vérifier", "rejeté", "accepté", "rejeté",
    ]  # fmt: skip
    assert [row["essor_siren"] for row in found] == ["999000005", "", "", "999000006", ""]
    assert found[0]["essor_siret"] == "99900000500011"
    assert found[0]["Commune"] == "Fontoy"


def test_what_is_to_be_checked_comes_with_candidates(release, file):
    row = rows(run(file).stdout)[1]

    assert row["essor_candidat_1"].startswith("99900001000010 Comité des fêtes, Dole")
    assert row["essor_candidat_2"].startswith("99900001100018 Comité des fêtes, Arbois")
    assert row["essor_candidat_3"] == ""


def test_the_siret_of_a_closed_establishment_gives_its_successor(release, file):
    row = rows(run(file).stdout)[3]

    assert row["essor_siret"] == "99900000600029"
    assert "est fermé" in row["essor_raison"]


def test_a_broken_row_is_kept_whole_and_said(release, file):
    shown = run(file)

    row = rows(shown.stdout)[4]
    assert (row["Note"], row["colonne 6"]) == ("trop", "long")
    assert "6 champs au lieu de 5" in row["essor_raison"]
    assert "Ligne 6 : La ligne a 6 champs" in shown.stderr


def test_the_summary_counts_and_says_what_was_read(release, file):
    shown = run(file)

    assert "5 lignes : 2 acceptés, 1 à vérifier, 2 rejetés." in shown.stderr
    assert "nom = « Raison sociale »" in shown.stderr
    assert "DONNÉES FICTIVES" in shown.stderr


def test_no_cell_of_the_csv_is_a_formula(release, file):
    assert rows(run(file).stdout)[0]["Note"] == "'=1+1"


def test_a_csv_file_is_marked_for_excel_and_keeps_the_separator(release, file, tmp_path):
    shown = run(file, "-o", tmp_path / "sortie.csv")

    held = (tmp_path / "sortie.csv").read_bytes()
    assert shown.stdout == ""
    assert held.startswith(b"\xef\xbb\xbfRaison sociale;CP;")


def test_a_workbook_holds_texts_alone(release, file, tmp_path):
    run(file, "-o", tmp_path / "sortie.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "sortie.xlsx").active
    first = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (first["CP"].value, first["essor_siret"].value) == ("57650", "99900000500011")
    assert (first["Note"].value, first["Note"].data_type) == ("=1+1", "s")


def test_lines_of_json_keep_what_was_typed(release, file, tmp_path):
    run(file, "-o", tmp_path / "sortie.jsonl")

    lines = (tmp_path / "sortie.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    assert first["Note"] == "=1+1"
    assert first["essor"]["siren"] == "999000005"
    assert len(lines) == 5


def test_a_list_written_in_any_form_is_read_again(release, file, tmp_path):
    run(file, "-o", tmp_path / "sortie.xlsx")

    again = rows(run(tmp_path / "sortie.xlsx").stdout)

    assert [row["Raison sociale"] for row in again] == [
        row["Raison sociale"] for row in rows(run(file).stdout)
    ]


@pytest.mark.parametrize("output", ["sortie.csv", "sortie.xlsx", "sortie.jsonl", None])
def test_half_characters_and_controls_spoil_no_list(release, tmp_path, output):
    path = tmp_path / "liste.jsonl"
    path.write_text('{"nom": "a\\ud800b\\u0000\\u000b", "siret": "\\ud800 1"}\n', "utf-8")

    shown = run(path, *(["-o", tmp_path / output] if output else []))

    assert shown.exit_code == 0
    assert "1 ligne :" in shown.stderr


def test_a_column_and_a_list_without_titles_may_be_said(release, tmp_path):
    path = tmp_path / "noms.txt"
    path.write_text("x;atelier des pres;Fontoy\n", "utf-8")

    shown = run(path, "--no-header", "--column", "nom=2", "--column", "ville=3")

    assert rows(shown.stdout)[0]["essor_siren"] == "999000005"


def test_one_name_is_answered_with_its_reasons(release):
    shown = run("--name", "atelier des prés", "--city", "Fontoy")

    assert "accepté — 999000005 99900000500011" in shown.stdout
    assert "Même ville." in shown.stdout
    assert "DONNÉES FICTIVES" in shown.stdout


def test_one_name_that_two_bear_lists_both(release):
    shown = run("--name", "Comité des fêtes")

    assert "à vérifier" in shown.stdout
    assert "  1. 99900001000010 Comité des fêtes, Dole" in shown.stdout
    assert "  2. 99900001100018 Comité des fêtes, Arbois" in shown.stdout


def test_one_number_may_be_asked_as_json(release):
    found = json.loads(run("--number", "999 000 006 00011", "--json").stdout)

    assert (found["siren"], found["siret"]) == ("999000006", "99900000600029")
    assert found["decision"] == "accepté"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "il manque l’un ou l’autre"),
        (["LISTE", "--name", "A"], "pas les deux"),
        (["LISTE", "--city", "Metz"], "vont avec --name"),
        (["LISTE", "--json"], "vont avec --name"),
        (["--name", "A", "-o", "x.csv"], "vont avec un fichier"),
        (["--name", "  "], "Le nom est vide"),
        (["LISTE", "--column", "truc=1"], "ne dit pas une colonne"),
        (["LISTE", "--column", "nom"], "ne dit pas une colonne"),
        (["LISTE", "--column", "nom=Tiers"], "Aucune colonne « Tiers »"),
        (["LISTE", "-o", "sortie.pdf"], "ne dit pas une forme connue"),
        (["LISTE", "-o", "nulle/part/sortie.csv"], "n’existe pas"),
        (["LISTE", "-o", "LISTE"], "est la liste lue"),
        (["absent.csv"], "n’existe pas"),
        (["."], "est un dossier"),
    ],
)
def test_a_wrong_request_is_refused_in_one_sentence(release, file, options, reason):
    shown = run(*(file if each == "LISTE" else each for each in options))

    assert isinstance(shown.exception, InvalidRequestError)
    assert reason in str(shown.exception)
    assert "\n" not in str(shown.exception)
    assert shown.stdout == ""


def test_without_a_release_it_says_to_build_one(essor_home, file):
    shown = run(file)

    assert isinstance(shown.exception, NoReleaseError)


def test_a_disk_that_refuses_leaves_the_former_list(release, file, tmp_path, monkeypatch):
    output = tmp_path / "sortie.csv"
    output.write_text("ancienne", "utf-8")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    shown = run(file, "-o", output)

    assert isinstance(shown.exception, DiskError)
    assert output.read_text("utf-8") == "ancienne"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["liste.csv", "sortie.csv"]


@given(st.text(max_size=20), st.sampled_from(["=", "+", "-", "@", "\t=", " =", "\uff1d"]))
def test_whatever_a_cell_holds_a_spreadsheet_runs_nothing(text, sign):
    listing = Listing(("nom",), (Row(2, (sign + text,)),))

    written = csv_text(listing, [Answered(listing.rows[0], Answer(Outcome.REJECT, sign + text))])

    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    cells = [read[1][0], read[1][ADDED.index("essor_raison") + 1]]
    assert all(
        cell.startswith("'") or not cell.strip("+-0123456789., \u00a0\u202f") for cell in cells
    )
