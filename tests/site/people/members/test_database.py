"""The people's database: made when absent, refused when late, done without when it is down."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest
from benchmarks.site_server import served
from django.core.management import call_command
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
)
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.site.people.conftest import new_database

from essor.cli.run import main
from essor.home import Home
from essor.site.members.database import State, state_told_by
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.member import Member

PUBLIC = ("/", "/besoins/?besoin=couture&lieu=Metz", "/annuaire/", "/observatoire/", "/healthz")
PUBLISHED_IN = ("/annuaire/", "/besoins/?")
"""Of these, the pages that show what members publish too."""


@pytest.fixture
def home(demonstration: Home, tmp_path: Path) -> Home:
    """Return a home of its own, on the demonstration's releases."""
    (tmp_path / "releases").symlink_to(demonstration.releases)
    return Home(tmp_path)


def serve(home: Home, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Return what `essor serve` says before it serves: the port is taken, it stops there."""
    return subprocess.run(
        [sys.executable, "-m", "essor.cli.run", "serve", "--host", "192.0.2.1", *options],
        env={"ESSOR_HOME": str(home.root), "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def migrations(home: Home) -> int:
    with sqlite3.connect(home.root / "people.sqlite3") as opened:
        (found,) = opened.execute("SELECT count(*) FROM django_migrations").fetchone()
    opened.close()
    return int(found)


def make_late(home: Home) -> None:
    with sqlite3.connect(home.root / "people.sqlite3") as opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'auth' AND name LIKE '0012%'")
    opened.close()


def test_a_database_that_is_not_there_is_made_for_its_owner_alone(home: Home):
    said = serve(home)

    file = home.root / "people.sqlite3"
    assert "n’existait pas : elle est créée, vide" in said.stdout
    assert file.stat().st_mode & 0o077 == 0
    assert "La base" not in serve(home).stdout


def test_servers_that_start_together_make_it_once(home: Home):
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(serve, [home] * 3))

    assert [each.stdout.count("elle est créée") for each in said].count(1) == 1
    assert {each.returncode for each in said} == {2}
    assert all("Rien ne peut être servi" in each.stderr for each in said)


def test_a_database_that_lags_behind_is_refused_and_left_as_it_is(home: Home):
    serve(home)
    make_late(home)
    before = migrations(home)

    said = serve(home)

    assert said.returncode == 10
    assert said.stdout == ""
    assert "lancez « essor serve --migrate »" in said.stderr
    assert said.stderr.count("\n") == 1
    assert migrations(home) == before


def test_the_demonstration_brings_its_own_database_up_to_date(home: Home):
    serve(home)
    make_late(home)
    demo = (
        "import essor.cli.serve as served; served.run = lambda: None;"
        "from essor.cli.run import main; raise SystemExit(main(['demo']))"
    )

    said = subprocess.run(
        [sys.executable, "-c", demo],
        env={"ESSOR_HOME": str(home.root), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0
    assert "La base des personnes est à jour." in said.stdout
    assert serve(home).stderr.startswith("Erreur : Rien ne peut être servi")


def test_a_database_that_cannot_be_reached_lets_the_site_open(home: Home):
    said = serve(home, DATABASE_URL="postgres://essor@127.0.0.1:1/essor")

    assert "sans comptes tant qu’elle manque" in said.stderr


def test_a_file_that_is_no_database_is_said_to_be_so_and_kept(home: Home):
    (home.root / "people.sqlite3").write_text("ceci n’est pas une base" * 100)

    opened, migrated = serve(home), serve(home, "--migrate")

    assert "sans comptes tant qu’elle manque" in opened.stderr
    assert migrated.returncode == 8
    assert "ne peut pas être écrite" in migrated.stderr
    assert "pas une base" in (home.root / "people.sqlite3").read_text()


def test_migrating_a_database_that_cannot_be_reached_says_what_to_check(home: Home):
    said = serve(home, "--migrate", DATABASE_URL="postgres://essor@127.0.0.1:1/essor")

    assert said.returncode == 10
    assert "vérifiez DATABASE_URL" in said.stderr


@pytest.mark.usefixtures("people")
def test_both_databases_keep_foreign_keys_and_their_own_names(database_url: str):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)

    assert database_url.startswith("sqlite" if connection.vendor == "sqlite" else "postgres")


@pytest.mark.usefixtures("people")
def test_the_migrations_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.usefixtures("people")
@pytest.mark.django_db(transaction=True)
def test_a_migration_can_be_undone_and_done_again():
    call_command("migrate", "members", "0001", verbosity=0)
    entry = JournalEntry.objects.create(deed="role.given", subject="member:1")
    rewrite("role.taken")

    call_command("migrate", verbosity=0)

    with pytest.raises(DatabaseError, match="never changed"):
        rewrite("role.given")
    for change in (
        lambda: JournalEntry.objects.update(deed="role.given"),
        lambda: JournalEntry.objects.bulk_update([entry], ["deed"]),
        JournalEntry.objects.all().delete,
        entry.save,
        entry.delete,
    ):
        with pytest.raises(TypeError, match="neither changed nor deleted"):
            change()


def rewrite(deed: str) -> None:
    """Change the journal as nothing of ours does: by a statement of one's own."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_journalentry SET deed = %s", [deed])


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("page", PUBLIC)
def test_a_page_that_needs_no_member_asks_the_database_nothing_of_a_member(
    enrol: Callable[..., Member],
    signed: Callable[[Member], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
    page: str,
):
    browser = signed(enrol("ada@atelier.example"))

    # Where members publish, the mark of what they did is read: it says if anything is new.
    with django_assert_num_queries(page.startswith(PUBLISHED_IN)):
        answer = browser.get(page)

    assert answer.status_code == 200


@pytest.mark.usefixtures("people")
def test_a_page_that_needs_the_database_says_in_french_that_it_is_down(
    enrol: Callable[..., Member],
    signed: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
):
    browser = signed(enrol("ada@atelier.example"))
    browser.raise_request_exception = False

    def down(*_: object, **__: object) -> None:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", down)
        answers = [browser.get(page) for page in ("/espace/", "/moderation/", "/annuaire/")]
        sent = browser.post("/compte/connexion/", {"login": "a@b.fr", "password": "x"})

    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert "La base des comptes ne répond pas" in answers[0].text
    assert sent.status_code == 503


@pytest.mark.usefixtures("people")
def test_a_page_whose_table_is_not_there_yet_says_that_it_is_being_brought_up_to_date(
    enrol: Callable[..., Member], signed: Callable[[Member], Client]
):
    browser = signed(enrol("ada@atelier.example"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_claim RENAME TO elsewhere")

    page = browser.get("/espace/?page=2")

    assert page.status_code == 503
    assert "en cours de mise à jour" in page.text
    assert 'href="/espace/?page=2">Réessayer</a>' in page.text
    assert page.headers["Retry-After"] == "10"


class UndefinedTableError(Exception):
    """As the driver of PostgreSQL says it."""

    sqlstate = "42P01"


def caused(error: Exception) -> Exception:
    error.__cause__ = UndefinedTableError()
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("server closed the connection"), State.UNREACHABLE),
        (InterfaceError("connection already closed"), State.UNREACHABLE),
        (DatabaseError("file is not a database"), State.UNREACHABLE),
        (OperationalError("database is locked"), State.LOCKED),
        (OperationalError("no such table: members_claim"), State.LATE),
        (caused(ProgrammingError("relation does not exist")), State.LATE),
        # Faults of ours, that are not to be called a database that is down.
        (ProgrammingError("syntax error"), None),
        (IntegrityError("UNIQUE constraint failed"), None),
        (DataError("value too long"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_an_error_says_what_the_database_is_or_that_the_fault_is_ours(
    error: Exception | None, told: State | None
):
    assert state_told_by(error) is told


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("database is locked", "verrouillée par un autre programme"),
        ("no such table: django_migrations", "faites-en une sauvegarde"),
        ("connection refused", "vérifiez DATABASE_URL"),
    ],
)
def test_a_command_says_in_one_sentence_why_it_cannot_read_the_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: str, said: str
):
    def down(*_: object, **__: object) -> None:
        raise OperationalError(error)

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", down)
        statuses = [main(["members", "roles"]), main(["members", "mail"])]

    told = capsys.readouterr().err
    assert statuses == [10, 10]
    assert told.count(said) == 2
    assert told.count("\n") == 2


def test_two_processes_serve_over_one_database(home: Home, own_url: str):
    environment = {"ESSOR_HOME": str(home.root), "DATABASE_URL": own_url}
    said = serve(home, "--migrate", DATABASE_URL=own_url)

    with (
        served(environment=environment) as one,
        served(environment=environment) as two,
        # Behind a proxy both have one name.
        httpx.Client(headers={"Host": "localhost"}) as browser,
    ):
        answers = [try_to_sign_in(browser, root) for root in (one, two) * 4]

    assert "est à jour" in said.stdout
    assert [answer.status_code for answer in answers] == [200] * 8
    # Attempts are counted together, whichever process they reach.
    assert "Trop de tentatives" in answers[-1].text
    assert "Trop de tentatives" not in answers[0].text


def test_a_database_that_was_restarted_is_reached_again(home: Home, postgresql: str):
    url = new_database(postgresql)
    environment = {"ESSOR_HOME": str(home.root), "DATABASE_URL": url}
    serve(home, "--migrate", DATABASE_URL=url)

    with served(environment=environment) as root, httpx.Client() as browser:
        before = try_to_sign_in(browser, root)
        with psycopg.connect(postgresql, autocommit=True) as opened:
            ended = opened.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (url.rpartition("/")[2],),
            ).fetchall()
        after = try_to_sign_in(browser, root)

    assert ended
    assert [before.status_code, after.status_code] == [200, 200]


def test_a_site_whose_database_is_down_still_answers_everybody(home: Home):
    url = "postgres://essor@127.0.0.1:1/essor"
    environment = {"ESSOR_HOME": str(home.root), "DATABASE_URL": url}

    with served(environment=environment) as root, httpx.Client() as browser:
        public = [browser.get(f"{root}{page}").status_code for page in PUBLIC]
        refused = browser.get(f"{root}/compte/connexion/")

    assert public == [200] * len(PUBLIC)
    assert refused.status_code == 503
    assert "La base des comptes ne répond pas" in refused.text


def try_to_sign_in(browser: httpx.Client, root: str) -> httpx.Response:
    """Return what a wrong password is answered, which the database must count."""
    page = browser.get(f"{root}/compte/connexion/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "login": "a@b.fr", "password": "non"}
    return browser.post(f"{root}/compte/connexion/", data=sent)
