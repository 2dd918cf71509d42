"""Filing: the keys under which an entry is found, and those that a query asks for."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from essor.linkage.blocking import Family, Keyed, Keys, keys
from essor.linkage.sheet import Sheet, part
from essor.linkage.vocabulary import ABSENT, Numbers, Weights

# How many words an entry, and a query, is filed under beyond its words alone: the rarest ones.
ENTRY_WORDS, QUERY_WORDS = 4, 8
TOWN_WORDS = 2
ENTRY_STREETS, QUERY_STREETS = 3, 6
_PART = 50_000


def entry_keys(sheet: Sheet, words: Weights, streets: Weights) -> Iterator[Keyed]:
    """Yield what the entries are filed under, part by part: all at once would fill the memory."""
    for start in range(0, len(sheet), _PART):
        yield _entry_keys(part(sheet, start, start + _PART), words, streets, start)


def query_keys(sheet: Sheet, words: Weights, streets: Weights) -> Keyed:
    """Return what each query asks for."""
    spelt = _wide(sheet.spelt_by)
    return _keyed(
        [
            *_common(sheet, words, QUERY_WORDS),
            *_placed(sheet, words, streets, QUERY_STREETS),
            keys(Family.INITIALS, _wide(sheet.spells), _wide(sheet.spells)),
            keys(Family.WORD, spelt, spelt),
        ]
    )


def _entry_keys(sheet: Sheet, words: Weights, streets: Weights, first: int) -> Keyed:
    keyed = _keyed(
        [
            *_common(sheet, words, ENTRY_WORDS),
            *_placed(sheet, words, streets, ENTRY_STREETS),
            keys(Family.INITIALS, _wide(sheet.initials), _wide(sheet.initials)),
        ]
    )
    return Keyed(keyed.keys, keyed.rows + np.int32(first))


def _common(sheet: Sheet, words: Weights, most: int) -> Iterator[Keys]:
    every = _wide(np.concatenate((sheet.words, sheet.near), axis=1))
    yield keys(Family.WORD, every, every)
    rarest = np.concatenate(
        (_rarest(sheet.words, words, most), sheet.near, _rarest(sheet.cities, words, TOWN_WORDS)),
        axis=1,
    )
    yield _pairs(Family.PAIR, _wide(rarest))
    here = _wide(sheet.departements)[:, None]
    yield keys(Family.WORD_IN_DEPARTEMENT, _wide(_rarest(sheet.words, words, most)), here)
    yield _whole(Family.WHOLE, sheet.whole, np.zeros(len(sheet), np.int64))
    town = _wide(_rarest(sheet.cities, words, 1))
    yield _whole(Family.WHOLE_HERE, sheet.whole, town[:, 0] if town.shape[1] else sheet.whole)


def _placed(sheet: Sheet, words: Weights, streets: Weights, most: int) -> Iterator[Keys]:
    rarest = _wide(_rarest(sheet.streets, streets, most))
    yield keys(Family.STREET_IN_TOWN, rarest, _wide(_rarest(sheet.cities, words, 1)))
    yield _pairs(Family.STREET_PAIR, rarest)


def _whole(family: Family, whole: NDArray[np.int64], town: NDArray[np.int64]) -> Keys:
    """Return one key a row: the whole name mixed with the town, whose number may be unknown."""
    mixed = (whole ^ (town * 0x9E3779B1)) & ((1 << 59) - 1)
    found = keys(family, mixed >> 30, mixed & ((1 << 30) - 1))
    return np.where((whole < 0) | (town < 0), np.uint64(0), found)[:, None]


def _pairs(family: Family, numbers: NDArray[np.int64]) -> Keys:
    one, other = np.triu_indices(numbers.shape[1], 1)
    first, second = numbers[:, one], numbers[:, other]
    found = keys(family, np.minimum(first, second), np.maximum(first, second))
    return np.where(first == second, np.uint64(0), found)


def _rarest(numbers: Numbers, weights: Weights, most: int) -> Numbers:
    """Return the `most` rarest words of each row, the rarest first."""
    heavy = np.where(numbers == ABSENT, np.float32(-1), weights[numbers])
    order = np.lexsort((numbers, -heavy), axis=1)[:, :most]
    return np.take_along_axis(numbers, order, axis=1)


def _wide(numbers: Numbers) -> NDArray[np.int64]:
    return numbers.astype(np.int64)


def _keyed(parts: list[Keys]) -> Keyed:
    """Return the keys of every part, each with its row."""
    flat = [each.ravel() for each in parts]
    rows = [np.repeat(np.arange(len(each), dtype=np.int32), each.shape[1]) for each in parts]
    return Keyed(np.concatenate(flat), np.concatenate(rows))
