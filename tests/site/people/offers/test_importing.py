"""A list of le Marché de l’inclusion: proposed to organisations, never said in their name, theirs to confirm."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.site.people.matrix.offers import sewing

from essor.cli.run import main
from essor.errors import InvalidRequestError
from essor.linkage.entries import Outcome
from essor.matching.activity import Basis, ReachKind
from essor.observatory.card import Card
from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.marche.importing import MOST_OF_ONE, TELLER, Imported, imported
from essor.site.marche.listed import read_list
from essor.site.members.journal import entries
from essor.site.members.models.member import Member
from essor.site.offers import moderating, proposing, publishing
from essor.site.offers.access import card_of
from essor.site.offers.live import overlay
from essor.site.offers.models import DeclaredActivity

pytestmark = pytest.mark.usefixtures("people", "visitor")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
DAY = date(2026, 11, 3)
SEWN = {"sector": "Couture", "presta_type": ["BUILD", "PREST"], "geo_range": "COUNTRY"}


@pytest.fixture
def card(sirens: list[str]) -> Card:
    return next(found for found in map(card_of, sirens) if found.places[0].is_active)


@pytest.fixture
def siret(card: Card) -> str:
    return card.places[0].siret


@pytest.fixture
def ada(enrol: Enrol, card: Card) -> Member:
    return enrol("ada@atelier.example", organisations={card.siren: "manager"})


@pytest.fixture
def told(tmp_path: Path, siret: str) -> Callable[..., Imported]:
    """Return what imports a structure of the demonstration, as an answer of their API tells it."""

    def run(*rows: dict[str, object], writes: bool = True) -> Imported:
        path = tmp_path / "liste.json"
        said = [{"siret": siret, "activities": [SEWN]} | row for row in rows or ({},)]
        path.write_text(json.dumps({"count": len(said), "results": said}), "utf-8")
        return imported(in_service(), read_list(path), DAY, writes=writes)

    return run


def test_an_activity_of_the_list_is_proposed_and_not_declared(
    told: Callable[..., Imported], card: Card, visitor: Client
):
    found = told()

    row = DeclaredActivity.objects.get()
    page = visitor.get(reverse("organisation", args=[card.siren])).text
    assert [each.outcome for each in found.lines] == [Outcome.ACCEPT]
    assert (row.siren, row.label, row.told_by) == (card.siren, "Couture", TELLER)
    assert row.is_proposed
    assert row.presence == ["fabrication", "service"]
    assert timezone.localdate(row.said_at) == DAY
    assert "À confirmer par l’organisation" in page
    assert f"D’après {TELLER}, le" in page
    assert "novembre" in page.partition(f"D’après {TELLER}, le")[2][:40]
    assert "Déclaré par l’organisation" not in page


def test_matching_weighs_it_as_told_by_another(told: Callable[..., Imported], card: Card):
    told()
    asked = Asked(text="couture industrielle de housses")

    (supplier,) = [each for each in overlay(in_service()).suppliers if each.siren == card.siren]
    matches = answered(in_service(), asked).answer.matches
    reasons = [
        reason.because
        for match in matches
        if match.supplier.siren == card.siren
        for reason in match.reasons
    ]

    assert supplier.activities[0].basis is Basis.TOLD
    assert supplier.activities[0].reach.kind is ReachKind.COUNTRY
    assert any(f"d’après {TELLER}, à confirmer par l’organisation" in each for each in reasons)


def test_what_the_organisation_declares_of_a_trade_takes_the_place_of_what_is_told(
    told: Callable[..., Imported], card: Card, ada: Member, siret: str
):
    told()
    trades = tuple(DeclaredActivity.objects.get().trades)

    publishing.declare(ada, card, sewing(siret, trades=trades))

    (supplier,) = [each for each in overlay(in_service()).suppliers if each.siren == card.siren]
    assert Basis.TOLD not in {each.basis for each in supplier.activities}


def test_its_members_confirm_in_one_gesture(
    told: Callable[..., Imported], card: Card, ada: Member, signed: Signed, visitor: Client
):
    told({"activities": [SEWN, {"sector": "Conditionnement"}]})
    numbers = list(DeclaredActivity.objects.values_list("pk", flat=True))
    page = signed(ada).get(reverse("publications", args=[card.siren])).text

    signed(ada).post(
        reverse("propositions-decider", args=[card.siren]),
        {"decision": "confirmer", "activite": numbers},
    )

    shown = visitor.get(reverse("organisation", args=[card.siren])).text
    assert page.count('name="activite"') == 2
    assert not any(each.is_proposed for each in DeclaredActivity.objects.all())
    assert shown.count("Déclaré par l’organisation le") == 2
    assert "À confirmer" not in shown
    assert entries()[0].deed == "activity.confirmed"


def test_what_its_members_decline_or_confirm_is_not_the_lists_to_tell_again(
    told: Callable[..., Imported], card: Card, ada: Member, visitor: Client
):
    told({"activities": [SEWN, {"sector": "Conditionnement"}]})
    sewn, packed = DeclaredActivity.objects.order_by("-label")
    proposing.decline(ada, card.siren, [sewn.pk])
    proposing.confirm(ada, card.siren, [packed.pk])

    again = told({"activities": [SEWN | {"geo_range": "ZONES"}, {"sector": "Conditionnement"}]})

    assert (again.proposed.added, again.proposed.changed, again.proposed.settled) == (0, 0, 2)
    assert "Couture" not in visitor.get(reverse("organisation", args=[card.siren])).text


def test_what_a_moderator_hides_stays_hidden(told: Callable[..., Imported], enrol: Enrol):
    told()
    mo = enrol("mo@essor.example", "moderator")
    moderating.hide(DeclaredActivity.objects.get(), "Faux.", mo)

    again = told()

    assert again.proposed.settled == 1
    assert DeclaredActivity.objects.get().hidden_at is not None


def test_a_member_who_corrects_what_is_told_makes_it_hers(
    told: Callable[..., Imported], ada: Member, siret: str
):
    told()

    publishing.correct(ada, DeclaredActivity.objects.get(), sewing(siret))

    assert not DeclaredActivity.objects.get().is_proposed


def test_nobody_confirms_for_another_organisation(
    told: Callable[..., Imported], sirens: list[str], card: Card, enrol: Enrol, signed: Signed
):
    told()
    other = next(each for each in sirens if each != card.siren)
    eve = enrol("eve@ailleurs.example", organisations={other: "manager"})
    number = DeclaredActivity.objects.get().pk

    answers = [
        signed(eve).post(
            reverse("propositions-decider", args=[siren]),
            {"decision": "confirmer", "activite": [number, "x", 2**70]},
        )
        for siren in (card.siren, other)
    ]

    assert [each.status_code for each in answers] == [403, 302]
    assert DeclaredActivity.objects.get().is_proposed


def test_a_list_told_again_writes_nothing_twice_and_a_change_is_told(
    told: Callable[..., Imported],
):
    first = told()
    again = told()
    changed = told(
        {"activities": [SEWN | {"geo_range": "CUSTOM", "geo_range_custom_distance": 30}]}
    )

    row = DeclaredActivity.objects.get()
    assert (first.proposed.added, again.proposed.held, changed.proposed.changed) == (1, 1, 1)
    assert (row.reach, row.radius_km) == ("radius", 30.0)


def test_a_dry_run_says_the_same_and_writes_nothing(told: Callable[..., Imported]):
    dry = told(writes=False)

    assert not DeclaredActivity.objects.exists()
    assert told() == dry


def test_a_wrong_number_is_put_right_by_the_name(
    told: Callable[..., Imported], card: Card, siret: str
):
    place = card.places[0]
    wrong = siret[:-1] + str((int(siret[-1]) + 5) % 10)
    row = {"siret": wrong, "name": card.name, "post_code": place.postcode, "city": place.commune}

    (line,) = told(row).lines

    assert (line.outcome, line.siren) == (Outcome.ACCEPT, card.siren)


@pytest.mark.parametrize(
    ("row", "because"),
    [
        ({"siret": "", "name": ""}, "La ligne n’a ni nom ni numéro"),
        ({"siret": "", "name": "Introuvable Zyx"}, "Aucun organisme du registre"),
        ({"activities": []}, "La ligne ne dit aucun secteur"),
        ({"activities": [{"sector": "Autre"}]}, "Aucun métier n’est lu avec certitude"),
        ({"activities": [SEWN | {"geo_range": "ZONES", "locations": ["Atlantide"]}]}, "Atlantide"),
        (
            {"activities": [SEWN | {"geo_range": "CUSTOM", "geo_range_custom_distance": "loin"}]},
            "nombre de kilomètres",
        ),
        ({"activities": "couture"}, "doit être une liste d’objets"),
        ({"siret": 12}, "doit être un texte"),
        ({"is_active": False}, "inactive"),
    ],
)
def test_a_line_that_cannot_be_proposed_says_why(
    told: Callable[..., Imported], row: dict[str, object], because: str
):
    (line,) = told(row).lines

    assert line.outcome is Outcome.REJECT
    assert because in line.because
    assert not DeclaredActivity.objects.exists()


def test_a_line_between_two_organisations_is_left_to_be_checked(
    told: Callable[..., Imported], sirens: list[str], card: Card
):
    other = next(found for found in map(card_of, sirens) if found.name != card.name)

    (line,) = told({"name": other.name, "city": other.places[0].commune}).lines

    assert line.outcome is Outcome.ASK
    assert not DeclaredActivity.objects.exists()


def test_two_lines_of_one_establishment_propose_each_activity_once(
    told: Callable[..., Imported],
):
    moselle = {"kind": "DEPARTMENT", "insee_code": "57", "name": "Moselle"}
    here = SEWN | {"presta_type": ["DISP"], "geo_range": "ZONES", "locations": [moselle]}
    there = SEWN | {"geo_range": "ZONES", "locations": ["Nantes"]}

    found = told({"activities": [here]}, {"activities": [there]})

    row = DeclaredActivity.objects.get()
    assert found.proposed.added == 1
    assert row.presence == ["mise_a_disposition", "fabrication", "service"]
    assert [each.partition(":")[2] for each in row.zones] == ["57", "44109"]


def test_a_line_tells_so_many_activities_and_no_more(told: Callable[..., Imported]):
    many = [{"sector": f"Couture de housses {count}"} for count in range(MOST_OF_ONE + 5)]

    (line,) = told({"activities": many}).lines

    assert line.activities == MOST_OF_ONE
    assert line.unread == (f"Au plus {MOST_OF_ONE} activités d’une ligne sont lues.",)


def test_signs_that_no_table_holds_are_left_out(told: Callable[..., Imported]):
    told({"activities": [{"sector": "Couture\x00 \ud800"}]})

    assert DeclaredActivity.objects.get().label == "Couture"


def test_a_table_is_read_as_the_answer_of_the_api(tmp_path: Path, siret: str):
    path = tmp_path / "liste.csv"
    path.write_text(
        f"siret;sectors;presta_types;is_active\n{siret};Couture | Blanchisserie;BUILD|DISP;true\n",
        "utf-8",
    )

    found = imported(in_service(), read_list(path), DAY, writes=True)

    labels = list(DeclaredActivity.objects.values_list("label", flat=True))
    assert [each.activities for each in found.lines] == [2]
    assert sorted(labels) == ["Blanchisserie", "Couture"]


def test_a_table_that_says_not_who_does_what_is_refused(tmp_path: Path):
    path = tmp_path / "liste.csv"
    path.write_text("siret;ville\n1;Metz\n", "utf-8")

    with pytest.raises(InvalidRequestError, match="qui fait quoi"):
        read_list(path)


def test_the_command_says_a_sentence_for_each_line_refused_and_writes_its_report(
    tmp_path: Path, siret: str, capsys: pytest.CaptureFixture[str]
):
    path, report = tmp_path / "liste.csv", tmp_path / "bilan.csv"
    rows = f"siret;name;sectors\n{siret};;Couture\n;=Introuvable;Couture\n{siret};a;b;c\n"
    path.write_text(rows, "utf-8")

    dry = main(["members", "import-marche", str(path), "--dry-run"])
    nothing = DeclaredActivity.objects.count()
    code = main(["members", "import-marche", str(path), "-o", str(report)])

    said = capsys.readouterr().out
    assert (dry, code, nothing, DeclaredActivity.objects.count()) == (0, 0, 0, 1)
    assert "À blanc : rien n’est écrit." in said
    assert "Ligne 3 (=Introuvable), rejeté : Aucun organisme" in said
    assert "Ligne 4, rejeté : La ligne a 4 champs au lieu de 3" in said
    lines = report.read_text("utf-8-sig").splitlines()
    assert [line.split(";")[3] for line in lines[1:]] == ["accepté", "rejeté", "rejeté"]
    assert lines[2].startswith("3;'=Introuvable")


@pytest.mark.parametrize("output", ["liste.csv", "bilan.txt", "ailleurs/bilan.csv"])
def test_a_report_that_cannot_be_written_is_refused_before_anything_is(
    tmp_path: Path, siret: str, output: str, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "liste.csv"
    path.write_text(f"siret;sectors\n{siret};Couture\n", "utf-8")

    code = main(["members", "import-marche", str(path), "-o", str(tmp_path / output)])

    assert code == 2
    assert capsys.readouterr().err.startswith("Erreur : ")
    assert not DeclaredActivity.objects.exists()
