"""`essor match`, `why`, `replay` and `compare` say who answers, why, and the same again."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from duckdb import DuckDBPyConnection
from tests.language.small_naf import SMALL_NAF
from tests.matching.register import registered

from essor.cli.run import main
from essor.errors import NoReleaseError
from essor.language.naf import Reader
from essor.matching.record import read
from essor.matching.suppliers import candidates

READER = Reader(SMALL_NAF)
NEAR_METZ = ("Trier du verre", "--near", "Metz", "--radius", "60", "--naf", "38.32Z")


@dataclass
class OneRelease:
    """A home whose release in service is number 4; another one is gone."""

    number: int = 4
    read: Callable[[], DuckDBPyConnection] = registered

    def open(self, _home, number=None):
        if number not in (None, self.number):
            raise NoReleaseError("La version n’existe pas.")
        manifest = SimpleNamespace(number=self.number)
        return SimpleNamespace(manifest=manifest, folder=Path("absent"), connect=self.read)


@pytest.fixture
def release(monkeypatch, essor_home):
    held = OneRelease()
    monkeypatch.setattr("essor.release.opened.open_release", held.open)
    monkeypatch.setattr("essor.matching.naming.trades_said", lambda name: ())
    return held


def printed(capsys, *arguments, status=0):
    assert main(list(arguments)) == status
    told = capsys.readouterr()
    return told.out if status == 0 else told.out + told.err


def test_a_ranking_is_printed_with_its_reasons_and_recorded(release, essor_home, capsys):
    shown = printed(capsys, "match", *NEAR_METZ, "--quantity", "600 t/an")

    assert "1. TRI DE METZ, Metz (57463)" in shown
    assert "métier : Exerce le métier demandé, 38.32Z" in shown
    assert "lieu : Établi sur place (Metz)." in shown
    assert "? inconnu  capacité" in shown
    assert "« essor replay 1 » la refait" in shown
    assert read(essor_home, 1).ranking[0].name == "TRI DE METZ"


def test_json_gives_the_answer_and_its_number(release, capsys):
    found = json.loads(printed(capsys, "match", *NEAR_METZ, "--limit", "1", "--json"))

    (first,) = found["answer"]["matches"]
    assert found["number"] == 1
    assert found["matched"] == 4
    assert first["score"] == sum(reason["points"] for reason in first["reasons"])


def test_an_answer_is_given_again_the_same(release, capsys):
    printed(capsys, "match", *NEAR_METZ)

    assert "la même, 4 fournisseurs" in printed(capsys, "replay", "1")


def test_an_answer_that_changed_says_where(release, capsys, monkeypatch):
    printed(capsys, "match", *NEAR_METZ)
    monkeypatch.setattr(
        "essor.matching.answer.candidates",
        lambda *given: without(candidates(*given), "00000000100011"),
    )

    told = printed(capsys, "replay", "1", status=1)

    assert "rang 1 : 00000000100011 alors" in told


def without(found, siret):
    return replace(found, suppliers=tuple(each for each in found.suppliers if each.siret != siret))


def test_an_answer_of_a_pruned_release_says_why_it_cannot_be_given_again(release, capsys):
    printed(capsys, "match", *NEAR_METZ)
    release.number = 5

    told = printed(capsys, "replay", "1", status=NoReleaseError.exit_code)

    assert "version 4 des données, qui n’est plus conservée" in told


def test_why_explains_one_supplier_of_a_recorded_answer(release, capsys):
    printed(capsys, "match", *NEAR_METZ)

    shown = printed(capsys, "why", "1", "000000002")

    assert shown.startswith("2. VERRE DE THIONVILLE")
    assert "À 27 km de Metz" in shown


def test_why_tells_what_refuses_a_supplier(release, capsys):
    shown = printed(
        capsys, "why", "Trier du verre", "000000005", "--near", "Metz", "--naf", "38.32Z"
    )

    assert "✗ refusé  métier : Son métier (Programmation informatique)" in shown


@pytest.mark.parametrize(
    ("number", "told"),
    [("123", "n’est pas un SIREN"), ("732829320", "n’est pas dans la version ouverte")],
)
def test_why_says_what_is_wrong_with_a_number(release, capsys, number, told):
    assert told in printed(capsys, "why", "Trier", number, "--naf", "38.32Z", status=2)


def test_why_proposes_the_organisations_one_digit_away(release, capsys):
    told = printed(capsys, "why", "Trier", "000000011", "--naf", "38.32Z", status=2)

    assert "sa clé de contrôle est fausse" in told
    assert "À un chiffre près, la version ouverte a : 000000001 (TRI DE METZ)" in told


def test_the_form_of_cooperation_is_kept_with_the_need(release, essor_home, capsys):
    asked = ("--cooperation", "sous_traitance_industrielle")

    shown = printed(capsys, "match", *NEAR_METZ, *asked)

    assert "coopération : sous_traitance_industrielle" in shown
    assert read(essor_home, 1).need.cooperation == "sous_traitance_industrielle"


@pytest.mark.parametrize(
    "text",
    ["<b>Trier</b> du <script>verre</script>", "♻️🪟", "Sort the glass", "'; DROP TABLE naf --"],
)
def test_whatever_the_text_a_code_is_answered_and_the_text_kept(release, essor_home, capsys, text):
    shown = printed(capsys, "match", text, *NEAR_METZ[1:])

    assert "1. TRI DE METZ" in shown
    assert read(essor_home, 1).need.text == text


def test_a_text_of_fifty_thousand_letters_is_answered(release, capsys):
    shown = printed(capsys, "match", "trier " * 8_400, *NEAR_METZ[1:])

    assert "1. TRI DE METZ" in shown
    assert len(shown) < 20_000


@pytest.mark.parametrize(
    "text",
    [
        *("a", "?", "12345 678", "♻️🪟", "<script>alert(1)</script>", "2026-11"),
        *("bonjour", "Hello!", "test", "je ne sais pas", "lorem ipsum dolor sit amet"),
        *("'; DROP TABLE naf; --", '" OR 1=1', "naf:38* AND (a OR b)", "je cherche un prestataire"),
    ],
)
def test_a_text_that_names_no_trade_is_refused_and_says_what_to_write(
    release, monkeypatch, capsys, text
):
    monkeypatch.setattr("essor.language.naf.open_reader", lambda folder: READER)

    told = printed(capsys, "match", text, status=2)

    assert told.startswith("Erreur : Nous n’avons pas compris quel métier demande « ")
    assert "par exemple « réparation de palettes »" in told


def test_a_long_text_that_names_no_trade_is_quoted_by_its_beginning(release, monkeypatch, capsys):
    monkeypatch.setattr("essor.language.naf.open_reader", lambda folder: READER)

    told = printed(capsys, "match", "bla " * 12_500, status=2)

    assert "bla bla…" in told
    assert len(told) < 400


def test_a_need_in_another_language_is_read(release, monkeypatch, capsys):
    monkeypatch.setattr("essor.language.naf.open_reader", lambda folder: READER)

    assert "métier 16.24Z" in printed(capsys, "match", "wooden pallets")


def test_contradictory_conditions_are_told_together(release, capsys):
    told = printed(
        capsys,
        *("match", *NEAR_METZ, "--zone", "Lyon", "--deadline", "2001-01-01", "--amount", "0"),
        *("--reserved", "handicap", "--status", "aci", "--quantity", "600 t ou 300 m3"),
        status=2,
    )

    assert "Ce besoin se contredit sur 5 points" in told
    for point in (
        "(1) Lyon est à plus de 60 km de Metz",
        "(2) la quantité est dite 2 fois (600 t et 300 m3), et une seule compte",
        "(3) le montant de 0 € n’est pas positif",
        "(4) le marché est réservé à EA, ESAT alors que le statut demandé est ACI",
        "(5) l’échéance du 01/01/2001 est déjà passée",
    ):
        assert point in told


def test_a_place_that_exists_ten_times_is_asked_for_with_the_ten_and_how_to_say_which(
    release, monkeypatch, capsys
):
    monkeypatch.setattr(release, "read", ten_namesakes)

    told = printed(capsys, "match", "Trier", "--naf", "38.32Z", "--near", "Sainte-Marie", status=4)

    assert "« Sainte-Marie » désigne plusieurs territoires" in told
    for departement in range(1, 11):
        code = f"{departement:02}001"
        assert f"commune:{code} (Sainte-Marie, commune, département {departement:02})" in told
    assert "Précisez lequel, par exemple « commune:" in told


@pytest.mark.parametrize("said", ["commune:03001", "03001", "Sainte-Marie (03)"])
def test_a_place_that_exists_ten_times_is_found_once_it_is_said_which(
    release, monkeypatch, capsys, said
):
    monkeypatch.setattr(release, "read", ten_namesakes)

    shown = printed(capsys, "match", "Trier", "--naf", "38.32Z", "--near", said)

    assert "autour de Sainte-Marie (commune:03001)" in shown


def ten_namesakes():
    """Return the register with ten communes of one name, each in a département of its own."""
    connection = registered()
    for departement in range(1, 11):
        code = f"{departement:02}001"
        for table in ("communes", "territories"):
            connection.execute(
                f"INSERT INTO {table} BY NAME (SELECT * REPLACE ('Sainte-Marie' AS name, '{code}' AS code)"
                f" FROM {table} WHERE code = '57463' LIMIT 1)"
            )
        connection.execute(
            "UPDATE communes SET departement = ? WHERE code = ?", [f"{departement:02}", code]
        )
    return connection


@pytest.mark.parametrize(("radius", "most"), [("0", "TRI DE METZ"), ("20000", "TRI DE LYON")])
def test_the_least_and_the_greatest_radius_are_answered(release, capsys, radius, most):
    shown = printed(capsys, "match", *NEAR_METZ, "--radius", radius)

    assert most in shown
    assert ("TRI DE LYON" in shown) == (radius == "20000")


def test_a_recorded_answer_takes_no_further_condition(release, capsys):
    printed(capsys, "match", *NEAR_METZ)

    told = printed(capsys, "why", "1", "000000002", "--near", "Metz", status=2)

    assert "a déjà ses conditions" in told


def test_compare_shows_what_each_finds(release, capsys):
    shown = printed(capsys, "compare", *NEAR_METZ)

    assert "Trouvés par les deux : 1" in shown
    assert "Par Essor seul : 3" in shown
    assert "n’est pas d’un statut que ce service liste" in shown
    assert "Par la règle seule : 0" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--radius", "10"), 2, "un rayon est donné sans le lieu"),
        (("--near", "Metz", "--radius", "-1"), 2, "n’existe pas sur Terre"),
        (("--near", "Atlantide"), 4, "Aucun territoire ne s’appelle"),
        (("--quantity", "beaucoup"), 2, "n’est pas une quantité"),
        (("--deadline", "demain"), 2, "n’est pas un jour"),
        (("--deadline", "2001-01-01"), 2, "déjà passée"),
        (("--reserved", "amis"), 2, "n’est pas une valeur de --reserved"),
        (("--status", "esat", "--reserved", "insertion"), 2, "Ce besoin se contredit"),
        (("--presence", "magie"), 2, "n’est pas une valeur de --presence"),
        (("--cooperation", "amitié"), 2, "n’est pas une valeur de --cooperation"),
        (("--amount", "-5"), 2, "n’est pas positif"),
        (("--amount", "0"), 2, "n’est pas positif"),
        (("--amount", "nan"), 2, "le montant n’est pas un nombre"),
        (("--amount", "inf"), 2, "le montant n’est pas un nombre"),
        (("--near", "Metz", "--radius", "nan"), 2, "n’existe pas sur Terre"),
        (("--near", "Metz", "--radius", "20041"), 2, "de 0 à 20\u202f040 km"),
        (("--quantity", "-5 t"), 2, "un nombre positif et son unité"),
        (("--quantity", "600 €"), 2, "est un montant et non une quantité"),
        (("--quantity", "3 t, 5 m3"), 2, "la quantité est dite 2 fois (3 t et 5 m3)"),
        (("--quantity", "600"), 2, "n’est pas une quantité"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(release, capsys, arguments, status, told):
    shown = printed(capsys, "match", "Trier", "--naf", "38.32Z", *arguments, status=status)

    assert told in shown
    assert shown.count("Erreur") == 1


def test_a_wrong_activity_code_is_refused(release, capsys):
    assert "38.3" in printed(capsys, "match", "Trier", "--naf", "38.3", status=2)


def test_an_empty_need_is_refused(release, capsys):
    assert "Le besoin est vide" in printed(capsys, "match", "  ", status=2)


def test_an_answer_that_was_never_given_is_an_error(release, capsys):
    assert "n’existe pas" in printed(capsys, "replay", "12", status=2)
