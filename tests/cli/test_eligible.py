import json
from types import SimpleNamespace

import pytest
import typer
from tests.observatory.small_release import small_release
from typer.testing import CliRunner

from essor.cli.eligible import eligible
from essor.errors import InvalidIdentifierError, InvalidRequestError, UnknownOrganisationError
from essor.rules.registry import RULES

SIREN, FICTIONAL, ABSENT, OTHER = "732829320", "999000015", "552100554", "356000000"


def opened(_home, number=None):
    return SimpleNamespace(
        manifest=SimpleNamespace(number=number or 3, is_fictional=number == 1),
        connect=lambda: small_release(
            organisations=[
                {
                    "siren": SIREN,
                    "name": "ATELIERS",
                    "legal_category": "9220",
                    "ess_family": "association",
                    "is_active": True,
                },
                {"siren": OTHER, "name": "ATELIERS ADAPTÉS", "is_active": True},
                {"siren": FICTIONAL, "name": "ATELIERS FICTIFS", "is_active": False},
            ],
            statuses=[
                {
                    "siren": SIREN,
                    "kind": "ei",
                    "source": "siae",
                    "attested_on": "2025-06-30",
                },
                {
                    "siren": OTHER,
                    "kind": "ea",
                    "source": "entreprises_adaptees",
                    "attested_on": "2025-06-30",
                },
            ],
        ),
    )


@pytest.fixture(autouse=True)
def release(monkeypatch):
    monkeypatch.setattr("essor.release.opened.open_release", opened)


def run(*options):
    app = typer.Typer()
    app.command()(eligible)
    return CliRunner().invoke(app, [str(o) for o in options], env={"COLUMNS": "300"})


def plain(text):
    return text.replace("\u00a0", " ")


def test_alone_it_lists_the_rules():
    shown = run()

    assert shown.exit_code == 0
    assert [line.split()[0] for line in shown.output.splitlines()[: len(RULES)]] == [*RULES]


def test_the_list_of_rules_is_json_on_demand():
    assert [rule["code"] for rule in json.loads(run("--json").output)] == [*RULES]


def test_an_answer_says_its_reasons_what_is_unknown_and_how_to_know():
    shown = plain(run("reserve-insertion", "--siren", SIREN, "--day", "2026-01-15").output)

    assert "ATELIERS, SIREN 732829320, le 15/01/2026" in shown
    assert "Réponse : on ne sait pas" in shown
    assert "✔ Être une structure d’insertion" in shown
    assert "statut EI attesté par « siae » le 30/06/2025" in shown
    assert "? Employer au moins 50 % de travailleurs défavorisés : on ne sait pas." in shown
    assert "Code de la commande publique, art. R2113-7" in shown
    assert "Pour le savoir : Demandez à la structure" in shown


def test_what_the_person_knows_completes_the_lists():
    shown = run(
        "reserve-insertion", "--siren", SIREN, "--day", "2026-01-15",
        "--fact", "disadvantaged_share=62 %", "--json",
    )  # fmt: skip

    answer = json.loads(shown.output)
    assert answer["verdict"] == "met"
    assert "62 %, d’après vous" in plain(answer["reasons"][1]["sentence"])


def test_json_holds_the_version_and_the_citation_of_each_reason():
    answer = json.loads(run("ess-article-1", "--siren", SIREN, "--json").output)

    assert answer["verdict"] == "met"
    assert answer["version"] == {"since": "2015-08-12", "until": None}
    assert answer["reasons"][0]["citation"]["article"].startswith("Loi n° 2014-856")


def test_a_groupement_is_judged_member_by_member_then_as_a_whole():
    group = ("--siren", SIREN, "--siren", OTHER, "--day", "2026-01-15")
    share = ("--fact", f"{SIREN}:disadvantaged_share=62 %")

    shown = plain(run("reserve-mixte", *group, *share).output)
    strict = json.loads(run("reserve-mixte", *group, "--json").output)
    loose = json.loads(run("reserve-mixte", *group, "--aggregate", "--json").output)

    assert "ATELIERS ADAPTÉS, SIREN 356000000 : oui" in shown
    assert "Réponse pour le groupement : oui" in shown
    assert [each["verdict"] for each in strict["members"]] == ["unknown", "met"]
    assert (strict["verdict"], loose["verdict"]) == ("unknown", "met")


def test_a_day_outside_every_version_is_said():
    shown = run("reserve-handicap", "--siren", SIREN, "--day", "2010-01-01")

    assert "Aucune version connue de cette règle n’est en vigueur le 01/01/2010" in shown.output


def test_the_demonstration_says_that_it_is_fiction_and_a_closed_unit_that_it_is():
    shown = run("esus", "--siren", FICTIONAL, "--release", "1")

    assert "DONNÉES FICTIVES" in shown.output
    assert "ATELIERS FICTIFS (fermée)" in shown.output


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        (["esus", "--siren", "732829321"], InvalidIdentifierError, "clé de contrôle est fausse"),
        (["esus", "--siren", "732829321"], InvalidIdentifierError, "732829320 (ATELIERS)"),
        (["esus", "--siren", "73282932"], InvalidIdentifierError, "732829320 (ATELIERS)"),
        (["esus", "--siren", SIREN + "00074"], InvalidIdentifierError, "ses neuf premiers"),
        (["esus", "--siren", FICTIONAL], InvalidIdentifierError, "fictif"),
        (["esus", "--siren", ABSENT], UnknownOrganisationError, "Le registre ne contient pas"),
        (["esus", "--siren", SIREN, "--day", "demain"], InvalidRequestError, "AAAA-MM-JJ"),
        (["esus", "--siren", SIREN, "--fact", "x=1"], InvalidRequestError, "n’est pas un fait"),
        (["esuss", "--siren", SIREN], InvalidRequestError, "Vouliez-vous dire « esus »"),
        (["esus", "--siren", SIREN, "--siren", SIREN], InvalidRequestError, "cité deux fois"),
        (["esus", "--siren", SIREN, "--fact", "1:is_unlisted=oui"], InvalidRequestError, "--siren"),
        (["esus"], InvalidRequestError, "Il manque l’organisation"),
        (["--siren", SIREN], InvalidRequestError, "Il manque la règle"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_what_to_do(options, error, said):
    found = run(*options).exception

    assert isinstance(found, error)
    assert said in str(found)
