"""The words of a register: their numbers, how telling each is, and those near a misspelt one."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

ABSENT = -1
"""The number of no word: what fills the rows of a table of words."""

# A shorter word misspelt is another word.
_FEWEST_LETTERS = 5
_MOST_NEIGHBOURS = 3


class Vocabulary:
    """The distinct words of a register, numbered in the order they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, words: Iterable[str]) -> list[int]:
        """Return the number of each word, a new one for a word never met."""
        numbers = self._numbers
        return [numbers.setdefault(word, len(numbers)) for word in words]

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the number of each word, `ABSENT` for a word of no entry."""
        return [self._numbers.get(word, ABSENT) for word in words]

    def near(self, word: str) -> list[int]:
        """Return the numbers of the words one letter away, wrong, missing, added or swapped."""
        if len(word) < _FEWEST_LETTERS or not word.isalpha():
            return []
        found: set[int] = set()
        for shorter in (word, *_shortened(word)):
            found.update(self._by_shortened.get(shorter, ()))
        near = [each for each in sorted(found) if OSA.distance(self._words[each], word) == 1]
        return near[:_MOST_NEIGHBOURS]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    @cached_property
    def _by_shortened(self) -> dict[str, list[int]]:
        """Return the words by themselves and by what is left of them without one letter."""
        found: dict[str, list[int]] = {}
        for word, number in self._numbers.items():
            if len(word) >= _FEWEST_LETTERS - 1 and word.isalpha():
                for shorter in (word, *_shortened(word)):
                    found.setdefault(shorter, []).append(number)
        return found


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


def _shortened(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
