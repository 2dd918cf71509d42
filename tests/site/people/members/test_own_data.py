"""What a member may see, take away and delete of her own."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from essor.cli.run import main
from essor.site.members import post
from essor.site.members.journal import note
from essor.site.members.models.claim import Claim, Membership
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
ADA = "ada@atelier.example"


def pending(member: Member, siren: str) -> Claim:
    return Claim.objects.create(
        member=member,
        siren=siren,
        organisation="Atelier",
        is_fictional=True,
        role="member",
        proof="Notre site le dit.",
        email_domain="atelier.example",
    )


def test_everything_that_is_kept_of_a_member_is_exported(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada = enrol(ADA, "officer", territory="departement:57", organisations={sirens[0]: "manager"})
    pending(ada, sirens[1])
    note(ada.pk, "claim.made", "claim:1")

    answer = signed(ada).get("/espace/donnees.json")

    told = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert told["compte"]["adresse"] == ADA
    assert told["organisations"][0]["siren"] == sirens[0]
    assert told["demandes"][0]["preuve"] == "Notre site le dit."
    assert told["roles"] == [
        {"role": "chargé de mission d’un territoire", "territoire": "departement:57"}
    ]
    assert "a revendiqué une organisation" in {entry["fait"] for entry in told["journal"]}


def test_an_export_holds_no_secret_and_nothing_of_others(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada, eve = enrol(ADA), enrol("eve@ailleurs.example")
    ada.set_password("une phrase de passe bien longue")
    ada.save()
    pending(eve, sirens[0])

    text = signed(ada).get("/espace/donnees.json").text

    assert ada.password not in text
    assert "eve@" not in text
    assert sirens[0] not in text


def test_an_account_is_deleted_with_all_that_is_its_own(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    ada = enrol(ADA, "moderator", organisations={sirens[0]: "manager"})
    number, eve = ada.pk, enrol("eve@ailleurs.example")
    decided = pending(eve, sirens[1])
    Claim.objects.filter(pk=decided.pk).update(
        decided_by=ada, decided_at="2026-01-01T00:00Z", state="accepted"
    )
    pending(ada, sirens[2])
    post.write(ADA, "Objet", "Texte")
    browser = signed(ada)

    answer = browser.post("/espace/supprimer/", {"adresse": ADA.upper()}, follow=True)

    assert "sont supprimés" in answer.text
    assert not Member.objects.filter(email=ADA).exists()
    assert not Membership.objects.exists()
    assert not Letter.objects.exists()
    assert [claim.member for claim in Claim.objects.all()] == [eve]
    assert JournalEntry.objects.get().actor_id == number
    assert browser.get("/espace/").status_code == 302


def test_a_deletion_that_is_not_confirmed_deletes_nothing(enrol: Enrol, signed: Signed):
    browser = signed(enrol(ADA))

    answer = browser.post("/espace/supprimer/", {"adresse": "eve@ailleurs.example"})

    assert answer.status_code == 422
    assert "pas l’adresse de ce compte" in answer.text
    assert Member.objects.filter(email=ADA).exists()


def test_another_browser_of_a_deleted_member_is_signed_out(enrol: Enrol, signed: Signed):
    ada = enrol(ADA)
    here, elsewhere = signed(ada), signed(ada)

    here.post("/espace/supprimer/", {"adresse": ADA})

    assert Session.objects.exists()
    assert elsewhere.get("/espace/").status_code == 302


def test_a_manager_ends_a_membership_and_anybody_her_own(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    boss = enrol("boss@atelier.example", organisations={sirens[0]: "manager"})
    ada = enrol(ADA, organisations={sirens[0]: "member"})
    eve = enrol("eve@atelier.example", organisations={sirens[0]: "member"})
    root = f"/organisations/{sirens[0]}/membres/"

    signed(boss).post(f"{root}{ada.pk}/retirer/")
    signed(eve).post(f"{root}{eve.pk}/retirer/")
    refused = signed(ada).post(f"{root}{boss.pk}/retirer/")

    assert [held.member for held in Membership.objects.all()] == [boss]
    assert refused.status_code == 403
    assert [entry.deed for entry in JournalEntry.objects.all()] == ["membership.ended"] * 2


def test_addresses_are_one_whatever_their_capitals(enrol: Enrol):
    enrol(ADA)

    assert Member.objects.get_by_natural_key("ADA@Atelier.example").email == ADA


def test_what_no_longer_serves_is_tidied_away(
    enrol: Enrol, signed: Signed, capsys: pytest.CaptureFixture[str]
):
    long_ago = timezone.now() - timedelta(days=8)
    ada, eve = enrol(ADA), enrol("eve@ailleurs.example")
    new = enrol("new@ailleurs.example")
    EmailAddress.objects.filter(user__in=[eve, new]).update(verified=False)
    Member.objects.filter(pk__in=[ada.pk, eve.pk]).update(joined_at=long_ago)
    browser = signed(ada)
    signed(ada)
    Session.objects.exclude(pk=browser.session.session_key).update(expire_date=long_ago)

    status = main(["members", "tidy"])

    assert status == 0
    assert capsys.readouterr().out == (
        "Sessions supprimées : 1 ; comptes supprimés : 1.\n"
        "Lignes du journal supprimées : 0.\n"
        "Besoins arrivés à leur terme : 0 ; effacés : 0.\n"
        "Signalements de visiteurs effacés : 0.\n"
    )
    assert {member.email for member in Member.objects.all()} == {ADA, "new@ailleurs.example"}
    assert browser.get("/espace/").status_code == 200


def test_the_journal_is_kept_a_year_and_no_longer(
    enrol: Enrol, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    ada, now = enrol(ADA), timezone.now()
    for days in (366, 364):
        monkeypatch.setattr(timezone, "now", lambda days=days: now - timedelta(days=days))
        note(ada.pk, "data.exported", f"member:{days}")
    monkeypatch.undo()

    main(["members", "tidy"])

    assert "Lignes du journal supprimées : 1." in capsys.readouterr().out
    assert [entry.subject for entry in JournalEntry.objects.all()] == ["member:364"]
