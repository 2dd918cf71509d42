import csv
import io
import json
from types import SimpleNamespace

import pytest
import typer
from tests.search.small_register import register
from typer.testing import CliRunner

from essor.cli.search import search
from essor.cli.search_export import page_csv
from essor.errors import InvalidRequestError, NoReleaseError, UnknownTerritoryError
from essor.search.build import build_index
from essor.search.document import Document
from essor.search.page import Hit, Page


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    build_index(folder, register())
    return folder


@pytest.fixture
def release(built, monkeypatch):
    opened = SimpleNamespace(folder=built, connect=register)
    monkeypatch.setattr("essor.release.opened.open_release", lambda _home, _number: opened)
    return opened


def run(*options):
    app = typer.Typer()
    app.command()(search)
    return CliRunner().invoke(app, list(options), env={"COLUMNS": "160"})


def test_it_prints_the_names_the_reasons_and_what_is_counted(release):
    shown = run("menuiserie durand")

    assert shown.exit_code == 0
    assert "MENUISERIE DURAND" in shown.output
    assert "Son nom contient « menuiserie »." in shown.output
    assert "Département :" in shown.output
    assert "DONNÉES FICTIVES" in shown.output


def test_near_a_place_it_searches_establishments_and_says_how_far(release):
    shown = run("durand", "--near", "Metz", "--radius", "60", "--json")

    hits = json.loads(shown.stdout)["hits"]
    assert [hit["document"]["id"] for hit in hits] == ["99900001000011", "99900002100011"]
    assert [round(hit["distance_km"]) for hit in hits] == [0, 48]


def test_a_csv_has_a_line_an_answer(release):
    shown = run("durand", "--csv", "--limit", "2")

    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert [row["siren"] for row in rows] == ["999000010", "999000021"]
    assert rows[0]["fictif"] == "oui"


def test_a_name_in_a_csv_starts_no_formula():
    document = Document("999000010", "999000010", name="=SOMME(A1:A9)")
    hit = Hit(document, 0.0, (), None, "", "")

    written = page_csv(Page((hit,), 1, 1, 20, ()))

    assert "'=SOMME(A1:A9)" in written


def test_filters_are_conditions(release):
    shown = run("--status", "ESAT", "--territory", "57", "--kind", "organisation", "--json")

    assert [hit["document"]["siren"] for hit in json.loads(shown.stdout)["hits"]] == ["999000032"]


def test_without_an_answer_it_says_what_to_do(release):
    assert "élargissez" in run("zzzz").output


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--radius", "10"], InvalidRequestError),
        (["--json", "--csv"], InvalidRequestError),
        (["--status", "esta"], InvalidRequestError),
        (["--naf", "ZZ"], InvalidRequestError),
        (["--near", "Nullepart"], UnknownTerritoryError),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(release, options, error):
    assert isinstance(run(*options).exception, error)


def test_a_release_without_an_index_says_to_build(tmp_path, monkeypatch):
    bare = SimpleNamespace(folder=tmp_path, connect=register)
    monkeypatch.setattr("essor.release.opened.open_release", lambda _home, _number: bare)

    assert isinstance(run("durand").exception, NoReleaseError)
