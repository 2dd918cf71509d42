"""« C’est mon organisation »: claimed once, decided once, each time with a letter and a trace."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.observatory.card import Card, card
from essor.site.current import in_service
from essor.site.members import claims
from essor.site.members.claims import A_DAY_AT_MOST, PENDING_AT_MOST, Decision
from essor.site.members.models.claim import Claim, Membership
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.members.permissions import ClaimState, OrganisationRole

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]

PROOF = "J’en suis la directrice : voir notre page « L’équipe »."
ASKED = {"role": "manager", "preuve": PROOF}
ACCEPTED, REFUSED = Decision(ClaimState.ACCEPTED), Decision(ClaimState.REFUSED, "Sans preuve.")


def read_card(siren: str) -> Card:
    with in_service().connection() as opened:
        return card(opened, siren)


def deeds() -> list[str]:
    return [entry.deed for entry in JournalEntry.objects.order_by("id")]


def test_a_member_claims_the_organisation_whose_card_she_reads(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    browser = signed(enrol("ada@atelier.example"))
    address = f"/organisations/{sirens[0]}/revendiquer/"

    from_card = address in browser.get(f"/organisations/{sirens[0]}/").text
    form = browser.get(address)
    sent = browser.post(address, ASKED, follow=True)

    made = Claim.objects.get()
    assert from_card
    assert "donnée fictive" in form.text
    assert "Votre demande est enregistrée" in sent.text
    assert (made.siren, made.email_domain, made.is_fictional) == (
        sirens[0],
        "atelier.example",
        True,
    )
    assert made.state == ClaimState.PENDING.value


def test_a_claim_sent_twice_is_made_once(enrol: Enrol, signed: Signed, sirens: list[str]):
    browser = signed(enrol("ada@atelier.example"))

    for _ in range(2):
        browser.post(f"/organisations/{sirens[0]}/revendiquer/", ASKED)

    assert Claim.objects.count() == 1
    assert deeds() == ["claim.made"]


def test_an_organisation_that_no_source_knows_cannot_be_claimed(enrol: Enrol, signed: Signed):
    browser = signed(enrol("ada@atelier.example"))

    answer = browser.post("/organisations/552100554/revendiquer/", ASKED)

    assert answer.status_code == 404
    assert "552" in answer.text
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"role": "manager"},
        {"role": "king", "preuve": PROOF},
        {"role": "manager", "preuve": "court"},
        {"role": "manager", "preuve": "x" * 2_001},
        {"role": "manager", "preuve": "nul \x00 au milieu de cette preuve"},
    ],
)
def test_a_claim_badly_filled_in_is_said_and_not_made(
    enrol: Enrol, signed: Signed, sirens: list[str], wrong: dict[str, str]
):
    browser = signed(enrol("ada@atelier.example"))

    answer = browser.post(f"/organisations/{sirens[0]}/revendiquer/", wrong)

    assert answer.status_code in {200, 422}
    assert not Claim.objects.exists()


def test_what_a_claimant_wrote_is_shown_and_never_run(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    made = claims.claim(
        enrol("ada@atelier.example"),
        read_card(sirens[0]),
        OrganisationRole.MANAGER,
        "<script>alert(1)</script>",
    )
    browser = signed(enrol("mo@essor.example", "moderator"))

    page = browser.get(f"/moderation/demandes/{made.pk}/")

    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text


def test_too_many_claims_waiting_are_refused(enrol: Enrol, visitor: Client, sirens: list[str]):
    ada = enrol("ada@atelier.example")
    for siren in sirens[:PENDING_AT_MOST]:
        claims.claim(ada, read_card(siren), OrganisationRole.MEMBER, PROOF)

    with pytest.raises(InvalidRequestError, match="retirez-en une"):
        claims.claim(ada, read_card(sirens[PENDING_AT_MOST]), OrganisationRole.MEMBER, PROOF)

    assert Claim.objects.count() == PENDING_AT_MOST


def test_claims_made_and_taken_back_all_day_long_are_refused(
    enrol: Enrol, visitor: Client, sirens: list[str]
):
    ada, found = enrol("ada@atelier.example"), read_card(sirens[0])
    for _ in range(A_DAY_AT_MOST):
        claims.withdraw(claims.claim(ada, found, OrganisationRole.MEMBER, PROOF))

    with pytest.raises(InvalidRequestError, match="revenez demain"):
        claims.claim(ada, found, OrganisationRole.MEMBER, PROOF)


def test_a_claim_that_is_refused_keeps_what_was_typed(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    browser = signed(enrol("ada@atelier.example", organisations={sirens[0]: "member"}))

    answer = browser.post(f"/organisations/{sirens[0]}/revendiquer/", ASKED)

    assert answer.status_code == 422
    assert "Vous parlez déjà pour cette organisation" in answer.text
    assert PROOF in unescape(answer.text)


def test_a_claim_accepted_makes_a_member_and_a_letter(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada = enrol("ada@atelier.example")
    made = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    moderator = signed(enrol("mo@essor.example", "moderator"))

    answer = moderator.post(
        f"/moderation/demandes/{made.pk}/", {"decision": "accepter"}, follow=True
    )

    held = Membership.objects.get()
    assert (held.member, held.siren, held.role) == (ada, sirens[0], "manager")
    assert "La décision est enregistrée" in answer.text
    assert [message.to for message in mail.outbox] == [["ada@atelier.example"]]
    assert "est acceptée" in mail.outbox[0].body
    assert deeds() == ["claim.made", "claim.accepted"]
    assert made.organisation in unescape(signed(ada).get("/espace/").text)


def test_a_refusal_asks_a_reason_that_the_claimant_reads(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada = enrol("ada@atelier.example")
    made = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    moderator = signed(enrol("mo@essor.example", "moderator"))
    address = f"/moderation/demandes/{made.pk}/"

    without = moderator.post(address, {"decision": "refuser"})
    moderator.post(address, {"decision": "refuser", "motif": "Adresse d’un autre domaine."})

    assert without.status_code == 422
    assert "Dites pourquoi" in without.text
    assert "Motif : Adresse d’un autre domaine." in mail.outbox[0].body
    assert "Adresse d’un autre domaine." in signed(ada).get("/espace/").text
    assert not Membership.objects.exists()


def test_a_claim_refused_can_be_made_again(enrol: Enrol, visitor: Client, sirens: list[str]):
    ada, mo = enrol("ada@atelier.example"), enrol("mo@essor.example", "moderator")
    first = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    claims.decide(first, REFUSED, mo)

    second = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)

    assert second.pk != first.pk


def test_who_speaks_for_an_organisation_does_not_claim_it_again(
    enrol: Enrol, visitor: Client, sirens: list[str]
):
    ada = enrol("ada@atelier.example", organisations={sirens[0]: "member"})

    with pytest.raises(InvalidRequestError, match="parlez déjà"):
        claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)


def test_nobody_decides_of_her_own_claim(enrol: Enrol, signed: Signed, sirens: list[str]):
    mo = enrol("mo@essor.example", "administrator")
    made = claims.claim(mo, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    browser = signed(mo)

    page = browser.get(f"/moderation/demandes/{made.pk}/")
    answer = browser.post(f"/moderation/demandes/{made.pk}/", {"decision": "accepter"})

    assert "un autre modérateur en décidera" in page.text
    assert answer.status_code == 403
    assert not Membership.objects.exists()


def test_a_claim_is_withdrawn_by_whoever_made_it(enrol: Enrol, signed: Signed, sirens: list[str]):
    ada, eve = enrol("ada@atelier.example"), enrol("eve@ailleurs.example")
    made = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    address = f"/espace/demandes/{made.pk}/retirer/"

    refused = signed(eve).post(address)
    taken_back = signed(ada).post(address)
    again = signed(ada).post(address, follow=True)

    made.refresh_from_db()
    assert refused.status_code == 403
    assert taken_back.status_code == 302
    assert made.state == ClaimState.WITHDRAWN.value
    assert "plus en attente" in again.text


def test_a_decision_that_comes_second_changes_nothing_and_says_so(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada, mo = enrol("ada@atelier.example"), enrol("mo@essor.example", "moderator")
    made = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    claims.decide(made, ACCEPTED, mo)
    late = signed(enrol("lu@essor.example", "moderator"))

    answer = late.post(
        f"/moderation/demandes/{made.pk}/", {"decision": "refuser", "motif": "Trop tard."}
    )

    made.refresh_from_db()
    assert answer.status_code == 409
    assert "déjà été décidée par Mo" in answer.text
    assert made.state == ClaimState.ACCEPTED.value


def test_the_database_refuses_that_the_journal_be_changed(
    enrol: Enrol, visitor: Client, sirens: list[str]
):
    claims.claim(
        enrol("ada@atelier.example"), read_card(sirens[0]), OrganisationRole.MANAGER, PROOF
    )

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE members_journalentry SET deed = 'nothing'")

    assert deeds() == ["claim.made"]


def test_moderators_are_told_once_a_day_that_claims_wait_and_the_claimant_is_not(
    enrol: Enrol, visitor: Client, sirens: list[str]
):
    both = enrol("both@essor.example", "moderator", "administrator")
    enrol("mo@essor.example", "moderator")
    ada = enrol("ada@atelier.example", "moderator")
    enrol("officer@essor.example", "officer", territory="departement:57")

    for siren in sirens[:2]:
        claims.claim(ada, read_card(siren), OrganisationRole.MEMBER, PROOF)
    first = list(Letter.objects.values_list("recipient", flat=True))
    both.appointments.update(told_at=timezone.now() - timedelta(days=2))
    claims.claim(ada, read_card(sirens[2]), OrganisationRole.MEMBER, PROOF)

    letters = list(Letter.objects.all())
    assert sorted(first) == ["both@essor.example", "mo@essor.example"]
    assert letters[0].subject == "Essor : une demande attend"
    assert [each.recipient for each in letters[2:]] == ["both@essor.example"]
    assert letters[2].subject == "Essor : 3 demandes attendent"
    assert all("ada" not in each.text for each in letters)
