"""Writing to the disk: whole files or none, and a plain sentence when the disk refuses."""

import errno
import math
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from essor.errors import DiskError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_THOUSAND = 1000
_UNITS = ("ko", "Mo", "Go", "To")
# A logarithm may fall a hair short of a whole power of a thousand.
_ROUNDING = 1e-9


def readable_size(size_bytes: int) -> str:
    """Return the size as a person reads it: « 1,7 Mo »."""
    if size_bytes < _THOUSAND:
        return f"{size_bytes} octet{'s' if size_bytes > 1 else ''}"
    power = min(len(_UNITS), int(math.log(size_bytes, _THOUSAND) + _ROUNDING))
    amount = size_bytes / _THOUSAND**power
    return f"{amount:.1f} {_UNITS[power - 1]}".replace(".", ",")


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Turn a refusal of the disk, while writing in `folder`, into a sentence.

    Raises:
        DiskError: the disk is full, read-only, or the folder is not ours to write.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskError(_full(folder)) from error
        if error.errno in _FORBIDDEN:
            raise DiskError(
                f"Impossible d’écrire dans « {folder} » : {_reason(error)} ; corrigez les droits "
                "du dossier, ou choisissez-en un autre par la variable ESSOR_HOME."
            ) from error
        raise


def make_folder(folder: Path) -> None:
    """Make a folder of the home, and those above it, unless it is there.

    Raises:
        DiskError: it cannot be made there.
        NotADirectoryError, FileExistsError: a file bears its name, or one above.
    """
    with writing_in(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (NotADirectoryError, FileExistsError):
            raise
        except OSError as error:
            if error.errno in _FULL | _FORBIDDEN:
                raise
            raise DiskError(
                f"Le dossier « {folder} » ne peut pas être créé ({_reason(error)}) : choisissez-en un "
                "autre par la variable ESSOR_HOME."
            ) from error


def cannot_write(target: Path, reason: str) -> DiskError:
    """Return the error that says that a file of work cannot be written, and why."""
    return DiskError(
        f"Impossible d’écrire « {target.name} » ({reason}) : libérez de la place sur le disque de "
        f"« {target.parent} », puis recommencez."
    )


def require_room(folder: Path, wanted_bytes: int) -> None:
    """Check, before writing them, that the disk of `folder` has room for so many bytes.

    Raises:
        DiskError: it has not; the sentence says how much is missing.
    """
    missing = wanted_bytes - shutil.disk_usage(folder).free
    if missing > 0:
        raise DiskError(
            f"Le disque de « {folder} » est trop plein : il y manque {readable_size(missing)} ; "
            "libérez cette place, puis relancez la commande."
        )


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` at `path`, on the disk for good, so that a reader sees all of it or none.

    Raises:
        DiskError: the disk refuses; what was at `path` is still there.
    """
    beside = path.with_name(f".{path.name.lstrip('.')}.tmp")
    with writing_in(path.parent):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def flush(path: Path) -> None:
    """Wait until the file or folder at `path` is on the disk, so that no power cut undoes it.

    Raises:
        DiskError: the disk refuses.
    """
    with writing_in(path.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _full(folder: Path) -> str:
    left = readable_size(shutil.disk_usage(folder).free) if folder.is_dir() else "0 octets"
    return (
        f"Le disque de « {folder} » est plein (il y reste {left}) : libérez de la place, "
        "puis relancez la commande."
    )


def _reason(error: OSError) -> str:
    if error.errno == errno.EROFS:
        return "le disque est en lecture seule"
    return "l’accès est refusé"
