"""What the environment says of the people's database, of the mail server, of ProConnect, of the key."""

import os
import secrets
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url

from essor.errors import DiskError, EngineError, InvalidRequestError
from essor.home import Home

PATIENCE_S = 20
"""How long a writer waits for another on SQLite."""

PROCONNECT_NAMES = ("PROCONNECT_URL", "PROCONNECT_CLIENT_ID", "PROCONNECT_CLIENT_SECRET")

_MAIL_PATIENCE_S = 10
_DATABASE_PATIENCE_S = 5
# RFC 8314: 465 where TLS comes first, 587 where it is asked for.
_MAIL_PORTS = {"smtps": 465, "smtp": 587}
_HERE = ("localhost", "127.0.0.1", "::1")
_KEPT_OPEN_S = 60
_SQLITE = "django.db.backends.sqlite3"
_POSTGRESQL = "django.db.backends.postgresql"
# A writer takes its turn at once, instead of failing when it comes to write; readers never wait.
_SQLITE_OPTIONS = {
    "timeout": PATIENCE_S,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def people_database(url: str, home: Home) -> dict[str, object]:
    """Return the people's database as Django reads it: that of the address, else SQLite in the home.

    Raises:
        InvalidRequestError: the address is of no database that Essor knows.
        EngineError: PostgreSQL is asked for and its driver is not installed.
    """
    if not url:
        return people_database_file(home.root / "people.sqlite3")
    try:
        read = dict(dj_database_url.parse(url, conn_max_age=_KEPT_OPEN_S, conn_health_checks=True))
    except ValueError as error:
        raise InvalidRequestError(_unreadable("DATABASE_URL", "postgres://…")) from error
    if read["ENGINE"] == _SQLITE:
        return people_database_file(str(read["NAME"]))
    options = read.get("OPTIONS")
    told = options if isinstance(options, dict) else {}
    if read["ENGINE"] != _POSTGRESQL or not (read["NAME"] or "service" in told):
        raise InvalidRequestError(_unreadable("DATABASE_URL", "postgres://…"))
    if find_spec("psycopg") is None:
        message = (
            "DATABASE_URL demande PostgreSQL, dont le pilote n’est pas installé : lancez "
            "« pip install 'essor[postgres]' »."
        )
        raise EngineError(message)
    # A server that does not answer is said to be down, instead of being waited for.
    return read | {"OPTIONS": {"connect_timeout": _DATABASE_PATIENCE_S, **told}}


def people_database_file(file: Path | str) -> dict[str, object]:
    """Return a database of SQLite as Django reads it."""
    return {"ENGINE": _SQLITE, "NAME": str(file), "OPTIONS": dict(_SQLITE_OPTIONS)}


def mail_server(url: str) -> dict[str, object]:
    """Return Django's settings of mail: an SMTP server, or files when there is none.

    smtps:// speaks TLS from the first byte; smtp:// asks for it (STARTTLS), but to this machine.

    Raises:
        InvalidRequestError: the address is of no mail server.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    try:
        read = urlsplit(url)
        port = read.port
    except ValueError as error:
        raise InvalidRequestError(_unreadable("EMAIL_URL", "smtps://…")) from error
    if read.scheme not in _MAIL_PORTS or not read.hostname:
        raise InvalidRequestError(_unreadable("EMAIL_URL", "smtps://…"))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": read.hostname,
        "EMAIL_PORT": port or _MAIL_PORTS[read.scheme],
        "EMAIL_HOST_USER": unquote(read.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(read.password or ""),
        "EMAIL_USE_SSL": read.scheme == "smtps",
        "EMAIL_USE_TLS": read.scheme == "smtp" and read.hostname not in _HERE,
        "EMAIL_TIMEOUT": _MAIL_PATIENCE_S,
    }


def proconnect(environment: Mapping[str, str]) -> dict[str, object] | None:
    """Return the application that ProConnect knows, None unless its three variables are there.

    Source: https://partenaires.proconnect.gouv.fr/docs/fournisseur-service
    """
    url, client, secret = (environment.get(name, "") for name in PROCONNECT_NAMES)
    if not (url and client and secret):
        return None
    return {
        "provider": "proconnect",
        "provider_id": "proconnect",
        "name": "ProConnect",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url, "token_auth_method": "client_secret_post"},
    }


def signing_key(environment: Mapping[str, str], home: Home) -> str:
    """Return the key that signs what the site gives out: of the environment, else kept in the home."""
    if said := environment.get("ESSOR_SECRET_KEY"):
        return said
    try:
        return key_file(home).read_text("ascii").strip()
    except OSError:
        return ""


def keep_signing_key(home: Home) -> None:
    """Draw the key of this home, unless it has one; only its owner can read it.

    Raises:
        DiskError: it cannot be written.
    """
    file = key_file(home)
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        trial = file.with_name(f".{file.name}-{os.getpid()}")
        trial.touch(mode=0o600)
        trial.write_text(secrets.token_urlsafe(48), "ascii")
        try:
            # Two servers that start together end with the same key.
            os.link(trial, file)
        except FileExistsError:
            return
        finally:
            trial.unlink()
    except OSError as error:
        message = (
            f"La clé du site ne peut pas être écrite dans « {home.root} » ({error.strerror}) : "
            "donnez-en une par ESSOR_SECRET_KEY."
        )
        raise DiskError(message) from error


def key_file(home: Home) -> Path:
    """Return where the key of the site is kept when the environment gives none."""
    return home.root / "secret.key"


def _unreadable(variable: str, example: str) -> str:
    # Its value holds a password: it is not repeated.
    return f"{variable} n’est pas une adresse qu’Essor sait lire : écrivez-la « {example} »."
