"""The pages of an account, each reached as a person reaches it: in French, ours, without a script."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core import mail
from django.test import Client
from tests.site.people.members.test_accounts import ADA, LOGIN, SECRET, SPACE, code_in

from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
FACTOR = "/compte/second-facteur/"


def is_ours(answer) -> bool:
    """Return whether a page is in our frame, with nothing that its policy refuses."""
    text = answer.text
    english = re.search(
        r"\b(the|your|please|password|sign in)\b", re.sub(r"<[^>]*>", "", text), re.I
    )
    has_code = "<script" in text or re.search(r"\sstyle=|\son[a-z]+=", text)
    return 'class="marque"' in text and not english and not has_code


def password_of(member: Member) -> None:
    member.set_password(SECRET)
    member.save()


def come_in_and_confirm(browser: Client) -> None:
    browser.post(LOGIN, {"login": ADA, "password": SECRET})
    browser.post("/compte/connexion/confirmer/", {"password": SECRET})


def current_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(counters())))))


def test_a_forgotten_password_is_chosen_again_by_a_code(visitor: Client, enrol: Enrol):
    password_of(enrol(ADA))

    asked = visitor.get("/compte/mot-de-passe/oubli/")
    visitor.post("/compte/mot-de-passe/oubli/", {"email": ADA})
    typing = visitor.get("/compte/mot-de-passe/oubli/code/")
    visitor.post("/compte/mot-de-passe/oubli/code/", {"code": code_in(mail.outbox[0])})
    choosing = visitor.get("/compte/mot-de-passe/oubli/nouveau/")
    new = {"password1": "encore une longue phrase", "password2": "encore une longue phrase"}
    visitor.post("/compte/mot-de-passe/oubli/nouveau/", new)
    done = visitor.get("/compte/mot-de-passe/oubli/fait/")
    stranger = Client(SERVER_NAME="localhost")
    old = stranger.post(LOGIN, {"login": ADA, "password": SECRET})
    let_in = stranger.post(LOGIN, {"login": ADA, "password": new["password1"]})

    assert all(map(is_ours, (asked, typing, choosing, done, old)))
    assert old.status_code == 200
    assert let_in.headers["Location"] == SPACE
    assert "Un nouveau mot de passe a été choisi" in mail.outbox[-1].body


def test_an_address_changes_once_the_new_one_is_verified(enrol: Enrol, signed: Signed):
    member = enrol(ADA)
    browser = signed(member)
    new = "ada@ailleurs.example"

    page = browser.get("/compte/adresse/")
    browser.post("/compte/adresse/", {"email": new, "action_add": ""})
    waiting = browser.get("/compte/adresse/confirmer/")
    before = Member.objects.get().email
    (message,) = [each for each in mail.outbox if each.to == [new]]
    browser.post("/compte/adresse/confirmer/", {"code": code_in(message)})

    assert all(map(is_ours, (page, waiting)))
    assert before == ADA
    assert Member.objects.get().email == new
    assert [each.email for each in EmailAddress.objects.all()] == [new]
    assert "elle est désormais ada@ailleurs.example" in mail.outbox[-1].body


def test_a_password_is_chosen_then_changed(enrol: Enrol, signed: Signed):
    member = enrol(ADA)
    browser = signed(member)
    new = {"password1": "encore une longue phrase", "password2": "encore une longue phrase"}

    choosing = browser.get("/compte/mot-de-passe/choisir/")
    weak = browser.post("/compte/mot-de-passe/choisir/", {"password1": "1234", "password2": "1234"})
    browser.post("/compte/mot-de-passe/choisir/", {"password1": SECRET, "password2": SECRET})
    changing = browser.get("/compte/mot-de-passe/")
    browser.post("/compte/mot-de-passe/", {"oldpassword": SECRET, **new})

    member.refresh_from_db()
    assert all(map(is_ours, (choosing, weak, changing)))
    assert "trop court" in weak.text
    assert member.check_password(new["password1"])
    assert browser.get(SPACE).status_code == 200


def test_a_second_factor_is_put_on_and_taken_off(visitor: Client, enrol: Enrol):
    password_of(enrol(ADA))
    come_in_and_confirm(visitor)
    page = visitor.get(f"{FACTOR}activer/")
    secret = re.search(r"<code>(\w+)</code>", page.text)
    assert secret

    wrong = visitor.post(f"{FACTOR}activer/", {"code": "000000"})
    visitor.post(f"{FACTOR}activer/", {"code": current_code(secret[1])})
    spare = visitor.get(f"{FACTOR}secours/")
    codes = re.findall(r"<li><code>(\w+)</code></li>", spare.text)
    kept = visitor.get(f"{FACTOR}secours/codes.txt")
    shown = [visitor.get(f"{FACTOR}{way}") for way in ("", "desactiver/", "secours/nouveaux/")]
    taken_off = visitor.post(f"{FACTOR}desactiver/", follow=True)

    assert all(map(is_ours, (page, wrong, spare, *shown, taken_off)))
    assert "Code incorrect" in wrong.text
    assert kept.text.split() == codes
    assert len(codes) == 10
    assert "Inactive." in taken_off.text


def test_a_spare_code_lets_in_once(visitor: Client, enrol: Enrol):
    password_of(enrol(ADA))
    come_in_and_confirm(visitor)
    secret = re.search(r"<code>(\w+)</code>", visitor.get(f"{FACTOR}activer/").text)
    assert secret
    visitor.post(f"{FACTOR}activer/", {"code": current_code(secret[1])})
    spare = visitor.get(f"{FACTOR}secours/codes.txt").text.split()[0]

    doors = []
    for _ in range(2):
        stranger = Client(SERVER_NAME="localhost")
        stranger.post(LOGIN, {"login": ADA, "password": SECRET})
        doors.append(stranger.get(f"{FACTOR}code/"))
        stranger.post(f"{FACTOR}code/", {"code": spare})
        doors.append(stranger.get(SPACE))

    assert is_ours(doors[0])
    assert [door.status_code for door in doors] == [200, 200, 200, 302]


def test_what_touches_security_asks_again_who_one_is(enrol: Enrol, signed: Signed):
    member = enrol(ADA)
    password_of(member)
    browser = signed(member)

    asked = browser.get(f"{FACTOR}activer/", follow=True)
    after = browser.post(
        "/compte/connexion/confirmer/", {"password": SECRET, "next": f"{FACTOR}activer/"}
    )

    assert "Confirmer que c’est vous" in asked.text
    assert is_ours(asked)
    assert after.headers["Location"] == f"{FACTOR}activer/"


@pytest.mark.parametrize(
    "way",
    [
        "connexion/",
        "connexion/code/",
        "inscription/",
        "suspendu/",
        "identite/annulee/",
        "identite/erreur/",
        "mot-de-passe/oubli/fait/",
    ],
)
def test_a_page_by_which_one_comes_in_is_ours(visitor: Client, way: str):
    assert is_ours(visitor.get(f"/compte/{way}"))


@pytest.mark.parametrize("way", ["deconnexion/", "second-facteur/", "identite/", "adresse/"])
def test_a_page_of_an_account_is_ours(enrol: Enrol, signed: Signed, way: str):
    assert is_ours(signed(enrol(ADA)).get(f"/compte/{way}"))


def test_the_root_of_accounts_leads_to_the_door(visitor: Client):
    assert visitor.get("/compte/").headers["Location"] == LOGIN
