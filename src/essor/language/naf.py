"""A text read into ranked sub-classes of the NAF rév. 2, each with the words and the labels that spoke."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import stems, words
from essor.language.knowledge import Knowledge, Position, knowledge_of
from essor.language.shelf import read_shelf, write_shelf
from essor.language.signals import SIGNALS, Index, Measured, index_of

LANGUAGE = "language"
"""Folder of a release where the index of what it knows is kept."""

LABELS_ALONE, WITH_PRODUCTS = "labels_and_notes", "with_products"
"""The sets of weights: which one serves is a matter of what is known."""

# What is asked is said at once: the end of a long page would only blur it.
_LONGEST_TEXT = 2_000
# Notes shown for one answer.
_SHOWN_TEXTS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sub-class, its chance among all of them (0 to 1), and the words and labels that spoke for it."""

    code: str
    score: float
    evidence: tuple[str, ...]


class Reader:
    """Reads texts with what a release knows.

    Given an `index` of that knowledge (`open_reader`), it is ready; without, its first reading makes one,
    which takes ten seconds.
    """

    def __init__(self, knowledge: Knowledge, index: Index | None = None) -> None:
        self._knowledge = knowledge
        self._codes = knowledge.codes
        self._index = index
        self._weights = weights(WITH_PRODUCTS if knowledge.products else LABELS_ALONE)

    @property
    def index(self) -> Index:
        """Return what is known, indexed once."""
        if self._index is None:
            self._index = index_of(self._knowledge)
        return self._index

    def candidates(self, texts: Sequence[str], limit: int = 20) -> list[tuple[Candidate, ...]]:
        """Return the likeliest sub-classes of each text, best first; none for a text that says nothing."""
        if not self._codes:
            return [() for _ in texts]
        cut = [text[:_LONGEST_TEXT] for text in texts]
        return [
            self._ranked(text, measured, limit) if stems(text) else ()
            for text, measured in zip(cut, self.index.measure(cut), strict=True)
        ]

    def _ranked(self, text: str, measured: Measured, limit: int) -> tuple[Candidate, ...]:
        points = measured.signals @ self._weights
        said = tuple(
            (word, self._holders(stem)) for stem, word in zip(stems(text), words(text), strict=True)
        )
        chances = np.exp(points - points.max())
        chances /= chances.sum()
        best = np.argsort(-chances, kind="stable")[:limit]
        return tuple(
            Candidate(
                self._codes[rank],
                float(chances[rank]),
                self._evidence(said, measured.nearness, int(rank)),
            )
            for rank in best
        )

    def _evidence(
        self, said: Sequence[tuple[str, frozenset[int]]], nearness: NDArray[np.float32], rank: int
    ) -> tuple[str, ...]:
        """Return the words said that the sub-class's texts hold, then the nearest of these texts."""
        corpus = self.index.corpus
        start = int(corpus.starts[rank])
        end = int(np.searchsorted(corpus.owners, rank, side="right"))
        nearest = start + np.argsort(-nearness[start:end], kind="stable")[:_SHOWN_TEXTS]
        shown = [corpus.texts[place] for place in nearest if nearness[place] > 0]
        spoken = [word for word, holders in said if rank in holders]
        return tuple(dict.fromkeys((*spoken, *shown)))

    def _holders(self, stem: str) -> frozenset[int]:
        """Return the ranks of the sub-classes whose texts hold a stem."""
        found = self.index.texts.postings.get(stem)
        return frozenset() if found is None else self.index.corpus.owned(found.documents)


def keep(knowledge: Knowledge, folder: Path) -> None:
    """Write into `folder` what `open_reader` opens."""
    if knowledge.positions:
        write_shelf(knowledge.codes, index_of(knowledge), folder)


def open_reader(release: Path) -> Reader:
    """Return the reader of the release in that folder: ready when its build kept an index."""
    if (kept := read_shelf(release / LANGUAGE)) is not None:
        codes, index = kept
        return Reader(Knowledge(tuple(Position(code, "") for code in codes)), index)
    with duckdb.connect() as connection:
        for name in ("naf", "naf_notes"):
            table = connection.read_parquet(str(release / "tables" / f"{name}.parquet"))
            table.create_view(name)
        return Reader(knowledge_of(connection))


@cache
def weights(name: str) -> NDArray[np.float32]:
    """Return the weight of each signal; `scripts/naf_weights.py` fits them and says on what."""
    read = tomllib.loads(files("essor.language").joinpath("weights.toml").read_text("utf-8"))
    return np.array([read[name].get(signal, 0.0) for signal in SIGNALS], np.float32)
