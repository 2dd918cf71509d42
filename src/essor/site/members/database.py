"""The people's database before the site opens: is it there, is it of this version."""

import os
from contextlib import AbstractContextManager, nullcontext, suppress
from enum import Enum
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from filelock import FileLock

from essor.errors import DiskError, PeopleDatabaseError

NO_ANSWER = (DatabaseError, InterfaceError)
"""What Django raises when the database does not answer, or not as it should."""

_LATE_WORDS = ("no such table", "no such column", "has no column")
"""What SQLite says of a schema that is not that of this code."""
_LATE_CODES = frozenset({"42P01", "42703"})
"""What PostgreSQL says of it: an undefined table, an undefined column."""
_LOCKED_CODES = frozenset({"55P03"})


class State(Enum):
    """What the database is to the code that would read it."""

    READY = "ready"
    ABSENT = "absent"
    """The file of SQLite is not there yet, or is empty: nothing can be lost by making it."""
    LATE = "late"
    LOCKED = "locked"
    UNREACHABLE = "unreachable"


_REFUSALS = {
    State.ABSENT: (
        "Il n’y a encore aucun membre, car la base des personnes n’existe pas : servez d’abord le "
        "site, par « essor serve »."
    ),
    State.LATE: (
        "La base des personnes est d’une version antérieure d’Essor : faites-en une sauvegarde, "
        "puis lancez « essor serve --migrate »."
    ),
    State.LOCKED: (
        "La base des personnes est verrouillée par un autre programme, qui n’a pas fini à temps : "
        "attendez qu’il finisse, ou arrêtez-le, puis relancez."
    ),
    State.UNREACHABLE: (
        "La base des personnes ne répond pas : vérifiez DATABASE_URL et que le serveur est démarré, "
        "puis relancez."
    ),
}
"""What, why, what to do, for whoever runs the site."""


def set_up() -> None:
    """Make Django ready, once."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.site.settings")
        django.setup()


def state() -> State:
    """Return what the database is to this code, without changing anything in it."""
    set_up()
    file = _file()
    if file is not None and not (file.exists() and file.stat().st_size):
        return State.ABSENT
    try:
        executor = MigrationExecutor(connection)
        late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except NO_ANSWER as error:
        return state_told_by(error) or State.UNREACHABLE
    return State.LATE if late else State.READY


def state_told_by(error: BaseException | None) -> State | None:
    """Return what an error says of the database, None when it is a fault of the code that asked."""
    said = str(error).lower()
    code = getattr(error.__cause__, "sqlstate", None) if error else None
    if code in _LATE_CODES or (
        isinstance(error, OperationalError) and any(words in said for words in _LATE_WORDS)
    ):
        return State.LATE
    if isinstance(error, ProgrammingError):
        return None
    if code in _LOCKED_CODES or (isinstance(error, OperationalError) and "is locked" in said):
        return State.LOCKED
    # A file that is no database is told by the mother of all errors; its daughters are bugs.
    is_down = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    return State.UNREACHABLE if is_down else None


def refusal(found: State) -> PeopleDatabaseError:
    """Return the error that tells a state in which nothing can be done."""
    return PeopleDatabaseError(_REFUSALS[found])


def refuse_unready() -> None:
    """Make Django ready on the database, for a command that reads it.

    Raises:
        PeopleDatabaseError: it is absent, lags behind this version, is locked or does not answer.
    """
    if (found := state()) is not State.READY:
        raise refusal(found)


def migrate() -> None:
    """Bring the database to this version of Essor, making it when it is a file that is not there.

    Raises:
        DiskError: its file cannot be written.
        PeopleDatabaseError: it does not answer.
    """
    set_up()
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
        raise refusal(State.UNREACHABLE) from error


def refuse_absent() -> State:
    """Return the state of a database that can be read, be it late, for a command that reads it whole.

    Raises:
        PeopleDatabaseError: it is absent, is locked or does not answer.
    """
    found = state()
    if found not in {State.READY, State.LATE}:
        raise refusal(found)
    return found


def make_empty_ready() -> None:
    """Make Django ready on the database, made when there is nothing yet in it that could be lost.

    Raises:
        PeopleDatabaseError: it lags behind this version, is locked or does not answer.
        DiskError: its file cannot be written.
    """
    found = state()
    is_new = found is State.LATE and not MigrationRecorder(connection).applied_migrations()
    if found is State.ABSENT or is_new:
        migrate()
    elif found is not State.READY:
        raise refusal(found)


def refuse_late() -> State:
    """Return the state of the database, unless it lags behind.

    Raises:
        PeopleDatabaseError: it lags behind this version of Essor: it must be migrated first.
    """
    found = state()
    if found is State.LATE:
        raise refusal(found)
    return found


def make_ready(*, migrates: bool) -> State:
    """Return the state in which the database was found; it is ready afterwards, or unreachable.

    One that holds people is changed only if asked; servers that start together wait for one another.

    Raises:
        PeopleDatabaseError: it lags behind, and nobody asked to migrate it; or it does not answer,
            and it was asked to migrate it.
        DiskError: its file cannot be written.
    """
    set_up()
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


def _file() -> Path | None:
    """Return the file of SQLite, None when the database is a server."""
    database = settings.DATABASES["default"]
    return Path(str(database["NAME"])) if str(database["ENGINE"]).endswith("sqlite3") else None
