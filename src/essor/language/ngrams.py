"""Pieces of words: likeness of two texts that share roots, compounds or a spelling mistake."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import fold
from essor.language.postings import Postings, postings_of

SHORTEST, LONGEST = 3, 5
"""Length of the pieces, a space before and after each word included."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Grams:
    """An index of texts by their pieces, each text a vector of length 1 (TF-IDF)."""

    size: int
    postings: Mapping[str, Postings]
    rarities: Mapping[str, float]
    unseen: float

    def likeness(self, text: str) -> NDArray[np.float32]:
        """Return the cosine of `text` with each text indexed, from 0 to 1."""
        documents, values = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
        square = 0.0
        for piece, count in Counter(pieces(text)).items():
            weight = (1 + log(count)) * self.rarities.get(piece, self.unseen)
            square += weight * weight
            if piece in self.postings:
                found = self.postings[piece]
                documents.append(found.documents)
                values.append(found.values * np.float32(weight))
        # One sum of all the pieces: there are a hundred of them, of a few texts each.
        scores = np.bincount(np.concatenate(documents), np.concatenate(values), self.size)
        return (scores / sqrt(square) if square else scores).astype(np.float32)


def grams_of(texts: Sequence[str]) -> Grams:
    """Return the index of `texts`."""
    size = len(texts)
    counted = postings_of([Counter(pieces(text)) for text in texts])
    rarities = {
        piece: float(np.log((1 + size) / (1 + len(found.documents))) + 1)
        for piece, found in counted.items()
    }
    weighted = {
        piece: Postings(found.documents, _weighted(found.values, rarities[piece]))
        for piece, found in counted.items()
    }
    squares = np.zeros(size, np.float32)
    for found in weighted.values():
        squares[found.documents] += found.values**2
    lengths: NDArray[np.float32] = np.sqrt(np.where(squares > 0, squares, np.float32(1)))
    postings = {
        piece: Postings(found.documents, found.values / lengths[found.documents])
        for piece, found in weighted.items()
    }
    return Grams(size, postings, rarities, float(np.log(1 + size) + 1))


def pieces(text: str) -> Iterator[str]:
    """Yield the pieces of each word of `text`, accents folded."""
    for word in _WORD.findall(fold(text)):
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def _weighted(counts: NDArray[np.float32], rarity: float) -> NDArray[np.float32]:
    weighted: NDArray[np.float32] = (1 + np.log(counts)) * np.float32(rarity)
    return weighted
