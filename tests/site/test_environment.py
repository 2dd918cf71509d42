"""What the environment says: of the database, of mail, of ProConnect, of the key."""

import subprocess
import sys
from pathlib import Path

import pytest

from essor.errors import DiskError, EngineError, InvalidRequestError
from essor.home import Home
from essor.site.environment import (
    keep_signing_key,
    mail_server,
    people_database,
    proconnect,
    signing_key,
)

HOME = Home(Path("/srv/essor"))


def test_a_home_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "home").write_text("a file, not a folder")

    with pytest.raises(DiskError, match="ESSOR_SECRET_KEY"):
        keep_signing_key(Home(tmp_path / "home"))


def test_the_key_of_a_home_is_drawn_once_and_read_by_its_owner_alone(tmp_path: Path):
    home = Home(tmp_path / "new")

    keep_signing_key(home)
    first = signing_key({}, home)
    keep_signing_key(home)

    assert len(first) > 50
    assert signing_key({}, home) == first
    assert signing_key({"ESSOR_SECRET_KEY": "ours"}, home) == "ours"
    assert [file.stat().st_mode & 0o777 for file in home.root.iterdir()] == [0o600]


def test_the_database_is_sqlite_in_the_home_unless_said():
    chosen = people_database("", HOME)

    assert chosen["NAME"] == "/srv/essor/people.sqlite3"
    assert "WAL" in str(chosen["OPTIONS"])
    assert people_database("postgres://u:p@db/essor", HOME)["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    "url",
    [
        "pas une adresse",
        "mysql://u:secret@db/essor",
        "postgres://[",
        "x://",
        "postgres://u:secret@db",
    ],
)
def test_an_address_of_no_database_is_refused_without_its_password(url: str):
    with pytest.raises(InvalidRequestError, match="DATABASE_URL") as refused:
        people_database(url, HOME)

    assert "secret" not in str(refused.value)


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("essor.site.environment.find_spec", lambda name: None)

    with pytest.raises(EngineError, match=r"essor\[postgres\]"):
        people_database("postgres://db/essor", HOME)


@pytest.mark.parametrize(
    ("url", "port", "is_tls_first", "is_tls_asked"),
    [
        ("smtps://ada:p%40ss@mail.example", 465, True, False),
        ("smtp://ada:p%40ss@mail.example", 587, False, True),
        ("smtp://ada:p%40ss@mail.example:2525", 2525, False, True),
        ("smtp://ada:p%40ss@127.0.0.1:25", 25, False, False),
    ],
)
def test_mail_goes_to_the_server_that_is_said(url, port, is_tls_first, is_tls_asked):
    chosen = mail_server(url)

    assert (chosen["EMAIL_HOST_USER"], chosen["EMAIL_HOST_PASSWORD"]) == ("ada", "p@ss")
    assert chosen["EMAIL_PORT"] == port
    assert (chosen["EMAIL_USE_SSL"], chosen["EMAIL_USE_TLS"]) == (is_tls_first, is_tls_asked)


@pytest.mark.parametrize("url", ["mail.example", "ftp://mail.example", "smtp://mail.example:port"])
def test_an_address_of_no_mail_server_is_refused(url: str):
    with pytest.raises(InvalidRequestError, match="EMAIL_URL"):
        mail_server(url)


def test_proconnect_is_there_when_its_three_variables_are():
    said = {
        "PROCONNECT_URL": "https://auth.example",
        "PROCONNECT_CLIENT_ID": "essor",
        "PROCONNECT_CLIENT_SECRET": "s",
    }

    chosen = proconnect(said)

    assert chosen is not None
    assert chosen["client_id"] == "essor"
    assert all(proconnect({**said, name: ""}) is None for name in said)


@pytest.mark.parametrize(("https", "is_secure"), [("1", "True"), ("", "False")])
def test_cookies_travel_over_https_alone_when_the_site_is_served_so(https: str, is_secure: str):
    told = subprocess.run(
        [sys.executable, "-c", _TOLD],
        env={"ESSOR_HTTPS": https, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == [is_secure] * 3


_TOLD = """
from essor.site import settings
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
print(bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT))
"""
