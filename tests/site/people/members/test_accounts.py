"""Accounts: a code, a password, a second factor; nobody learns who has an account."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

SIGNUP, CODE, CONFIRM = (
    "/compte/inscription/",
    "/compte/connexion/code/",
    "/compte/connexion/code/confirmer/",
)
LOGIN, VERIFY, SPACE = "/compte/connexion/", "/compte/adresse/confirmer/", "/espace/"
ADA = "ada@atelier.example"
SECRET = "une phrase de passe bien longue"


def code_in(message: EmailMessage) -> str:
    found = re.search(r"^    (\S+)$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def test_an_account_is_opened_with_a_name_an_address_and_a_code(visitor: Client):
    visitor.post(SIGNUP, {"name": "Ada", "email": "Ada@Atelier.example"})

    answer = visitor.post(VERIFY, {"code": code_in(mail.outbox[0])})

    assert answer.headers["Location"] == SPACE
    assert "Ada, ada@atelier.example" in visitor.get(SPACE).text
    assert EmailAddress.objects.get(email=ADA).verified


def test_an_account_whose_address_is_not_verified_leads_nowhere(visitor: Client):
    visitor.post(SIGNUP, {"name": "Ada", "email": ADA})

    answer = visitor.get(SPACE)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)


def test_a_code_lets_in_once(visitor: Client, enrol: Callable[..., Member]):
    enrol(ADA)
    visitor.post(CODE, {"email": ADA})
    code = code_in(mail.outbox[0])

    let_in = visitor.post(CONFIRM, {"code": code})
    visitor.post("/compte/deconnexion/")
    again = visitor.post(CONFIRM, {"code": code})

    assert let_in.headers["Location"] == SPACE
    assert again.headers["Location"].startswith("/compte/connexion/")
    assert visitor.get(SPACE).status_code == 302


def test_three_wrong_codes_and_the_right_one_is_worth_nothing(
    visitor: Client, enrol: Callable[..., Member]
):
    enrol(ADA)
    visitor.post(CODE, {"email": ADA})

    for _ in range(3):
        visitor.post(CONFIRM, {"code": "AAAAAA"})
    visitor.post(CONFIRM, {"code": code_in(mail.outbox[0])})

    assert visitor.get(SPACE).status_code == 302


def test_a_code_too_old_lets_nobody_in(
    visitor: Client, enrol: Callable[..., Member], settings, monkeypatch: pytest.MonkeyPatch
):
    enrol(ADA)
    visitor.post(CODE, {"email": ADA})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    visitor.post(CONFIRM, {"code": code_in(mail.outbox[0])})

    assert visitor.get(SPACE).status_code == 302


@pytest.mark.parametrize("address", [CODE, "/compte/mot-de-passe/oubli/"])
def test_asking_for_a_code_says_the_same_of_everybody(
    visitor: Client, enrol: Callable[..., Member], address: str
):
    enrol(ADA)

    told = []
    for email in (ADA, "nobody@atelier.example"):
        stranger = Client(SERVER_NAME="localhost")
        answer = stranger.post(address, {"email": email}, follow=True)
        told.append(
            (
                answer.redirect_chain,
                re.sub(r'value="[^"]{30,}"', "", answer.text).replace(email, ""),
            )
        )

    assert told[0] == told[1]


def test_opening_an_account_that_exists_says_it_by_mail_alone(
    visitor: Client, enrol: Callable[..., Member]
):
    enrol(ADA)

    answer = visitor.post(SIGNUP, {"name": "Eve", "email": ADA})

    assert answer.headers["Location"] == VERIFY
    assert "qui en a déjà un" in mail.outbox[0].body
    assert Member.objects.get(email=ADA).name == "Ada"


def test_a_wrong_password_and_a_stranger_are_told_the_same(
    visitor: Client, enrol: Callable[..., Member]
):
    member = enrol(ADA)
    member.set_password(SECRET)
    member.save()

    wrong = visitor.post(LOGIN, {"login": ADA, "password": "non"})
    nobody = visitor.post(LOGIN, {"login": "nobody@atelier.example", "password": "non"})

    texts = [re.sub(r'value="[^"]*"', "", each.text) for each in (wrong, nobody)]
    assert texts[0] == texts[1]
    assert visitor.post(LOGIN, {"login": ADA, "password": SECRET}).headers["Location"] == SPACE


def test_after_too_many_wrong_passwords_even_the_right_one_waits(
    visitor: Client, enrol: Callable[..., Member]
):
    member = enrol(ADA)
    member.set_password(SECRET)
    member.save()

    for _ in range(6):
        visitor.post(LOGIN, {"login": ADA, "password": "non"})
    last = visitor.post(LOGIN, {"login": ADA, "password": SECRET})

    assert "Trop de tentatives" in last.text
    assert visitor.get(SPACE).status_code == 302


def test_codes_asked_too_often_for_an_address_are_not_sent(
    visitor: Client, enrol: Callable[..., Member]
):
    enrol(ADA)

    answers = [Client(SERVER_NAME="localhost").post(CODE, {"email": ADA}) for _ in range(5)]

    assert len(mail.outbox) == 3
    assert "Trop de tentatives" in answers[-1].text


def test_trying_too_often_from_one_place_is_told_in_french(visitor: Client):
    answers = [visitor.post(LOGIN, {"login": "a", "password": "b"}) for _ in range(31)]

    assert answers[-1].status_code == 429
    assert "Patientez un peu" in answers[-1].text


def test_a_second_factor_is_asked_after_the_code(visitor: Client, enrol: Callable[..., Member]):
    member = enrol(ADA)
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    visitor.post(CODE, {"email": ADA})

    asked = visitor.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    before = visitor.get(SPACE)
    counter = next(iter(yield_hotp_counters_from_time()))
    let_in = visitor.post(
        "/compte/second-facteur/code/", {"code": format_hotp_value(hotp_value(secret, counter))}
    )

    assert asked.headers["Location"] == "/compte/second-facteur/code/"
    assert before.status_code == 302
    assert let_in.headers["Location"] == SPACE


@pytest.mark.parametrize(
    "next_", ["https://pirate.example/", "//pirate.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(
    visitor: Client, enrol: Callable[..., Member], next_: str
):
    member = enrol(ADA)
    member.set_password(SECRET)
    member.save()

    answer = visitor.post(
        f"{LOGIN}?next={next_}", {"login": ADA, "password": SECRET, "next": next_}
    )

    assert answer.headers["Location"] == SPACE


def test_a_form_sent_from_elsewhere_is_refused_in_french(
    enrol: Callable[..., Member], visitor: Client
):
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    answer = strict.post(LOGIN, {"login": ADA, "password": SECRET})

    assert answer.status_code == 403
    assert "Formulaire périmé" in answer.text


def test_cookies_are_not_for_scripts_nor_for_other_sites(
    visitor: Client, enrol: Callable[..., Member]
):
    member = enrol(ADA)
    member.set_password(SECRET)
    member.save()

    visitor.get(LOGIN)
    visitor.post(LOGIN, {"login": ADA, "password": SECRET})

    assert set(visitor.cookies) >= {"essor_session", "essor_csrf"}
    for name in ("essor_session", "essor_csrf"):
        assert visitor.cookies[name]["httponly"]
        assert visitor.cookies[name]["samesite"] == "Lax"
