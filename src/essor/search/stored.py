"""What only one document says, its name above all, kept as it is: one line of JSON each, end to end."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json, to_json

from essor.search.document import Document

OWN = ("id", "siren", "siret", "name", "acronym", "text")
"""The fields of a document that few others share: columns hold the others."""

_FILES = ("lines", "ends")
_VALUES = attrgetter(*OWN)


@dataclass(frozen=True, slots=True)
class Stored:
    """The lines of documents in the order of their identifiers. Shape: `ends` (n + 1,), the first being 0."""

    lines: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @property
    def documents(self) -> int:
        """Return how many documents there are."""
        return len(self.ends) - 1

    def read(self, ordinal: int) -> dict[str, Any]:
        """Return the fields `OWN` of a document."""
        line = self.lines[self.ends[ordinal] : self.ends[ordinal + 1]]
        return dict(zip(OWN, from_json(line.tobytes()), strict=True))

    def place(self, identifier: str) -> int | None:
        """Return the ordinal of the document of that identifier, None when there is none."""
        every = range(self.documents)
        place = bisect_left(every, identifier, key=lambda ordinal: self.read(ordinal)["id"])
        is_there = place < len(every) and self.read(place)["id"] == identifier
        return place if is_there else None


class StoredWriter:
    """Gathers the lines of documents, which come in the order of their identifiers."""

    def __init__(self) -> None:
        self._lines = bytearray()
        self._sizes = [np.zeros(1, np.int64)]

    def add(self, documents: Sequence[Document]) -> None:
        """Take the next documents."""
        lines = [to_json(_VALUES(document)) for document in documents]
        self._sizes.append(np.array([len(line) for line in lines], np.int64))
        self._lines += b"".join(lines)

    def stored(self) -> Stored:
        """Return the lines of the documents gathered."""
        return Stored(np.frombuffer(self._lines, np.uint8), np.cumsum(np.concatenate(self._sizes)))


def write_stored(stored: Stored, folder: Path) -> None:
    """Write the lines into `folder`, one file an array."""
    for name in _FILES:
        np.save(folder / f"{name}.npy", getattr(stored, name))


def read_stored(folder: Path) -> Stored:
    """Return the lines written in `folder`, mapped in memory."""
    lines, ends = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES)
    return Stored(np.asarray(lines), np.asarray(ends))
