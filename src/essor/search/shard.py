"""A shard: the documents of one kind, in arrays that are mapped from the disk or kept in memory."""

import gc
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from math import isnan
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.search.circle import Positions, positions_of, read_positions, write_positions
from essor.search.columns import Column, ColumnWriter, column_of
from essor.search.document import Document
from essor.search.lexicon import Lexicon, LexiconWriter, Ordinals, read_lexicon, write_lexicon
from essor.search.query import FORM, LEVELS
from essor.search.schema import (
    NONE,
    STATE,
    naf_positions,
    name_key,
    names_of,
    stems_by_word,
    stems_of_place,
)
from essor.search.stored import Stored, StoredWriter, read_stored, write_stored

_BATCH = 10_000
"""How many documents are written at once."""

_LEXICONS = ("name", "place", "text", "status", "naf", "siren", "siret")
_COLUMNS = ("naf", "ess_family", "status", "division", "staff_band", *LEVELS, "place", "state")
_STATE = attrgetter(*STATE)
_VALUES, _NAMES = "columns.json", "names.npy"


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents open for reading, each known by its rank; `hidden` are those that a later shard replaces.

    Shape: `names` (2, n), the key of each whole name, in order, and the document that has it.
    """

    lexicons: Mapping[str, Lexicon]
    columns: Mapping[str, Column]
    positions: Positions
    names: NDArray[np.uint64]
    stored: Stored
    hidden: Ordinals = field(default_factory=lambda: np.zeros(0, np.uint32))

    @property
    def documents(self) -> int:
        """Return how many documents it holds, hidden ones included."""
        return self.stored.documents

    def frequency(self, field: str, term: str) -> int:
        """Return how many of its documents have `term` in `field`."""
        return self.lexicons[field].count(term)

    def named(self, name: str) -> Ordinals:
        """Return the documents whose whole name is that one."""
        keys, documents = self.names
        key = np.uint64(name_key(name))
        start, end = (int(np.searchsorted(keys, key, side)) for side in ("left", "right"))
        return np.asarray(documents[start:end], np.uint32)

    def document(self, ordinal: int) -> Document:
        """Return a document."""
        value = {name: column.value(ordinal) for name, column in self.columns.items()}
        lon, lat = map(_finite, self.positions.points[ordinal].tolist())
        commune_name, place = value["place"]
        return Document(
            **self.stored.read(ordinal),
            naf=value["naf"][0] if value["naf"] else None,
            ess_family=_known(value["ess_family"]),
            statuses=value["status"],
            staff_band=_known(value["staff_band"]),
            commune_name=commune_name,
            place=place,
            territories=tuple(_known(value[level]) for level in LEVELS),
            lon=lon,
            lat=lat,
            **dict(zip(STATE, value["state"], strict=True)),
            forms=value[FORM],
        )

    def without(self, identifiers: Iterable[str]) -> "Shard":
        """Return the shard without the documents of these identifiers."""
        places = {place for each in identifiers if (place := self.stored.place(each)) is not None}
        hidden = np.union1d(self.hidden, np.array(sorted(places), np.uint32))
        return replace(self, hidden=hidden.astype(np.uint32))


def write_shard(documents: Iterable[Document], sections: Mapping[str, str], folder: Path) -> Shard:
    """Write the documents, which come in the order of their identifiers, into `folder`; return them."""
    with _no_collection():
        shard = _shard(documents, sections)
    for name, lexicon in shard.lexicons.items():
        write_lexicon(lexicon, folder, f"terms.{name}")
    # Forms are of what members publish: no release holds any.
    columns = {name: shard.columns[name] for name in _COLUMNS}
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column.codes)
    np.save(folder / _NAMES, shard.names)
    write_positions(shard.positions, folder)
    write_stored(shard.stored, folder)
    values = {name: column.values for name, column in columns.items()}
    (folder / _VALUES).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return shard


def open_shard(folder: Path) -> Shard:
    """Return the documents written in `folder`, mapped in memory.

    Raises:
        OSError: a file is missing.
        ValueError: a file is not as it was written.
    """
    values, stored = json.loads((folder / _VALUES).read_bytes()), read_stored(folder)
    shard = Shard(
        {name: read_lexicon(folder, f"terms.{name}") for name in _LEXICONS},
        {name: column_of(values[name], _mapped(folder / f"{name}.npy")) for name in _COLUMNS}
        | {FORM: column_of(((),), np.zeros(stored.documents, np.uint8))},
        read_positions(folder),
        _mapped(folder / _NAMES),
        stored,
    )
    sizes = {len(column.codes) for column in shard.columns.values()}
    if sizes != {shard.documents}:
        raise ValueError(f"{folder} does not hold as many values as organisations.")
    return shard


def shard_in_memory(documents: Iterable[Document], sections: Mapping[str, str]) -> Shard:
    """Return a few documents, kept in memory."""
    return _shard(sorted(documents, key=lambda document: document.id), sections)


def _shard(documents: Iterable[Document], sections: Mapping[str, str]) -> Shard:
    lexicons = {name: LexiconWriter() for name in _LEXICONS}
    columns = {name: ColumnWriter() for name in (*_COLUMNS, FORM)}
    points, keys, stored = [np.empty((0, 2))], [np.zeros(0, np.uint64)], StoredWriter()
    for batch in _batches(documents):
        for name, terms in _terms(batch).items():
            lexicons[name].add(terms)
        for name, values in _columns(batch, sections).items():
            columns[name].add(values)
        points.append(np.array([(each.lon, each.lat) for each in batch], np.float64))
        keys.append(np.array([name_key(each.name or "") for each in batch], np.uint64))
        stored.add(batch)
    names = np.concatenate(keys)
    order = np.argsort(names, kind="stable")
    return Shard(
        {name: writer.lexicon() for name, writer in lexicons.items()},
        {name: writer.column() for name, writer in columns.items()},
        positions_of(np.concatenate(points)),
        np.stack([names[order], order.astype(np.uint64)]),
        stored.stored(),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Stop looking for cycles: millions of small values are made, none of which is in one."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _terms(batch: Sequence[Document]) -> dict[str, Sequence[Collection[str]]]:
    """Return what the documents are found by, in the fields where it is looked up."""
    return {
        "name": [stems_by_word(names_of(each)) for each in batch],
        "place": [stems_of_place(each.place) for each in batch],
        "text": [stems_by_word(each.text) for each in batch],
        "status": [each.statuses for each in batch],
        "naf": [(each.naf,) if each.naf else () for each in batch],
        "siren": [(each.siren,) if each.siren else () for each in batch],
        "siret": [(each.siret,) if each.siret else () for each in batch],
    }


def _columns(batch: Sequence[Document], sections: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Return what the documents are filtered and counted by."""
    codes = {each.naf for each in batch} - {None}
    positions = {code: naf_positions(code, sections.get(code[:2])) for code in codes if code}
    territories = list(zip(*(each.territories for each in batch), strict=True))
    return {
        "naf": [positions.get(each.naf or "", ()) for each in batch],
        "ess_family": [each.ess_family or NONE for each in batch],
        "status": [each.statuses for each in batch],
        "division": [each.naf[:2] if each.naf else NONE for each in batch],
        "staff_band": [each.staff_band or NONE for each in batch],
        **{
            level: [code or NONE for code in held]
            for level, held in zip(LEVELS, territories, strict=True)
        },
        "place": [(each.commune_name, each.place) for each in batch],
        "state": list(map(_STATE, batch)),
        FORM: [each.forms for each in batch],
    }


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _known(value: str) -> str | None:
    return None if value == NONE else value


def _finite(degrees: float) -> float | None:
    return None if isnan(degrees) else degrees


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r"))
