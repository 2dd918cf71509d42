"""What the tests of members share: both databases in turn, and people of every role."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from allauth.account.models import EmailAddress
from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.server import server
from django.core.cache import cache
from django.db import connections
from django.test import Client
from psycopg import sql
from pytest_django import DjangoDbBlocker

from essor.home import Home
from essor.site.environment import people_database
from essor.site.members.models.claim import Membership
from essor.site.members.models.member import Appointment, Member


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of a PostgreSQL of our own; without its programs the test is skipped."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(server())
        except PeerMissingError as error:
            pytest.skip(str(error))
        yield f"postgres://essor@{quote(opened.info.host, safe='')}/postgres"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of each database in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql"))
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'people.sqlite3'}"


@pytest.fixture
def own_url(database_url: str, tmp_path: Path) -> str:
    """Return the address of an empty database, for a site that runs beside the tests."""
    if database_url.startswith("postgres"):
        return new_database(database_url)
    return f"sqlite:///{tmp_path / 'people.sqlite3'}"


def new_database(url: str) -> str:
    """Return the address of a new database of that PostgreSQL."""
    name = f"site_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as opened:
        opened.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def django_db_setup(
    database_url: str, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Take the place of pytest-django's: the tests of this folder run on each database."""
    chosen = people_database(database_url, Home(Path("/nowhere")))
    if str(chosen["ENGINE"]).endswith("sqlite3"):
        # A real file, which several threads open.
        chosen["TEST"] = {"NAME": f"{chosen['NAME']}-test"}
    before = connections.settings["default"]
    with django_db_blocker.unblock():
        _put_in_service(connections.configure_settings({"default": chosen})["default"])
        creation = connections["default"].creation
        creation.create_test_db(verbosity=0, autoclobber=True)
        yield
        _cut_off(database_url)
        creation.destroy_test_db(str(chosen["NAME"]), verbosity=0)
        _put_in_service(before)


def _cut_off(url: str) -> None:
    """Close what is left open on the database of the tests.

    Once a browser runs its loop in this thread, Django keeps other connections than those it opened before.
    """
    connections["default"].close()
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as opened:
            opened.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'test_postgres'"
            )


def _put_in_service(settings: object) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = settings


@pytest.fixture
def people(db: None) -> None:
    """Give the database, in which nobody pays for the attempts of another test."""
    cache.clear()


Enrol = Callable[..., Member]


@pytest.fixture
def enrol(db: None) -> Enrol:
    """Return what makes a member, with her roles on the site and in organisations."""

    def make(
        email: str, *roles: str, territory: str = "", organisations: dict[str, str] | None = None
    ) -> Member:
        member = Member(email=email, name=email.partition("@")[0].title())
        member.set_unusable_password()
        member.save()
        EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
        for role in roles:
            Appointment.objects.create(member=member, role=role, territory=territory)
        for siren, role in (organisations or {}).items():
            Membership.objects.create(
                member=member, siren=siren, role=role, organisation=siren, is_fictional=True
            )
        return member

    return make


@pytest.fixture
def signed(demonstration: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[Member], Client]:
    """Return what gives the browser of a member, signed in on the demonstration."""
    monkeypatch.setenv("ESSOR_HOME", str(demonstration.root))

    def browse(member: Member) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(member)
        return client

    return browse


@pytest.fixture
def sirens(visitor: Client) -> list[str]:
    """Return organisations of the demonstration, all of them invented."""
    page = visitor.get("/annuaire/?statut=esat").text
    return list(dict.fromkeys(re.findall(r"/organisations/(\d{9})/", page)))
