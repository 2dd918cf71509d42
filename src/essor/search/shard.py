"""A shard: the documents of one kind in one tantivy index, on the disk or in memory."""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from essor.search.cells import (
    Positions,
    cells_of,
    positions_of,
    read_positions,
    write_positions,
)
from essor.search.document import Document
from essor.search.schema import fields_of, open_fields, schema

_HEAP_BYTES = 1_500_000_000
"""Room to write the whole of a kind as one segment, so that the documents stay in their order."""

_SMALL_HEAP_BYTES = 15_000_000

_BATCH = 10_000
"""How many documents are placed in their cells at once."""

_REMOVALS, _PAUSE_S = 100, 0.01


@dataclass(frozen=True, slots=True)
class Shard:
    """An index open for reading; `hidden` are the identifiers that a later shard replaces."""

    searcher: tantivy.Searcher
    positions: Positions
    hidden: tuple[str, ...] = ()

    def frequency(self, field: str, term: str) -> int:
        """Return how many of its documents have `term` in `field`."""
        found: int = self.searcher.doc_freq(field, term)
        return found

    @property
    def documents(self) -> int:
        """Return how many documents it holds, hidden ones included."""
        count: int = self.searcher.num_docs
        return count


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many documents, and the activities they have."""

    documents: int
    codes: frozenset[str]


def write_shard(
    documents: Iterable[Document], sections: Mapping[str, str], folder: Path
) -> Written:
    """Write an index of the documents, which come in the order of their identifiers, into `folder`."""
    index = tantivy.Index(schema(), path=str(folder))
    positions, written = _fill(index, documents, sections, _HEAP_BYTES)
    write_positions(positions, folder)
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    return written


def open_shard(folder: Path) -> Shard:
    """Return the index written in `folder`, where nothing is ever written nor locked.

    Tantivy wants to create a lock beside an index that it opens, which a sealed release forbids: it
    is shown links in a folder of its own, which goes once every file is mapped in memory.
    """
    with _aside() as aside:
        for path in folder.iterdir():
            (aside / path.name).symlink_to(path.resolve())
        index = tantivy.Index.open(str(aside))
        index.config_reader("manual")
        open_fields(index)
        searcher = index.searcher()
    return Shard(searcher, read_positions(folder))


def shard_in_memory(documents: Iterable[Document], sections: Mapping[str, str]) -> Shard:
    """Return an index of a few documents, kept in memory."""
    index = tantivy.Index(schema())
    ordered = sorted(documents, key=lambda document: document.id)
    positions, _ = _fill(index, ordered, sections, _SMALL_HEAP_BYTES)
    index.reload()
    return Shard(index.searcher(), positions)


@contextmanager
def _aside() -> Iterator[Path]:
    """Give an empty folder, and remove it: again, should a thread of tantivy put its lock there meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="essor-search-"))
    try:
        yield folder
    finally:
        for _ in range(_REMOVALS):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_PAUSE_S)


def _fill(
    index: tantivy.Index,
    documents: Iterable[Document],
    sections: Mapping[str, str],
    heap_bytes: int,
) -> tuple[Positions, Written]:
    open_fields(index)
    writer = index.writer(heap_bytes, num_threads=1)
    points: list[NDArray[np.float64]] = []
    codes: set[str | None] = set()
    count = 0
    for batch in _batches(documents):
        points.append(_points(batch))
        cells = _cells(points[-1])
        for ordinal, (document, held) in enumerate(zip(batch, cells, strict=True), count):
            fields = fields_of(document, ordinal, held, sections)
            writer.add_document(tantivy.Document.from_dict(fields, schema()))
        codes.update(document.naf for document in batch)
        count += len(batch)
    writer.commit()
    writer.wait_merging_threads()
    every = np.concatenate(points) if points else np.empty((0, 2))
    placed = np.flatnonzero(_is_placed(every))
    positions = positions_of(every[placed], placed.astype(np.uint32))
    return positions, Written(count, frozenset(filter(None, codes)))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _points(batch: list[Document]) -> NDArray[np.float64]:
    """Return the position of each document, in degrees; not a number when it has none."""
    return np.array([(document.lon, document.lat) for document in batch], np.float64)


def _cells(points: NDArray[np.float64]) -> list[list[int]]:
    """Return the cells of each position, none for a document that has no position."""
    is_placed = _is_placed(points)
    found = iter(cells_of(points[is_placed]).tolist())
    return [next(found) if is_there else [] for is_there in is_placed.tolist()]


def _is_placed(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(points).any(axis=1))
