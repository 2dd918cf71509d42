"""The words of a register: their numbers, how telling each is, and those near a misspelt one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
Hashes = NDArray[np.uint64]

ABSENT = -1
"""The number of no word: what fills the rows of a table of words."""

# A shorter word misspelt is another word; a longer one is no word.
_FEWEST_LETTERS, _MOST_LETTERS = 5, 40
_MOST_NEIGHBOURS = 3
# How a word is hashed: letter by letter, so that one letter can be taken away at little cost.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.array([pow(int(_BASE), at, 1 << 64) for at in range(_MOST_LETTERS + 1)], np.uint64)
_CHUNK = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The words by themselves and by what is left of them without one letter: hashes, sorted, and numbers."""

    hashes: Hashes
    numbers: Numbers


class Vocabulary:
    """The distinct words of a register, numbered in the order they are met."""

    def __init__(self, words: Iterable[str] = (), neighbours: Neighbours | None = None) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._neighbours = neighbours
        self._listed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, words: Iterable[str]) -> list[int]:
        """Return the number of each word, a new one for a word never met."""
        numbers = self._numbers
        return [numbers.setdefault(word, len(numbers)) for word in words]

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the number of each word, `ABSENT` for a word of no entry."""
        return [self._numbers.get(word, ABSENT) for word in words]

    def words(self) -> tuple[str, ...]:
        """Return the words in the order of their numbers."""
        if len(self._listed) != len(self._numbers):
            self._listed = tuple(self._numbers)
        return self._listed

    def neighbours(self) -> Neighbours:
        """Return what finds the words one letter away, for all the words learnt when first asked."""
        if self._neighbours is None:
            self._neighbours = _neighbours(self.words())
        return self._neighbours

    def near(self, words: Iterable[str]) -> dict[str, list[int]]:
        """Return the numbers of the words one letter away from each: wrong, missing, added or swapped.

        A word too short to be told misspelt is left out.
        """
        asked = [word for word in dict.fromkeys(words) if _is_long(word, _FEWEST_LETTERS)]
        if not asked:
            return {}
        hashes, owners = _hashed(asked)
        known, listed = self.neighbours(), self.words()
        first = np.searchsorted(known.hashes, hashes, side="left")
        last = np.searchsorted(known.hashes, hashes, side="right")
        found: dict[str, set[int]] = {word: set() for word in asked}
        for at in np.flatnonzero(last > first).tolist():
            found[asked[owners[at]]].update(known.numbers[first[at] : last[at]].tolist())
        return {
            word: [each for each in sorted(some) if OSA.distance(listed[each], word) == 1][
                :_MOST_NEIGHBOURS
            ]
            for word, some in found.items()
        }


def table(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    """Return the rows as one table of that width, short rows filled with `ABSENT`."""
    lengths = np.fromiter((min(len(row), width) for row in rows), np.int64, len(rows))
    flat = np.fromiter((each for row in rows for each in row[:width]), np.int32, lengths.sum())
    filled = np.full((len(rows), width), ABSENT, np.int32)
    filled[np.arange(width)[None, :] < lengths[:, None]] = flat
    return filled


def tellingness(words: Numbers, size: int) -> Weights:
    """Return the weight of each of `size` words, the rarer in the rows of `words` the heavier.

    The last weight is that of a word of no entry.
    """
    counts = np.bincount(words[words >= 0], minlength=size).astype(np.float32)
    weights = np.log1p(len(words) / np.maximum(counts, 1.0)).astype(np.float32)
    return np.append(weights, np.float32(np.log1p(len(words))))


def _neighbours(words: Sequence[str]) -> Neighbours:
    numbers = [number for number, word in enumerate(words) if _is_long(word, _FEWEST_LETTERS - 1)]
    hashes, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        left, places = _hashed([words[each] for each in some])
        hashes.append(left)
        owners.append(np.array(some, np.int32)[places])
    every, owner = np.concatenate(hashes), np.concatenate(owners)
    order = np.argsort(every, kind="stable")
    return Neighbours(every[order], owner[order])


def _is_long(word: str, least: int) -> bool:
    return least <= len(word) <= _MOST_LETTERS and word.isalpha() and word.isascii()


def _hashed(words: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """Return the hashes of the words whole, and without each of their letters, and whose each is."""
    width, lengths = max(map(len, words)), np.array([len(word) for word in words])
    joined = "".join(word.ljust(width, "\0") for word in words).encode("ascii")
    letters = np.frombuffer(joined, np.uint8).reshape(len(words), width).astype(np.uint64)
    # The letters before a place keep their powers; those after it lose one.
    before = np.zeros((len(words), width + 1), np.uint64)
    np.cumsum(letters * _POWERS[:width], axis=1, out=before[:, 1:])
    moved = np.zeros((len(words), width + 1), np.uint64)
    np.cumsum(letters[:, 1:] * _POWERS[: width - 1], axis=1, out=moved[:, 1:width])
    moved[:, width] = moved[:, width - 1]
    without = before + (moved[:, -1:] - moved)
    is_there = np.arange(width + 1) <= lengths[:, None]
    return without[is_there], np.repeat(np.arange(len(words)), lengths + 1)
