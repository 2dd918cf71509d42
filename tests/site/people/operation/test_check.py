"""`essor check`: a site well set passes; each fault is one sentence that says what to do."""

import json
import smtplib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import OperationalError, connections
from django.utils import timezone
from pytest_django import Settings

from essor.cli.run import main
from essor.errors import BrokenReleaseError
from essor.home import Home
from essor.site.members import post
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.operation import rounds
from essor.site.operation.checks import release as release_checks
from essor.site.operation.models import Round

pytestmark = pytest.mark.usefixtures("people")

Findings = dict[str, tuple[str, str]]


@pytest.fixture
def home(
    demonstration: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Home:
    """Return the home of a site that is well set, but that its data are invented."""
    (tmp_path / "releases").symlink_to(demonstration.releases)
    for name, value in {
        "ESSOR_HOME": str(tmp_path),
        "ESSOR_SECRET_KEY": "k" * 50,
        "ESSOR_HTTPS": "1",
        "COLUMNS": "300",
    }.items():
        monkeypatch.setenv(name, value)
    settings.ALLOWED_HOSTS = ["essor.example"]
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.ESSOR_OPERATOR = settings.ESSOR_CONTACT = "essor.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for task in rounds.Task:
        rounds.ended(task)
    return Home(tmp_path)


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, Findings]:
    """Return the exit code, and each finding by its subject."""
    status = main(["check", "--json", *options])
    told = json.loads(capsys.readouterr().out)
    return status, {each["subject"]: (each["outcome"], each["sentence"]) for each in told}


def test_a_site_well_set_has_nothing_to_correct(home: Home, capsys: pytest.CaptureFixture[str]):
    status, found = checked(capsys, "--thorough")

    assert status == 0
    assert {subject for subject, (outcome, _) in found.items() if outcome != "fine"} == {"version"}
    assert "données fictives" in found["version"][1]
    assert set(found) >= {"clé du site", "HTTPS", "base des personnes", "messagerie", "disque"}


def test_the_table_says_the_same_to_people(home: Home, capsys: pytest.CaptureFixture[str]):
    status = main(["check"])

    said = capsys.readouterr().out
    assert status == 0
    assert "bon " in said
    assert "à voir" in said
    assert "Tables et index présents" in said


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ESSOR_SECRET_KEY": "court"}, ("clé du site", "n’a que 5 caractères")),
        ({"ESSOR_SECRET_KEY": ""}, ("clé du site", "n’a pas encore de clé")),
        ({"ESSOR_HTTPS": ""}, ("HTTPS", "ESSOR_HTTPS=1")),
        ({"PROCONNECT_URL": "https://p.example"}, ("ProConnect", "PROCONNECT_CLIENT_ID")),
    ],
)
def test_each_fault_of_the_environment_is_said(
    home: Home,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str],
    told: tuple[str, str],
):
    subject, said = told
    for name, value in changes.items():
        monkeypatch.setenv(name, value)

    status, found = checked(capsys)

    assert status == 1
    assert found[subject][0] == "failure"
    assert said in found[subject][1]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (("ALLOWED_HOSTS", ["*"]), ("noms du site", "n’importe quel nom")),
        (("ALLOWED_HOSTS", ["localhost"]), ("noms du site", "ESSOR_HOSTS")),
        (
            ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
            ("messagerie", "EMAIL_URL"),
        ),
    ],
)
def test_each_fault_of_the_settings_is_said(
    home: Home, capsys: pytest.CaptureFixture[str], settings: Settings, setting, told
):
    subject, said = told
    setattr(settings, *setting)

    status, found = checked(capsys)

    assert status == 1
    assert said in found[subject][1]


