import csv
import io
import json
from contextlib import redirect_stdout
from types import SimpleNamespace

import pytest
import typer
from tests.search.small_register import register
from typer.testing import CliRunner

from essor.cli.run import main
from essor.cli.search import search
from essor.errors import (
    AmbiguousTerritoryError,
    InvalidRequestError,
    NoReleaseError,
    UnknownTerritoryError,
)
from essor.search.build import build_index
from essor.search.document import Document
from essor.search.export import page_csv
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


def test_answers_are_counted_as_asked(release):
    facets = json.loads(run("--count", "commune", "--count", "statut", "--json").stdout)["facets"]

    assert [facet["field"] for facet in facets] == ["commune", "status"]
    assert {value["label"]: value["count"] for value in facets[0]["values"]} == {
        "Metz": 3,
        "Lyon": 3,
        "54395": 2,
    }


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (["--status", "ACI", "--status", "esat"], 2),
        (["--family", "cooperative"], 1),
        (["--naf", "25.62b"], 2),
        (["--perimeter", "p1"], 6),
        (["--perimeter", "p2"], 0),
        (["--staff-min", "30"], 1),
        (["--staff-max", "10"], 0),
        (["--closed"], 1),
        (["--near", "Metz", "--radius", "0"], 3),
        (["--near", "Metz", "--radius", "20000"], 8),
        (["--territory", "Moselle", "--territory", "69"], 6),
    ],
)
def test_each_filter_is_an_option(release, options, total):
    assert json.loads(run(*options, "--json").stdout)["total"] == total


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "a",
            "x" * 50_000,
            "<b>menuiserie</b>",
            "🪑",
            "carpentry workshop",
            "столярка",
            "12345",
        ),
        *("'; DROP TABLE organisations; --", 'name:"x" AND (a OR [b TO c}', "*", "menuiserie\x00"),
    ],
)
def test_any_text_is_answered(release, text):
    shown = run("--", text)

    assert shown.exit_code == 0
    assert "organisation" in shown.output or "Aucune réponse" in shown.output


def test_the_help_is_in_french_and_says_each_option(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")

    with redirect_stdout(io.StringIO()) as shown:
        assert main(["search", "--help"]) == 0

    told = shown.getvalue()
    assert "Chercher dans le registre" in told
    assert "Usage" in told
    for option in ("--near", "--radius", "--status", "--perimeter", "--staff-min", "--count"):
        assert option in told
    assert not {"Show", "Options:", "Arguments:", "default", "message"} & set(told.split())


def test_without_an_answer_it_says_what_to_do(release):
    words, place = run("zzzz").output, run("zzzz", "--near", "Metz").output

    assert "orthographe" in words
    assert "élargissez" not in words
    assert "élargissez" in place


def test_a_long_request_without_an_answer_is_not_said_again_whole(release):
    assert len(run("zzzz " * 500).output) < 400


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--radius", "10"], InvalidRequestError),
        (["--json", "--csv"], InvalidRequestError),
        (["--status", "esta"], InvalidRequestError),
        (["--naf", "ZZ"], InvalidRequestError),
        (["--near", "Nullepart"], UnknownTerritoryError),
        (["--count", "couleur"], InvalidRequestError),
        (["--staff-min", "50", "--staff-max", "10"], InvalidRequestError),
        (["--order", "distance"], InvalidRequestError),
        (["--page", "0"], InvalidRequestError),
        (["--near", "Sainte-Marie"], AmbiguousTerritoryError),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(release, options, error):
    assert isinstance(run(*options).exception, error)


def test_a_release_without_an_index_says_to_build(tmp_path, monkeypatch):
    bare = SimpleNamespace(folder=tmp_path, connect=register)
    monkeypatch.setattr("essor.release.opened.open_release", lambda _home, _number: bare)

    assert isinstance(run("durand").exception, NoReleaseError)
