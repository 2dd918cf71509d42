"""Keys: shown once, kept as a fingerprint, recognised while they live."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.site.keys.ending import WARNED_BEFORE, write_warnings
from essor.site.keys.keeping import KEYS_AT_MOST, LASTINGS, living, make, recognised, revoke
from essor.site.keys.models import Key, Scope
from essor.site.members.account import exported
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")
Enrol = Callable[..., Member]


@pytest.fixture
def member(enrol: Enrol) -> Member:
    return enrol("marie@essor.example")


def test_a_key_is_recognised_by_its_text_and_kept_without_it(member: Member):
    made = make(member, "Extranet")

    assert recognised(made.text) == made.key
    assert made.text.rpartition("_")[2] not in str(Key.objects.filter(pk=made.key.pk).values())
    assert Key.objects.get().used_on == timezone.localdate()


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "essor",
        "essor_",
        "essor__",
        "autre_{prefix}_{secret}",
        "essor_{prefix}_{secret}x",
        "é" * 9,
    ],
)
def test_another_text_opens_nothing(member: Member, spoilt: str):
    _, prefix, secret = make(member, "Extranet").text.split("_", 2)

    assert recognised(spoilt.format(prefix=prefix, secret=secret)) is None


@pytest.mark.parametrize("days", LASTINGS)
def test_a_key_opens_for_the_days_it_was_made_for(member: Member, days: int):
    made = make(member, "Extranet", days)

    left = made.key.expires_at - timezone.now()
    assert timedelta(days=days - 1) < left <= timedelta(days=days)


def test_a_key_revoked_expired_or_of_a_closed_account_opens_nothing(member: Member):
    revoked, expired, orphan = (make(member, name) for name in "abc")
    revoke(revoked.key)
    Key.objects.filter(pk=expired.key.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert recognised(orphan.text) == orphan.key
    Member.objects.filter(pk=member.pk).update(is_active=False)

    assert [recognised(each.text) for each in (revoked, expired, orphan)] == [None] * 3
    assert revoke(revoked.key) is False


def test_a_member_has_so_many_living_keys_at_most(member: Member):
    for name in range(KEYS_AT_MOST):
        make(member, str(name))

    with pytest.raises(InvalidRequestError, match="révoquez celles qui ne servent plus"):
        make(member, "de trop")

    revoke(Key.objects.earliest("pk"))
    assert make(member, "à la place").key in living(member)


def test_a_key_is_noted_exported_without_its_secret_and_goes_with_its_account(member: Member):
    made = make(member, "Extranet")

    assert f"'nom': 'Extranet', 'debut': '{made.key.prefix}'" in str(exported(member)["cles"])
    assert made.text not in str(exported(member))
    assert JournalEntry.objects.filter(deed="key.made", subject=f"key:{made.key.pk}").exists()
    member.delete()
    assert not Key.objects.exists()


def test_the_page_shows_a_key_once(member: Member, signed: Callable[[Member], Client]):
    browser = signed(member)

    shown = browser.post("/espace/cles/", {"nom": "Extranet", "portee": "read"}).text
    again = browser.get("/espace/cles/").text

    key = Key.objects.get()
    assert f"essor_{key.prefix}_" in shown
    assert f"essor_{key.prefix}_" not in again
    assert f"essor_{key.prefix}" in again


def test_a_key_is_revoked_from_the_page_by_its_owner_alone(
    member: Member, enrol: Enrol, signed: Callable[[Member], Client]
):
    key = make(member, "Extranet").key
    end = f"/espace/cles/{key.pk}/revoquer/"

    assert signed(enrol("autre@essor.example")).post(end).status_code == 403
    assert living(member).count() == 1
    assert "n’ouvre plus rien" in signed(member).post(end, follow=True).text
    assert not living(member).exists()


def test_a_member_is_told_once_of_a_key_in_use_that_ends_soon(member: Member):
    ending, idle, lasting = (make(member, name, 30) for name in ("Extranet", "Oubliée", "Longue"))
    for each in (ending, lasting):
        recognised(each.text)
    soon = timezone.now() + WARNED_BEFORE - timedelta(hours=1)
    Key.objects.filter(pk__in=[ending.key.pk, idle.key.pk]).update(expires_at=soon)

    first, again = list(write_warnings()), list(write_warnings())

    assert [each.recipient for each in first] == [member.email]
    assert "« Extranet »" in first[0].subject
    assert ending.text not in first[0].text
    assert "/espace/cles/" in first[0].text
    assert again == []


def test_a_key_opens_what_it_was_made_for_and_says_so(
    member: Member, signed: Callable[[Member], Client]
):
    browser = signed(member)

    refused = browser.post("/espace/cles/", {"nom": "Extranet", "portee": "tout", "duree": "9999"})
    browser.post("/espace/cles/", {"nom": "Extranet", "portee": "read", "duree": "30"})

    assert refused.status_code == 422
    assert Key.objects.get().scope == Scope.READ.value
    assert "lit, faite le" in browser.get("/espace/cles/").text