def test_a_key_that_others_can_read_is_said(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("ESSOR_SECRET_KEY")
    (home.root / "secret.key").write_text("k" * 60)
    (home.root / "secret.key").chmod(0o644)

    _, found = checked(capsys)

    assert "chmod 600" in found["clé du site"][1]


def test_a_mail_server_that_refuses_is_said_without_the_account(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def refused(*_: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"ada@essor.example: no")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refused)
    status, found = checked(capsys)

    assert status == 1
    assert "SMTPAuthenticationError" in found["messagerie"][1]
    assert "ada@" not in found["messagerie"][1]


def test_what_the_database_says_is_read(
    home: Home,
    capsys: pytest.CaptureFixture[str],
    enrol: Callable[..., Member],
    settings: Settings,
):
    TOTP.activate(enrol("ada@atelier.example"), "JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY = "another key"
    post.write("ada@atelier.example", "Sujet", "Texte")
    long_ago = timezone.now() - timedelta(days=3)
    Letter.objects.update(written_at=long_ago)
    Round.objects.filter(name="mail").update(ended_at=long_ago)
    Round.objects.filter(name="backup").delete()

    status, found = checked(capsys)

    assert status == 1
    assert "72 h : vérifiez la messagerie" in found["messages"][1]
    assert "essor members reseal" in found["seconds facteurs"][1]
    assert found["minuterie mail"][0] == "failure"
    assert "72 h" in found["minuterie mail"][1]
    assert found["minuterie backup"][0] == "warning"
    assert found["minuterie tidy"][0] == found["minuterie digest"][0] == "fine"


def test_a_database_that_does_not_answer_hides_nothing_else(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def down(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", down)
        status, found = checked(capsys)

    assert status == 1
    assert "vérifiez DATABASE_URL" in found["base des personnes"][1]
    assert "disque" in found
    assert "messages" not in found


def test_a_release_that_is_absent_or_damaged_is_said(
    demonstration: Home,
    home: Home,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    def damaged(*_: object) -> None:
        raise BrokenReleaseError("La version 1 est abîmée.")

    with monkeypatch.context() as patch:
        patch.setattr(release_checks, "open_index", damaged)
        _, broken = checked(capsys)
    (home.root / "releases").unlink()
    status, absent = checked(capsys)

    assert status == 1
    assert broken["fichiers de la version"] == ("failure", "La version 1 est abîmée.")
    assert "Aucune version construite" in absent["version"][1]


@pytest.mark.parametrize(("days", "outcome"), [(1, "fine"), (20, "warning"), (61, "failure")])
def test_a_release_grows_old(
    demonstration: Home, monkeypatch: pytest.MonkeyPatch, days: int, outcome: str
):
    manifest = SimpleNamespace(
        number=7, is_fictional=False, built_at=timezone.now() - timedelta(days=days), bytes=1
    )
    held = SimpleNamespace(manifest=manifest, folder=demonstration.releases / "current")
    monkeypatch.setattr(release_checks, "open_release", lambda _: held)

    found = {each.subject: each for each in release_checks.release(demonstration, reads_all=False)}

    assert found["version"].outcome == outcome
    assert f"a {days} jours" in found["version"].sentence


@pytest.mark.parametrize(("free", "outcome"), [(10**6, "failure"), (10**9, "warning")])
def test_a_disk_that_fills_is_said(
    demonstration: Home, monkeypatch: pytest.MonkeyPatch, free: int, outcome: str
):
    manifest = SimpleNamespace(number=7, is_fictional=False, built_at=timezone.now(), bytes=10**9)
    held = SimpleNamespace(manifest=manifest, folder=demonstration.releases / "current")
    monkeypatch.setattr(release_checks, "open_release", lambda _: held)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))

    found = {each.subject: each for each in release_checks.release(demonstration, reads_all=False)}

    assert found["disque"].outcome == outcome


def test_the_commands_of_timers_note_their_round(
    home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    Round.objects.all().delete()

    for words in (["members", "mail"], ["members", "tidy"], ["members", "digest"]):
        assert main(words) == 0

    assert set(rounds.last_ends()) == {rounds.Task.MAIL, rounds.Task.TIDY, rounds.Task.DIGEST}
