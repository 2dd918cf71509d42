import json
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import typer
from openpyxl import load_workbook
from tests.observatory.rows import COMMUNES, TERRITORIES, organisations, record
from tests.observatory.small_release import small_release
from typer.testing import CliRunner

from essor.cli.figures import figures
from essor.errors import InvalidRequestError, UnknownTerritoryError

MEMBERS = [
    *organisations(9),
    *organisations(4, commune="59350", first=20),
    *organisations(2, first=40, ess_family="association"),
]


@dataclass
class OneRelease:
    """A home that holds one release, and remembers which was asked for."""

    rows: list[dict[str, object]]
    asked: int | None = None

    def open(self, _home, number=None):
        self.asked = number
        return SimpleNamespace(
            manifest=SimpleNamespace(sources=(record("sirene_unites_legales"),)),
            connect=lambda: small_release(
                organisations=self.rows, communes=COMMUNES, territories=TERRITORIES
            ),
        )


@pytest.fixture
def release(monkeypatch):
    held = OneRelease(MEMBERS)
    monkeypatch.setattr("essor.release.opened.open_release", held.open)
    return held


def run(*options):
    app = typer.Typer()
    app.command()(figures)
    return CliRunner().invoke(app, list(options), env={"COLUMNS": "120"})


def test_without_options_it_prints_the_figures_of_france(release):
    shown = run()

    assert shown.exit_code == 0
    assert "France" in shown.output
    assert "K03" in shown.output
    assert "15" in shown.output
    assert "Source : Titre de sirene_unites_legales, Insee, 1er\u00a0mars\u00a02024" in shown.output


def test_a_territory_is_named_and_only_it_is_counted(release):
    found = json.loads(run("--territory", "Hauts-de-France", "--json").output)

    assert found["place"]["name"] == "Hauts-de-France"
    assert found["figures"][0]["value"] == 4


def test_an_unknown_territory_is_an_error(release):
    assert isinstance(run("--territory", "Atlantide").exception, UnknownTerritoryError)


def test_a_breakdown_shows_its_parts_and_what_is_masked(release):
    shown = run("--by", "family")

    assert "Ventilation par famille de l’ESS" in shown.output
    assert "Associations" in shown.output
    assert "secret" in shown.output
    assert "Secret statistique" in shown.output


def test_territories_may_be_of_any_level(release):
    found = json.loads(run("--by", "territory", "--level", "departement", "--json").output)

    assert [row["label"] for row in found["breakdown"]["rows"]] == ["Rhône", "Nord"]


def test_p2_answers_another_question(release):
    found = json.loads(run("--perimeter", "p2", "--json").output)

    assert (found["perimeter"], found["figures"][0]["value"]) == ("p2", 0)


def test_csv_is_for_pipes(release):
    lines = run("--csv").output.splitlines()

    assert lines[0].startswith("territoire_niveau,territoire_code")
    assert lines[1].startswith("france,FR,France,p1,chiffres,K03")


def test_a_workbook_is_written_where_asked(release, tmp_path):
    path = tmp_path / "chiffres.xlsx"

    shown = run("--xlsx", str(path))

    assert str(path) in shown.output.replace("\n", "")
    assert load_workbook(path).sheetnames == ["Chiffres", "Ventilation", "Sources"]


def test_the_grid_is_printed_with_its_explanation(release):
    shown = run("--grid")

    assert "640 lectures" in shown.output
    assert "Aucune lecture n’approche" in shown.output


def test_the_grid_has_every_form(release, tmp_path):
    path = tmp_path / "grille.xlsx"

    assert len(json.loads(run("--grid", "--json").output)["variants"]) == 640
    assert len(run("--grid", "--csv").output.splitlines()) == 641
    assert run("--grid", "--xlsx", str(path)).exit_code == 0
    assert load_workbook(path).sheetnames == ["Grille", "Sources"]


def test_an_older_release_may_be_read(release):
    run("--release", "3")

    assert release.asked == 3


def test_invented_data_are_announced_first(release):
    release.rows = organisations(3, is_fictional=True)

    assert run().output.startswith("DONNÉES FICTIVES")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--json", "--csv"], "--json et --csv"),
        (["--csv", "--xlsx", "f.xlsx"], "--csv et --xlsx"),
        (["--grid", "--by", "naf"], "--grid ne va pas avec --by"),
        (["--grid", "--territory", "69"], "--grid ne va pas avec --territory"),
        (["--grid", "--perimeter", "p2"], "--grid ne va pas avec --perimeter"),
        (["--level", "epci"], "--by territory"),
        (["--by", "naf", "--level", "epci"], "--by territory"),
    ],
)
def test_options_that_contradict_each_other_are_refused(options, said):
    error = run(*options).exception

    assert isinstance(error, InvalidRequestError)
    assert said in str(error)
