"""A shard: the documents of one kind in one tantivy index, on the disk or in memory."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import tantivy

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
    with tempfile.TemporaryDirectory(prefix="essor-search-") as aside:
        for path in folder.iterdir():
            (Path(aside) / path.name).symlink_to(path.resolve())
        index = tantivy.Index.open(aside)
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


def _fill(
    index: tantivy.Index,
    documents: Iterable[Document],
    sections: Mapping[str, str],
    heap_bytes: int,
) -> tuple[Positions, Written]:
    open_fields(index)
    writer = index.writer(heap_bytes, num_threads=1)
    points: list[tuple[float, float]] = []
    ordinals: list[int] = []
    codes: set[str] = set()
    count = 0
    for ordinal, document in enumerate(documents):
        fields = fields_of(document, ordinal, sections)
        writer.add_document(tantivy.Document.from_dict(fields, schema()))
        if document.lon is not None and document.lat is not None:
            points.append((document.lon, document.lat))
            ordinals.append(ordinal)
        if document.naf:
            codes.add(document.naf)
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    cells = [cells_of(lon, lat) for lon, lat in points]
    return positions_of(points, ordinals, cells), Written(count, frozenset(codes))
