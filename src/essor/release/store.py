"""The releases on the disk: which there are, which one is in service, which may go.

Nothing is counted beside the folders: numbers, order and the release in service are read from them.
A change is one rename, so that a process killed between two instructions leaves either the state
before or the state after, and at most a folder whose name begins with a dot, which no reader sees.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from essor.errors import BrokenReleaseError, InvalidRequestError, NoReleaseError
from essor.home import Home
from essor.release.manifest import MANIFEST, Manifest, read_manifest
from essor.warehouse.disk import flush

KEPT = 3
"""How many releases a build leaves, unless told otherwise."""

CURRENT = "current"

DEBRIS = (".building-*", ".pruned-*", ".current-*")
"""What a killed process may leave in the folder of releases."""

_NUMBERED = re.compile(r"[0-9]{4,}")


def folder_of(home: Home, number: int) -> Path:
    """Return the folder of release `number`, there or not."""
    return home.releases / f"{number:04d}"


def numbers(home: Home) -> tuple[int, ...]:
    """Return the numbers of the releases on the disk, oldest first."""
    if not home.releases.is_dir():
        return ()
    return tuple(
        sorted(int(path.name) for path in home.releases.iterdir() if _NUMBERED.fullmatch(path.name))
    )


def next_number(home: Home) -> int:
    """Return the number of the release to build.

    It is never one that was published: pruning always leaves the newest release.
    """
    return max(numbers(home), default=0) + 1


def current(home: Home) -> int | None:
    """Return the number of the release in service, None before the first build.

    Raises:
        BrokenReleaseError: somebody put something else in the place of the link.
    """
    try:
        name = (home.releases / CURRENT).readlink().name
        return int(name)
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        message = f"« {home.root} » n’est pas un dossier : donnez par ESSOR_HOME celui d’Essor."
        raise BrokenReleaseError(message) from error
    except (OSError, ValueError) as error:
        message = (
            f"« {home.releases / CURRENT} » n’est pas le lien qu’Essor y met : supprimez-le, puis "
            "choisissez une version avec `essor releases use N`."
        )
        raise BrokenReleaseError(message) from error


def releases(home: Home) -> tuple[Manifest, ...]:
    """Return the manifest of every release on the disk, oldest first.

    Raises:
        BrokenReleaseError: one of them cannot be read.
    """
    return tuple(read_manifest(folder_of(home, number) / MANIFEST) for number in numbers(home))


def switch(home: Home, number: int) -> None:
    """Put release `number` in service by one rename; only called under the lock.

    Raises:
        NoReleaseError: that release is not on the disk.
    """
    if number not in (known := numbers(home)):
        listed = ", ".join(str(one) for one in known) or "aucune"
        message = (
            f"La version {number} n’existe pas (versions présentes : {listed}). "
            "Choisissez-en une que `essor releases` liste."
        )
        raise NoReleaseError(message)
    link = home.releases / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(folder_of(home, number).name)
    link.replace(home.releases / CURRENT)
    flush(home.releases)


def prune(home: Home, keep: int = KEPT) -> tuple[int, ...]:
    """Remove all but the newest `keep` releases and return the numbers removed.

    The release in service and those that a process is reading stay. Only called under the lock.

    Raises:
        InvalidRequestError: `keep` is below 1: the newest must stay, for its number is the counter.
    """
    if keep < 1:
        message = f"Impossible de garder {keep} version : gardez-en au moins une avec `--keep 1`."
        raise InvalidRequestError(message)
    in_service = current(home)
    old = (number for number in numbers(home)[:-keep] if number != in_service)
    return tuple(number for number in old if _remove_unread(home, number))


def discard_debris(home: Home) -> None:
    """Remove what killed processes left; only called under the lock."""
    for pattern in DEBRIS:
        for path in home.releases.glob(pattern):
            remove(path)


def remove(path: Path) -> None:
    """Remove a link or a folder, sealed or not."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for folder, _, _ in os.walk(path):
        Path(folder).chmod(0o755)
    shutil.rmtree(path)


def _remove_unread(home: Home, number: int) -> bool:
    """Remove a release unless somebody reads it; it vanishes by one rename, then is deleted."""
    folder = folder_of(home, number)
    doomed = home.releases / f".pruned-{folder.name}-{os.getpid()}"
    with _claimed(folder / MANIFEST) as is_ours:
        if is_ours:
            folder.rename(doomed)
    if is_ours:
        remove(doomed)
    return is_ours


@contextmanager
def _claimed(manifest: Path) -> Iterator[bool]:
    """Hold the manifest alone; false when a reader holds it, as `opened.open_release` does."""
    try:
        handle = os.open(manifest, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = True
    except OSError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(handle)
