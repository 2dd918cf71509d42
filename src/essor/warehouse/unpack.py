"""The text that a publisher's file holds: itself, or what its archive held, a chunk at a time."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from essor.errors import SourceError
from essor.sources.source import Source
from essor.warehouse.disk import cannot_write
from essor.warehouse.form import AGAIN, SUFFIXES, Form, flaw, form_of, opened_text
from essor.warehouse.header import is_header_of
from essor.warehouse.json_tree import write_lines

_CHUNK = 1 << 20


def table_form(source: Source, file: Path) -> Form:
    """Return the form of a file that holds a table.

    Raises:
        SourceError: it is not there, empty, truncated, or of a form that holds none.
    """
    if not file.is_file():
        raise refusal(source, file, "est introuvable", "vérifiez son emplacement")
    with refusing(source, file):
        form = form_of(file)
        if form is not Form.PARQUET and file.suffix in SUFFIXES[Form.PARQUET]:
            raise flaw("n’est pas un fichier Parquet malgré son nom")
        if form is Form.GEOJSON:
            raise flaw("est un GeoJSON, pas un tableau")
    return form


def unpacked(source: Source, file: Path, form: Form, workdir: Path) -> Path:
    """Return the text file that `file` holds: itself, or what its archive or its JSON held, in `workdir`.

    Raises:
        SourceError: the archive or the JSON is damaged, or does not hold exactly one table.
        DiskError: the disk is full.
    """
    if form is Form.CSV:
        return file
    target = workdir / f"{source.name}.unpacked.csv"
    if form is Form.JSON:
        with refusing(source, file), writing(target) as out:
            write_lines(file, out)
        return target
    is_header = partial(is_header_of, source)
    with (
        refusing(source, file),
        opened_text(file, form, is_header) as packed,
        writing(target) as out,
    ):
        shutil.copyfileobj(packed, out, _CHUNK)
    return target


@contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """Open `target` to be written; whatever goes wrong leaves no debris.

    Raises:
        DiskError: the disk is full or refuses.
    """
    try:
        with target.open("wb") as out:
            yield out
    except BaseException as failure:
        target.unlink(missing_ok=True)
        if isinstance(failure, OSError) and not isinstance(failure, gzip.BadGzipFile):
            raise cannot_write(target, str(failure.strerror)) from failure
        raise


@contextmanager
def refusing(source: Source, file: Path) -> Iterator[None]:
    """Say, of the flaw met in a file, which file of which source it is.

    Raises:
        SourceError: a flaw was met.
    """
    try:
        yield
    except SourceError as met:
        raise _refused(source, file, str(met)) from met


def refusal(source: Source, file: Path, why: str, remedy: str = AGAIN) -> SourceError:
    """Return the error that says which file of which source is refused, why, and what to do."""
    return _refused(source, file, str(flaw(why, remedy)))


def _refused(source: Source, file: Path, said: str) -> SourceError:
    return SourceError(f"{source.title} : le fichier « {file.name} » {said}.")
