"""BM25: how much each document speaks of the terms of a text, rare terms first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from essor.language.postings import Postings, postings_of

# Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
SATURATION = 1.2
LENGTH_WEIGHT = 0.75

# Past these terms, halving leaves nothing.
_OPENING = 16


@dataclass(frozen=True, slots=True)
class Bm25:
    """An index of documents; a term's postings already hold its points."""

    size: int
    postings: Mapping[str, Postings]

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """Return one score per document, 0 when it holds none of the terms."""
        scores = np.zeros(self.size, np.float32)
        for term in terms:
            if (found := self.postings.get(term)) is not None:
                scores[found.documents] += found.values
        return scores

    def opening(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the scores of each document, each term counting half as much as the one before it."""
        scores = np.zeros(self.size, np.float32)
        for rank, term in enumerate(terms[:_OPENING]):
            if (found := self.postings.get(term)) is not None:
                scores[found.documents] += found.values * np.float32(0.5**rank)
        return scores

    def coverage(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """Return which share of the terms each document holds, rare ones counting for more, from 0 to 1."""
        held = np.zeros(self.size, np.float32)
        total = 0.0
        for term in dict.fromkeys(terms):
            found = self.postings.get(term)
            rarity = _rarity(self.size, 0 if found is None else len(found.documents))
            total += rarity
            if found is not None:
                held[found.documents] += np.float32(rarity)
        return held / np.float32(total) if total else held


def bm25_of(documents: Sequence[Sequence[str]], length_weight: float = LENGTH_WEIGHT) -> Bm25:
    """Return the index of documents given as terms."""
    counts = [Counter(document) for document in documents]
    lengths = np.array([len(document) for document in documents], np.float32)
    relative = lengths / max(float(lengths.mean()), 1.0) if len(lengths) else lengths
    size = len(documents)
    postings = {}
    for term, found in postings_of(counts).items():
        rarity = np.float32(_rarity(size, len(found.documents)))
        drag = SATURATION * (1 - length_weight + length_weight * relative[found.documents])
        points = rarity * found.values * (SATURATION + 1) / (found.values + drag)
        postings[term] = Postings(found.documents, points.astype(np.float32))
    return Bm25(size, postings)


def _rarity(size: int, holders: int) -> float:
    """Return how rare a term is that so many documents hold, out of `size`."""
    return log1p((size - holders + 0.5) / (holders + 0.5))
