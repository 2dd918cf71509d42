"""Messages: sent at once, kept when the server is down, sent once when it is back."""

import re
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from essor.cli.run import main
from essor.site.members import post
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.members.post import Delivery

pytestmark = pytest.mark.usefixtures("people")

ADA = "ada@atelier.example"


@pytest.fixture
def no_server(settings) -> None:
    """Make the mail server one that does not answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def a_while_later() -> None:
    Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_that_is_sent_is_kept_no_more():
    letter = post.write(ADA, "Un\nobjet", "Texte")

    assert post.deliver(letter) is Delivery.SENT
    assert [message.subject for message in mail.outbox] == ["Un objet"]
    assert not Letter.objects.exists()


def test_a_letter_that_the_server_does_not_take_is_kept_and_tried_again(
    no_server: None, settings, capsys: pytest.CaptureFixture[str]
):
    first = post.deliver(post.write(ADA, "Objet", "Texte"))
    too_soon = main(["members", "mail"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    a_while_later()
    then = main(["members", "mail"])
    again = main(["members", "mail"])

    assert (first, too_soon, then, again) == (Delivery.KEPT, 0, 0, 0)
    assert len(mail.outbox) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Messages partis : 0 ; gardés pour un autre essai : 0.",
        "Messages partis : 1 ; gardés pour un autre essai : 0.",
        "Messages partis : 0 ; gardés pour un autre essai : 0.",
    ]


def test_a_letter_says_why_it_is_still_there(no_server: None):
    post.deliver(post.write(ADA, "Objet", "Texte"))

    kept = Letter.objects.get()
    assert kept.attempts == 1
    assert "refused" in kept.fault


def test_a_letter_is_tried_less_and_less_often(no_server: None):
    waits = []
    post.write(ADA, "Objet", "Texte")
    for _ in range(12):
        post.deliver(Letter.objects.get())
        waits.append(Letter.objects.get().next_try_at - timezone.now())
        a_while_later()

    assert waits[0] < timedelta(minutes=2) < waits[1] < timedelta(minutes=4)
    assert timedelta(hours=8) < waits[-1] < timedelta(hours=9)


def test_a_letter_that_somebody_is_sending_is_left_to_them():
    letter = post.write(ADA, "Objet", "Texte")
    Letter.objects.update(next_try_at=timezone.now() + timedelta(minutes=1))

    assert post.deliver(letter) is Delivery.KEPT
    assert mail.outbox == []


def test_a_person_is_told_that_her_code_waits(
    visitor: Client, enrol: Callable[..., Member], no_server: None
):
    enrol(ADA)

    answer = visitor.post("/compte/connexion/code/", {"email": ADA}, follow=True)

    assert answer.status_code == 200
    assert "Notre serveur de messagerie ne répond pas" in answer.text
    assert Letter.objects.get().recipient == ADA


def test_without_a_server_messages_are_files_and_the_page_says_so(
    visitor: Client, enrol: Callable[..., Member], settings, tmp_path: Path
):
    enrol(ADA)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "courriels")

    answer = visitor.post("/compte/connexion/code/", {"email": ADA}, follow=True)

    (written,) = (tmp_path / "courriels").iterdir()
    assert "dossier « courriels »" in answer.text
    assert re.search(r"^    \S+$", written.read_text("utf-8"), re.MULTILINE)
    assert (tmp_path / "courriels").stat().st_mode & 0o077 == 0


def test_a_message_is_plain_text_in_french(visitor: Client, enrol: Callable[..., Member]):
    enrol(ADA)

    visitor.post("/compte/connexion/code/", {"email": ADA})

    (message,) = mail.outbox
    assert message.subject == "Essor : votre code de connexion"
    assert message.content_subtype == "plain"
    assert str(message.body).startswith("Bonjour,")
    assert "&#x27;" not in str(message.body)
