import csv
import io
import json
from types import SimpleNamespace

import pytest
import typer
from tests.observatory.atlas import EMPLOYMENT, SOURCES, atlas, employed
from typer.testing import CliRunner

from essor.cli.clusters import clusters
from essor.errors import InvalidRequestError, UnknownTerritoryError

RELEASES = {
    1: EMPLOYMENT,
    2: [employed("01001", "31", 900.0), *EMPLOYMENT[1:]],
}


def opened(_home, number=None):
    held = number or 2
    return SimpleNamespace(
        manifest=SimpleNamespace(number=held, sources=SOURCES, is_fictional=held == 1),
        connect=lambda: atlas(employment=RELEASES[held]),
    )


@pytest.fixture(autouse=True)
def releases(monkeypatch):
    monkeypatch.setattr("essor.release.opened.open_release", opened)
    monkeypatch.setattr("essor.release.store.numbers", lambda _: (1, 2))


def run(*options):
    app = typer.Typer()
    app.command()(clusters)
    return CliRunner().invoke(app, [str(o) for o in options], env={"COLUMNS": "200"})


def test_the_clusters_of_france_are_told_with_their_reason():
    shown = run()

    assert shown.exit_code == 0
    assert "France : 1 grappe industrielle" in shown.output
    assert "CC du Bois — Fabrication de meubles" in shown.output
    assert "fois la part nationale" in shown.output


def test_a_territory_shows_only_its_own():
    assert "CC du Vide : 0 grappe industrielle" in run("--territory", "CC du Vide").output


def test_json_holds_the_clusters_of_the_level_asked():
    found = json.loads(run("--level", "commune", "--json").output)

    assert [cluster["level"] for cluster in found["clusters"]] == ["commune"]
    assert found["clusters"][0]["staff"]["value"] == 900


def test_csv_is_one_line_a_cluster():
    lines = list(csv.DictReader(io.StringIO(run("--csv").output)))

    assert [line["name"] for line in lines] == ["CC du Bois"]


def test_fiction_is_told():
    assert "DONNÉES FICTIVES" in run("--release", 1).output
    assert json.loads(run("--release", 1, "--json").output)["is_fictional"] is True


def test_the_change_since_a_release_is_decomposed():
    found = json.loads(run("--territory", "E1", "--since", 1, "--json").output)

    effects = found["evolution"]["effects"]
    parts = ("national", "structural", "local", "unexplained")
    assert sum(effects[part] for part in parts) == pytest.approx(300)
    assert "De la version 1 à la version 2" in run("--since", 1).output


def test_a_release_is_not_compared_with_itself():
    error = run("--since", 2).exception

    assert isinstance(error, InvalidRequestError)
    assert "ne peut pas être comparée à elle-même" in str(error)
    assert "seule version" not in str(error)


def test_a_lone_release_says_that_it_is_alone(monkeypatch):
    monkeypatch.setattr("essor.release.store.numbers", lambda _: (2,))

    assert "C’est la seule version construite." in str(run("--since", 2).exception)


@pytest.mark.parametrize(
    "options", [("--json", "--csv"), ("--csv", "--since", "1"), ("--level", "france")]
)
def test_contradictions_are_refused(options):
    assert isinstance(run(*options).exception, InvalidRequestError)


def test_an_unknown_territory_is_an_error():
    assert isinstance(run("--territory", "Atlantide").exception, UnknownTerritoryError)
