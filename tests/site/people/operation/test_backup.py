"""The people's data saved in a file, and put back whole or not at all, from either database to the other."""

import gzip
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from tests.site.people.conftest import new_database

from essor.cli.run import main
from essor.errors import BackupError, DiskError, InvalidRequestError
from essor.home import Home
from essor.site.members import post, sealing
from essor.site.members.journal import note
from essor.site.members.models.claim import Claim
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.operation.backup.file import Table, lines, verified
from essor.site.operation.backup.restoring import restore
from essor.site.operation.backup.saving import save

pytestmark = [pytest.mark.usefixtures("people"), pytest.mark.django_db(transaction=True)]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Enrol = Callable[..., Member]


@pytest.fixture(autouse=True)
def copies_open(people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the copies that a backup makes be opened: Django's tests forbid what they did not make."""
    guarded = BaseDatabaseWrapper.ensure_connection

    def ensured(self: BaseDatabaseWrapper) -> None:
        if self.alias == "default":
            guarded(self)
        elif self.connection is None:
            self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensured)


@pytest.fixture
def ada(enrol: Enrol) -> Member:
    """Return a member who has something in every table."""
    ada = enrol(
        "ada@atelier.example", "officer", territory="epci:1", organisations={"999": "manager"}
    )
    TOTP.activate(ada, SECRET)
    SocialAccount.objects.create(user=ada, provider="p", uid="u", extra_data={"nom": "Ève « é »"})
    for state, reason in (("pending", ""), ("refused", "Sans\npreuve"), ("accepted", "")):
        Claim.objects.create(
            member=ada,
            siren="999000017",
            organisation="L’Atelier",
            is_fictional=True,
            role="member",
            proof="Voir « L’équipe ».",
            email_domain="atelier.example",
            state=state,
            reason=reason,
            decided_at=None if state == "pending" else timezone.now(),
        )
    post.write("mo@essor.example", "Sujet", "Texte")
    note(ada.pk, "claim.made", "claim:1")
    Session.objects.create(session_key="k", session_data="d", expire_date=timezone.now())
    return ada


def content(path: Path) -> list[object]:
    """Return all that a backup holds, but for the trace of a restoration."""
    return [line for line in lines(path) if "data.restored" not in str(line)]


