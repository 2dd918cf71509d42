"""A JSON object of objects of texts, read as lines: one per text, with the names that lead to it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from essor.warehouse.form import flaw

COLUMNS = ("key", "field", "rank", "text")
"""What a line says: the two names that lead to the text, its place among its like, the text."""

Line = tuple[str, str, int, str]


def lines_of(path: Path) -> Iterator[Line]:
    """Yield a line per text of `{key: {field: text or [text, …]}}`, in the order of the file.

    Raises:
        SourceError: it is not JSON, or not such a tree.
    """
    try:
        tree = json.loads(path.read_text("utf-8-sig"))
    except ValueError as broken:
        raise flaw("est un JSON illisible ou tronqué") from broken
    for key, fields in _named(tree):
        for field, value in _named(fields):
            texts = value if isinstance(value, list) else [value]
            for rank, text in enumerate(texts):
                if not isinstance(text, str):
                    raise _other_shape()
                yield key, field, rank, text


def write_lines(path: Path, out: BinaryIO) -> None:
    """Write the lines of the tree at `path` into `out`, as a CSV file whose header is `COLUMNS`.

    Raises:
        SourceError: it is not JSON, or not such a tree.
    """
    writer = csv.writer(_Encoded(out), lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines_of(path))


class _Encoded:
    """A binary file to which text is written, in UTF-8."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode("utf-8"))


def _named(tree: object) -> Iterator[tuple[str, object]]:
    if not isinstance(tree, dict):
        raise _other_shape()
    yield from tree.items()


def _other_shape() -> Exception:
    return flaw("est un JSON d’une autre forme que celle attendue (un objet d’objets de textes)")
