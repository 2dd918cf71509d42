"""Errors that visitors find on cards: told without an account, decided once, erased in time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from essor.cli.run import main
from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.site.members.journal import entries
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.offers import correcting, remarks
from essor.site.offers.access import card_of
from essor.site.offers.models import Correction, Remark
from essor.site.offers.remarks import Said
from essor.site.offers.words import CorrectionState, Doubted

pytestmark = pytest.mark.usefixtures("people", "visitor")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
TYPED = {"fait": "staff", "valeur": "Douze salariés", "source": "Son rapport d’activité de 2025"}
STAFF = Said(
    Doubted.STAFF, "Douze salariés", "Son rapport d’activité de 2025", "lu@ailleurs.example"
)


@pytest.fixture
def card(sirens: list[str]) -> Card:
    return card_of(sirens[0])


@pytest.fixture
def mo(enrol: Enrol) -> Member:
    return enrol("mo@essor.example", "moderator")


@pytest.fixture
def told(card: Card) -> Remark:
    remarks.remark(card, STAFF)
    return Remark.objects.get()


def told_by(visitor: Client, card: Card, **typed: str):
    return visitor.post(reverse("fiche-signaler", args=[card.siren]), {**TYPED, **typed})


def shown_by(visitor: Client, card: Card) -> str:
    return visitor.get(reverse("organisation", args=[card.siren])).text


def test_a_visitor_tells_an_error_that_the_card_shows_once_a_moderator_accepts_it(
    visitor: Client, card: Card, mo: Member, signed: Signed
):
    answer = told_by(visitor, card, courriel="lu@ailleurs.example")
    waiting = Remark.objects.get()
    before = shown_by(visitor, card)

    page = reverse("moderation-signalement", args=[waiting.pk])
    read = signed(mo).get(page).text
    signed(mo).post(page, {"decision": "accepter"})
    after = shown_by(visitor, card)

    assert answer.status_code == 302
    assert "Douze salariés" not in before
    assert "Douze salariés" in read
    assert "lu@ailleurs.example" not in read
    assert "Effectif&nbsp;: Douze salariés" in after
    assert "Son rapport d’activité de 2025" in after


def test_moderators_are_told_that_a_remark_waits(mo: Member, told: Remark, signed: Signed):
    letter = Letter.objects.get(recipient=mo.email)
    queue = signed(mo).get(reverse("moderation-publications")).text

    assert "erreur signalée" in letter.subject
    assert told.value in queue


def test_whoever_left_an_address_is_answered_once_and_it_is_erased(told: Remark, mo: Member):
    accepted = remarks.decide(told, CorrectionState.ACCEPTED, "", mo)
    again = remarks.decide(told, CorrectionState.REFUSED, "Trop tard.", mo)

    letters = Letter.objects.filter(recipient="lu@ailleurs.example")
    told.refresh_from_db()
    assert (accepted, again) == (True, False)
    assert letters.count() == 1
    assert told.email == ""
    # What was typed is not sent to an address that may be another’s.
    assert told.value not in letters.get().text
    assert entries()[0].deed == "remark.accepted"


def test_a_refusal_says_why_and_shows_nothing(
    visitor: Client, told: Remark, mo: Member, card: Card
):
    remarks.decide(told, CorrectionState.REFUSED, "Le rapport dit dix.", mo)

    assert "Le rapport dit dix." in Letter.objects.get(recipient="lu@ailleurs.example").text
    assert "Douze salariés" not in shown_by(visitor, card)


def test_a_moderator_takes_off_a_card_what_was_accepted(
    visitor: Client, told: Remark, mo: Member, card: Card, signed: Signed
):
    remarks.decide(told, CorrectionState.ACCEPTED, "", mo)

    signed(mo).post(reverse("moderation-signalement", args=[told.pk]), {"retirer": "1"})

    assert "Douze salariés" not in shown_by(visitor, card)


def test_of_a_fact_the_last_remark_accepted_is_shown_alone(told: Remark, mo: Member, card: Card):
    remarks.decide(told, CorrectionState.ACCEPTED, "", mo)
    remarks.remark(card, Said(Doubted.STAFF, "Treize salariés", "Son site"))

    remarks.decide(remarks.waiting().get(), CorrectionState.ACCEPTED, "", mo)

    accepted = Remark.objects.filter(state=CorrectionState.ACCEPTED.value)
    assert [each.value for each in accepted] == ["Treize salariés"]


def test_what_the_organisation_says_of_a_fact_takes_the_place_of_a_remark(
    visitor: Client, told: Remark, mo: Member, card: Card, enrol: Enrol
):
    remarks.decide(told, CorrectionState.ACCEPTED, "", mo)
    ada = enrol("ada@atelier.example", organisations={card.siren: "manager"})
    correcting.propose(ada, card, "staff", "Quinze salariés", "Nos fiches de paie.")

    correcting.decide(Correction.objects.get(), CorrectionState.ACCEPTED, "", mo)

    shown = shown_by(visitor, card)
    assert "Quinze salariés" in shown
    assert "Douze salariés" not in shown


def test_no_moderator_decides_of_the_card_of_her_own_organisation(
    told: Remark, card: Card, enrol: Enrol, signed: Signed
):
    judge = enrol("juge@essor.example", "moderator", organisations={card.siren: "member"})

    answer = signed(judge).post(
        reverse("moderation-signalement", args=[told.pk]), {"decision": "accepter"}
    )

    assert answer.status_code == 403
    assert remarks.waiting().count() == 1


def test_the_form_says_each_status_of_the_register_once(visitor: Client, card: Card):
    page = visitor.get(reverse("fiche-signaler", args=[card.siren])).text

    _, _, after = page.partition("<dt>Statuts</dt><dd>")
    said = after.partition("</dd>")[0].split(", ")
    assert sorted(said) == sorted({held.kind.upper() for held in card.statuses})


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(
    visitor: Client, card: Card
):
    answer = told_by(visitor, card, site="https://example.org")

    assert answer.status_code == 302
    assert not Remark.objects.exists()


def test_the_same_error_told_twice_waits_once(visitor: Client, card: Card):
    answers = [told_by(visitor, card).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Remark.objects.count() == 1


def test_an_address_of_the_network_tells_five_errors_an_hour(visitor: Client, card: Card):
    answers = [told_by(visitor, card, valeur=f"{count} salariés") for count in range(6)]

    assert [each.status_code for each in answers] == [302] * 5 + [429]
    assert "revenez dans une heure" in answers[-1].text
    assert Remark.objects.count() == 5


def test_a_card_never_drowns_the_moderators(card: Card):
    for count in range(remarks.WAITING_AT_MOST):
        remarks.remark(card, Said(Doubted.OTHER, f"Erreur {count}", "Son site"))

    with pytest.raises(InvalidRequestError, match="20 signalements attendent"):
        remarks.remark(card, Said(Doubted.OTHER, "Une de plus", "Son site"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fait": "chiffre"}, "fait"),
        ({"valeur": ""}, "valeur"),
        ({"source": "s" * 301}, "source"),
        ({"courriel": "nulle part"}, "courriel"),
    ],
)
def test_a_remark_badly_filled_in_is_asked_again(
    visitor: Client, card: Card, typed: dict[str, str], said: str
):
    answer = told_by(visitor, card, **typed)

    assert answer.status_code == 422
    assert f'id="id_{said}_error"' in answer.text
    assert not Remark.objects.exists()


def test_remarks_are_erased_as_the_page_on_personal_data_says(
    told: Remark, mo: Member, card: Card, visitor: Client, capsys: pytest.CaptureFixture[str]
):
    remarks.decide(told, CorrectionState.ACCEPTED, "", mo)
    for value in ("Refusée", "Oubliée", "Récente"):
        remarks.remark(card, Said(Doubted.OTHER, value, "Son site", "lu@ailleurs.example"))
    refused = Remark.objects.get(value="Refusée")
    remarks.decide(refused, CorrectionState.REFUSED, "Faux.", mo)
    now = timezone.now()
    long_ago = now - remarks.SETTLED_FOR - timedelta(days=1)
    Remark.objects.exclude(decided_at=None).update(decided_at=long_ago)
    forgotten = now - remarks.WAITING_FOR - timedelta(days=1)
    Remark.objects.filter(value="Oubliée").update(made_at=forgotten)

    code = main(["members", "tidy"])

    page = visitor.get(reverse("donnees-personnelles")).text
    assert code == 0
    assert "Signalements de visiteurs effacés : 2." in capsys.readouterr().out
    assert {each.value for each in Remark.objects.all()} == {"Douze salariés", "Récente"}
    assert f"{remarks.WAITING_FOR.days}&nbsp;jours au plus" in page
    assert f"{remarks.SETTLED_FOR.days}&nbsp;jours s’il la refuse" in page
