"""Lists as people keep them (CSV, XLSX, JSON lines), read row by row; nothing of a broken row is lost."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from essor.errors import InvalidRequestError
from essor.linkage.workbook import is_workbook, workbook_rows

LARGEST_FILE = 200_000_000
"""Bytes of the largest list that is read."""

SEPARATORS = (";", ",", "\t", "|")
DEFAULT_SEPARATOR = ";"

_TRIED_LINES = 30
# A quoted cell that spans more lines is one whose quote was never closed.
_LONGEST_CELL_LINES = 40
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb : Excel before 2007, or a password
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = frozenset(map(chr, (*range(9), 11, *range(14, 32), 127)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, its cells, and why it cannot be read if it cannot, in French."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its titles, as many as the longest row has cells, and its rows, as many cells each."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str = DEFAULT_SEPARATOR


def read_listing(path: Path, *, has_titles: bool = True) -> Listing:
    """Return the list that the file at `path` holds; its form is read from its contents.

    Raises:
        InvalidRequestError: no such file, too large, empty, or not a list.
    """
    held = _contents(path)
    if is_workbook(held):
        rows = (Row(line, cells) for line, cells in workbook_rows(held, path.name))
        return _listed(rows, path, DEFAULT_SEPARATOR, has_titles=has_titles)
    text = _text(held, path)
    if text.lstrip().startswith(("{", "[{")):
        return _of_objects(text, path)
    # Only ends of lines end a line: `splitlines` would also cut at signs that cells hold.
    lines = list(io.StringIO(text, newline=""))
    separator = _separator(lines[:_TRIED_LINES])
    return _listed(_records(lines, separator), path, separator, has_titles=has_titles)


def _contents(path: Path) -> bytes:
    if path.is_dir():
        raise InvalidRequestError(f"« {path} » est un dossier : donnez le fichier d’une liste.")
    try:
        size = path.stat().st_size
        held = path.read_bytes() if size <= LARGEST_FILE else b""
    except FileNotFoundError as error:
        raise InvalidRequestError(
            f"Le fichier « {path} » n’existe pas : vérifiez le chemin ; pour chercher une organisation "
            "par son nom, « essor search » suffit."
        ) from error
    except (OSError, ValueError) as error:
        raise InvalidRequestError(
            f"« {path} » ne peut pas être lu : vérifiez le chemin et ses droits."
        ) from error
    if size > LARGEST_FILE:
        raise InvalidRequestError(
            f"« {path} » pèse {size // 10**6} Mo : au plus {LARGEST_FILE // 10**6} ; coupez la liste."
        )
    if not held.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise InvalidRequestError(f"« {path} » est vide : il n’y a rien à rapprocher.")
    return held


def _text(held: bytes, path: Path) -> str:
    """Return the text of the file, in the encoding that its marks or its bytes tell."""
    if held.startswith(_COMPOUND_FILE):
        raise InvalidRequestError(
            f"« {path} » est un ancien classeur Excel, ou un classeur protégé par mot de passe : "
            "enregistrez-le en .xlsx ou en CSV."
        )
    encoding = next((each for mark, each in _MARKS if held.startswith(mark)), "utf-8")
    try:
        text = held.decode(encoding)
    except UnicodeDecodeError:
        text = held.decode("cp1252", "replace")
    if _NOT_TEXT.intersection(text):
        raise InvalidRequestError(
            f"« {path} » n’est pas une liste : donnez un fichier CSV, XLSX ou JSON (une ligne par objet)."
        )
    return text


def _separator(lines: Sequence[str]) -> str:
    """Return the separator that cuts most lines in as many cells as the first, if it cuts any."""

    def regularity(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        first = widths[0] if widths else 1
        return (0, 0) if first == 1 else (widths.count(first), first)

    best = max(SEPARATORS, key=regularity)
    return best if regularity(best) > (0, 0) else DEFAULT_SEPARATOR


def _records(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """Yield the rows of a CSV text; a line whose quote is never closed is read as it stands."""
    at = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, at + _LONGEST_CELL_LINES), delimiter=separator)
        cells = _next(reader)
        after = at + max(reader.line_num, 1)
        if cells is None or "".join(lines[at:after]).count('"') % 2:
            plain = next(csv.reader([lines[at]], delimiter=separator, quoting=csv.QUOTE_NONE), [])
            yield Row(at + 1, tuple(plain), "Un guillemet est ouvert sans être refermé.")
            at += 1
            continue
        yield Row(at + 1, tuple(cells))
        at = after


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, [])
    except csv.Error:
        return None


def _listed(rows: Iterator[Row], path: Path, separator: str, *, has_titles: bool) -> Listing:
    """Return the rows under their titles, empty rows left out, each as wide as the widest."""
    held = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not held:
        raise InvalidRequestError(f"« {path} » est vide : il n’y a rien à rapprocher.")
    titled = held.pop(0).cells if has_titles else ()
    width = max(len(titled), *(len(row.cells) for row in held), 1) if held else len(titled)
    expected = len(titled) if has_titles else 0
    titles = [
        (titled[at].strip() if at < expected else "") or f"colonne {at + 1}" for at in range(width)
    ]
    return Listing(tuple(titles), tuple(_squared(row, width, expected) for row in held), separator)


def _squared(row: Row, width: int, expected: int) -> Row:
    """Return the row as wide as the others, with what is wrong with its width if it is too wide."""
    fault = row.fault
    if expected and not fault and len(row.cells) > expected:
        fault = (
            f"La ligne a {len(row.cells)} champs au lieu de {expected} : "
            "un séparateur est sans doute resté sans guillemets."
        )
    return Row(row.line, (*row.cells, *[""] * (width - len(row.cells))), fault)


def _of_objects(text: str, path: Path) -> Listing:
    """Return the list of a text of JSON: an object a line, or one array of objects."""
    read = list(_objects(text))
    titles = list(dict.fromkeys(key for _, each in read if isinstance(each, dict) for key in each))
    if not titles:
        raise InvalidRequestError(f"« {path} » ne contient aucun objet JSON lisible.")
    rows = [_object_row(line, each, titles) for line, each in read]
    return Listing(tuple(titles), tuple(rows))


def _objects(text: str) -> Iterator[tuple[int, object]]:
    """Yield each line and its value, the line itself when it is not JSON."""
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text), start=1)
        except (ValueError, RecursionError) as error:
            raise InvalidRequestError(
                "Le tableau JSON est coupé ou mal formé : donnez plutôt un objet par ligne."
            ) from error
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, line.strip()


def _object_row(line: int, read: object, titles: Sequence[str]) -> Row:
    if isinstance(read, dict):
        return Row(line, tuple(_written(read.get(title)) for title in titles))
    fault = "La ligne n’est pas un objet JSON."
    return Row(line, (_written(read), *[""] * (len(titles) - 1)), fault)


def _written(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
