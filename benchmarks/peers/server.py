"""A PostgreSQL of our own, in a temporary folder, for the time of a measure."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from benchmarks.peers.figures import PeerMissingError

_DEBIAN = Path("/usr/lib/postgresql")
_USERS = ("postgres", "nobody")
"""Who may run the server when we are root: PostgreSQL refuses to be."""

# One core, as Essor has; memory enough for all the data; nothing is kept, so nothing is synchronised.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "2GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "6GB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_wal_size": "8GB",
    "jit": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}
_PATIENCE_S = 30


class Copy(Protocol):
    """Rows on their way to a table."""

    def write_row(self, row: Sequence[object]) -> None:
        """Send one row."""


class Cursor(Protocol):
    """What the driver gives to read rows, or to send them."""

    def fetchone(self) -> Sequence[object] | None:
        """Return the next row."""

    def fetchall(self) -> Sequence[Sequence[object]]:
        """Return all the rows."""

    def copy(self, sql: str) -> AbstractContextManager[Copy]:
        """Return what sends rows."""


class Info(Protocol):
    """What the driver knows of the other end."""

    backend_pid: int
    host: str
    """The folder of the server's socket."""


class Connection(Protocol):
    """What is used of a connection of psycopg, which the product does not need."""

    info: Info

    def execute(
        self, sql: str, values: Sequence[object] | Mapping[str, object] | None = None
    ) -> Cursor:
        """Run a statement."""

    def cursor(self) -> Cursor:
        """Return a cursor."""


@contextmanager
def server() -> Iterator[Connection]:
    """Yield a connection to a new, empty PostgreSQL; it is stopped and removed afterwards.

    Raises:
        PeerMissingError: PostgreSQL or its driver is not installed, or it does not start.
    """
    if find_spec("psycopg") is None:
        message = "psycopg is not installed beside this Python (dependency group `dev`)"
        raise PeerMissingError(message)
    programs = _programs()
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="essor-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        _make(programs, folder, user)
        with _running(programs, folder, user):
            yield from _connected(folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_extension(connection: Connection, name: str) -> bool:
    """Create the extension when the server can, and return whether it could."""
    found = connection.execute(
        "SELECT default_version FROM pg_available_extensions WHERE name = %s", (name,)
    ).fetchone()
    if found:
        connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    return found is not None


def processor_ms(process: int) -> float | None:
    """Return the processor time that a process has taken, in ms; None where Linux does not say."""
    try:
        told = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
    except OSError:
        return None
    return int(told.split()[0]) / 1e6


def _programs() -> Path:
    """Return the folder of `postgres` and `initdb`."""
    found = shutil.which("postgres")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(_DEBIAN.glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    message = "PostgreSQL is not installed (Debian: postgresql postgresql-15-postgis-3)"
    raise PeerMissingError(message)


def _unprivileged() -> str | None:
    """Return the user that must run the server, None when we may run it ourselves."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    found = next((user for user in _USERS if user in known), None)
    if found is None:
        message = "PostgreSQL refuses to run as root, and there is no other user here"
        raise PeerMissingError(message)
    return found


def _make(programs: Path, folder: Path, user: str | None) -> None:
    # Accented capitals are lowered by the C.UTF-8 locale, and not by C.
    locale = ("--locale=C", "--lc-ctype=C.UTF-8", "--encoding=UTF8")
    options = ("--auth=trust", "--no-sync", "--username=essor", *locale)
    command = (str(programs / "initdb"), "-D", str(folder / "data"), *options)
    done = _start(command, folder, user)
    _, errors = done.communicate()
    if done.returncode:
        message = f"initdb failed: {errors.decode(errors='replace').strip()[-200:]}"
        raise PeerMissingError(message)


@contextmanager
def _running(programs: Path, folder: Path, user: str | None) -> Iterator[None]:
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    command = (str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings)
    with _start(command, folder, user) as process:
        try:
            yield
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server: a fast shutdown, as PostgreSQL calls it, then an immediate one."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)


def _start(command: Sequence[str], folder: Path, user: str | None) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=folder,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
    )


def _connected(folder: Path, user: str | None) -> Iterator[Connection]:
    driver = import_module("psycopg")
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            opened = driver.connect(
                host=str(folder), user="essor", dbname="postgres", autocommit=True
            )
            break
        except driver.OperationalError as error:
            if time.monotonic() > deadline:
                message = f"PostgreSQL, run as {user or 'ourselves'}, does not answer: {error}"
                raise PeerMissingError(message) from error
            time.sleep(0.1)
    # Each query is planned for its own values: a generic plan would be slower.
    opened.prepare_threshold = None
    with opened:
        yield cast("Connection", opened)