def rewritten(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    """Return a backup whose lines were changed by somebody."""
    told = change(gzip.decompress(path.read_bytes()).splitlines(keepends=True))
    altered = path.with_name("altered")
    altered.write_bytes(gzip.compress(b"".join(told)))
    return altered


def test_what_was_saved_is_put_back_as_it_was(ada: Member, tmp_path: Path):
    joined, decided = ada.joined_at, list(Claim.objects.values_list("created_at", "decided_at"))
    whole = save(tmp_path / "one")
    Claim.objects.all().delete()
    Member.objects.create(email="late@atelier.example")

    restored = restore(tmp_path / "one", Home(tmp_path), replaces=True)
    save(tmp_path / "two")

    assert whole.rows["members.claim"] == 3
    assert restored == whole
    assert content(tmp_path / "two") == content(tmp_path / "one")
    assert Member.objects.get().joined_at == joined
    assert list(Claim.objects.values_list("created_at", "decided_at")) == decided
    assert sealing.unseal(Authenticator.objects.get().data["secret"]) == SECRET
    assert JournalEntry.objects.count() == 2
    assert not Session.objects.exists()
    # The next numbers are new ones.
    assert Member.objects.create(email="new@atelier.example").pk > ada.pk


def test_a_backup_of_one_database_is_put_in_the_other_and_comes_back_the_same(
    ada: Member, tmp_path: Path, postgresql: str
):
    is_here_sqlite = connection.vendor == "sqlite"
    other = new_database(postgresql) if is_here_sqlite else f"sqlite:///{tmp_path / 'other'}"
    save(tmp_path / "one")

    def command(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "essor.cli.run", *words],
            env={"ESSOR_HOME": str(tmp_path), "DATABASE_URL": other, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    put = command("restore", str(tmp_path / "one"))
    back = command("backup", str(tmp_path / "two"))

    assert "1 compte, " in put
    assert "Sauvegarde écrite" in back
    assert content(tmp_path / "two") == content(tmp_path / "one")
    assert verified(tmp_path / "two").manifest.engine != connection.vendor


def test_a_database_that_holds_people_is_not_replaced_unless_it_is_said(
    ada: Member, tmp_path: Path
):
    save(tmp_path / "one")

    with pytest.raises(InvalidRequestError, match="--replace"):
        restore(tmp_path / "one", Home(tmp_path), replaces=False)

    assert Session.objects.exists()


def test_a_cut_file_is_refused_wherever_it_was_cut(ada: Member, tmp_path: Path):
    save(tmp_path / "one")
    told = (tmp_path / "one").read_bytes()
    cut = tmp_path / "cut"

    for length in (0, 1, 10, len(told) // 3, len(told) // 2, len(told) - 9, len(told) - 1):
        cut.write_bytes(told[:length])
        with pytest.raises(BackupError, match="coupé ou abîmé"):
            restore(cut, Home(tmp_path), replaces=True)

    assert Claim.objects.count() == 3


def test_a_file_that_somebody_touched_is_refused(ada: Member, tmp_path: Path):
    save(tmp_path / "one")
    changes: list[Callable[[list[bytes]], list[bytes]]] = [
        lambda told: [line.replace(b"ada@", b"bob@") for line in told],
        lambda told: told[:-1],
        lambda told: told[:3] + told[4:],
        lambda told: [*told, b"[1]\n"],
        lambda told: told[1:],
        lambda told: [b"{}\n", *told[1:]],
        lambda told: [b"ceci n'est pas du JSON\n"],
    ]

    for change in changes:
        with pytest.raises(BackupError, match="coupé ou abîmé"):
            restore(rewritten(tmp_path / "one", change), Home(tmp_path), replaces=True)

    assert Member.objects.get().email == "ada@atelier.example"


def test_a_file_of_a_later_version_is_refused_by_its_version(ada: Member, tmp_path: Path):
    save(tmp_path / "one")

    def later_format(told: list[bytes]) -> list[bytes]:
        return [told[0].replace(b'"format":1', b'"format":2'), *told[1:]]

    with pytest.raises(BackupError, match="plus récent"):
        verified(rewritten(tmp_path / "one", later_format))
    later = resealed(tmp_path / "one", b'"0002_', b'"0999_')
    with pytest.raises(BackupError, match="plus récente que celle-ci"):
        restore(later, Home(tmp_path), replaces=True)


def test_what_the_database_refuses_midway_changes_nothing(ada: Member, tmp_path: Path):
    save(tmp_path / "one")
    # A claim of nobody.
    wrong = resealed(tmp_path / "one", b",999000017", b",999000017", repeats=True)

    with pytest.raises(BackupError, match="La base refuse"):
        restore(wrong, Home(tmp_path), replaces=True)

    assert Claim.objects.count() == 3
    assert Session.objects.exists()


def resealed(path: Path, before: bytes, after: bytes, *, repeats: bool = False) -> Path:
    """Return a backup that says of itself that it is whole, with other words or a row twice."""

    def change(told: list[bytes]) -> list[bytes]:
        body = [line.replace(before, after) for line in told[:-1]]
        end = json.loads(told[-1])
        if repeats:
            place = next(n for n, line in enumerate(body) if b"ada@" in line)
            body.insert(place, body[place])
            table = json.loads(next(each for each in reversed(body[:place]) if each[:1] == b"{"))
            end["rows"][table["table"]] += 1
        end["sha256"] = sha256(b"".join(body)).hexdigest()
        return [*body, json.dumps(end).encode() + b"\n"]

    return rewritten(path, change)


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(ada: Member, tmp_path: Path):
    call_command("migrate", "members", "0002", verbosity=0)
    assert Authenticator.objects.get().data["secret"] == SECRET
    save(tmp_path / "earlier")
    call_command("migrate", verbosity=0)

    restore(tmp_path / "earlier", Home(tmp_path), replaces=True)

    tables = {each.name: each for each in lines(tmp_path / "earlier") if isinstance(each, Table)}
    assert "told_at" not in tables["members.appointment"].columns
    assert sealing.unseal(Authenticator.objects.get().data["secret"]) == SECRET
    assert Member.objects.get() == ada
    assert [each.name for each in tmp_path.iterdir()] == ["earlier"]


def test_a_backup_waits_for_nobody_and_holds_what_was_decided(ada: Member, tmp_path: Path):
    writer = connections["default"].copy()
    writer.set_autocommit(False)
    with writer.cursor() as cursor:
        cursor.execute("UPDATE members_member SET name = 'not yet'")

    save(tmp_path / "one")
    writer.rollback()
    writer.close()

    assert "not yet" not in str(content(tmp_path / "one"))
    assert "ada@atelier.example" in str(content(tmp_path / "one"))


def test_a_full_disk_leaves_no_piece_of_a_backup(
    ada: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskError, match="plein"):
        save(tmp_path / "one")

    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_people(ada: Member, tmp_path: Path):
    text = os.urandom(2_000).hex()
    letters = [
        Letter(recipient="a@b.fr", subject="s", text=text, next_try_at=timezone.now())
        for _ in range(500)
    ]
    for _ in range(16):
        Letter.objects.bulk_create(letters)
        for each in letters:
            each.pk = None
    size = 16 * 500 * len(text)

    tracemalloc.start()
    save(tmp_path / "one")
    restore(tmp_path / "one", Home(tmp_path), replaces=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert Letter.objects.count() == 8_001
    assert peak < size / 3


def test_the_command_writes_for_its_owner_alone_and_keeps_the_last(
    ada: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for day in (1, 2):
        (tmp_path / f"essor-2026-01-0{day}T000000.backup").touch()

    status = main(["backup", str(tmp_path), "--keep", "2"])

    said = capsys.readouterr().out
    assert status == 0
    assert "1 compte, " in said
    assert "données personnelles" in said
    assert "essor-2026-01-01T000000.backup" in said
    assert len(list(tmp_path.iterdir())) == 2
    assert all(
        file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.iterdir() if file.stat().st_size
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["backup", "{}/there"], 2, "existe déjà"),
        (["backup", "{}/nowhere/one"], 2, "n’existe pas"),
        (["backup", "{}/one", "--keep", "2"], 2, "--keep range un dossier"),
        (["restore", "{}/absent"], 11, "donnez le fichier écrit par « essor backup »"),
        (["restore", "{}/there", "--check"], 11, "coupé ou abîmé"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
):
    (tmp_path / "there").write_text("rien")

    status = main([word.format(tmp_path) for word in words])

    error = capsys.readouterr().err
    assert status == code
    assert said in error
    assert error.count("\n") == 1


def test_the_help_says_that_the_file_holds_personal_data(capsys: pytest.CaptureFixture[str]):
    main(["backup", "--help"])

    assert "données personnelles" in " ".join(capsys.readouterr().out.split())
