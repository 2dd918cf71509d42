"""One synchronisation or build at a time: a lock that the kernel releases if we are killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from essor.errors import BusyError
from essor.home import Home
from essor.warehouse.disk import make_folder, write_atomically, writing_in


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds the lock, for the message to the next one; the lock itself needs none of it."""

    what: str
    pid: int
    since: datetime


_ADAPTER = TypeAdapter(_Holder)


@contextmanager
def exclusive(home: Home, what: str) -> Iterator[None]:
    """Hold the lock of `home` while doing `what`, a French noun: « une synchronisation ».

    Raises:
        BusyError: another process holds it; said at once, with its number when known.
        DiskError: the home cannot be written.
    """
    lock = FileLock(home.lock, blocking=False)
    with writing_in(home.root):
        make_folder(home.root)
        try:
            lock.acquire()
        except Timeout:
            raise BusyError(_busy(home)) from None
    signature = _signature(home)
    try:
        holder = _Holder(what, os.getpid(), datetime.now(UTC))
        write_atomically(signature, _ADAPTER.dump_json(holder))
        yield
    finally:
        signature.unlink(missing_ok=True)
        lock.release()


def _signature(home: Home) -> Path:
    return home.lock.with_name(f"{home.lock.name}.json")


def _busy(home: Home) -> str:
    advice = "attendez sa fin, puis relancez la commande."
    try:
        holder = _ADAPTER.validate_json(_signature(home).read_bytes())
    except (FileNotFoundError, ValidationError):
        return f"Un autre processus d’Essor travaille déjà dans « {home.root} » : {advice}"
    since = holder.since.astimezone()
    return (
        f"Déjà en cours dans « {home.root} » : {holder.what} "
        f"(processus {holder.pid}, depuis le {since:%d/%m/%Y à %H:%M}) ; {advice}"
    )
