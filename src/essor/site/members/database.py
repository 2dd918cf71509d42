"""The people's database before the site opens: is it there, is it of this version."""

import os
from contextlib import AbstractContextManager, nullcontext, suppress
from enum import Enum
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from filelock import FileLock

from essor.errors import DiskError, EngineError, InvalidRequestError

NO_ANSWER = (DatabaseError, InterfaceError)
"""What Django raises when the database does not answer, or not as it should."""

NOT_REACHED = (
    "La base des personnes ne répond pas : vérifiez DATABASE_URL et que le serveur est démarré, "
    "puis relancez."
)


class State(Enum):
    """What the database is to the code that would read it."""

    READY = "ready"
    ABSENT = "absent"
    """The file of SQLite is not there yet, or is empty: nothing can be lost by making it."""
    LATE = "late"
    UNREACHABLE = "unreachable"


def state() -> State:
    """Return what the database is to this code, without changing anything in it."""
    _set_up()
    file = _file()
    if file is not None and not (file.exists() and file.stat().st_size):
        return State.ABSENT
    try:
        executor = MigrationExecutor(connection)
        late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except NO_ANSWER:
        return State.UNREACHABLE
    return State.LATE if late else State.READY


def migrate() -> None:
    """Bring the database to this version of Essor, making it when it is a file that is not there.

    Raises:
        DiskError: its file cannot be written.
        EngineError: it does not answer.
    """
    _set_up()
    file = _file()
    try:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            # It holds addresses: its owner alone reads it.
            file.touch(mode=0o600)
        call_command("migrate", interactive=False, verbosity=0)
    except (OSError, *NO_ANSWER) as error:
        if file is not None:
            message = (
                f"La base des personnes ne peut pas être écrite dans « {file} » ({error}) : "
                "libérez de la place, ou changez les droits de son dossier."
            )
            raise DiskError(message) from error
        raise EngineError(NOT_REACHED) from error


def refuse_late() -> State:
    """Return the state of the database, unless it lags behind.

    Raises:
        InvalidRequestError: it lags behind this version of Essor: it must be migrated first.
    """
    found = state()
    if found is State.LATE:
        message = (
            "La base des personnes est d’une version antérieure d’Essor : faites-en une sauvegarde, "
            "puis lancez « essor serve --migrate »."
        )
        raise InvalidRequestError(message)
    return found


def make_ready(*, migrates: bool) -> State:
    """Return the state in which the database was found; it is ready afterwards, or unreachable.

    One that holds people is changed only if asked; servers that start together wait for one another.

    Raises:
        InvalidRequestError: it lags behind, and nobody asked to migrate it.
        EngineError: it does not answer, and it was asked to migrate it.
        DiskError: its file cannot be written.
    """
    _set_up()
    with _alone():
        found = State.LATE if migrates else refuse_late()
        if found in {State.ABSENT, State.LATE}:
            migrate()
    # The processes that serve open their own connections.
    with suppress(*NO_ANSWER):
        connection.close()
    return found


def _alone() -> AbstractContextManager[object]:
    """Return what keeps the other servers of this file waiting; a server of databases has its own."""
    file = _file()
    if file is None or not file.parent.is_dir():
        return nullcontext()
    return FileLock(f"{file}.lock", mode=0o600)


def _set_up() -> None:
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.site.settings")
        django.setup()


def _file() -> Path | None:
    """Return the file of SQLite, None when the database is a server."""
    database = settings.DATABASES["default"]
    return Path(str(database["NAME"])) if str(database["ENGINE"]).endswith("sqlite3") else None
