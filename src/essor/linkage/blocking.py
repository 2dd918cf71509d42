"""Blocking: the few entries worth comparing with a query, found in postings lists by batches.

An entry is filed under several numbers (keys): each of its words, pairs of words (its town's too), words
with its département, its whole name, its initials, its address. A query reads its rarest keys
first and stops when it has read enough: the cost of a query does not grow with the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]

# How many postings of its rarest keys a query reads, about, and how many entries it then keeps.
MOST_READ = 600
MOST_KEPT = 30
_BITS = 30
# How a query, a row and a weight are packed in 63 bits: 13, 30 and 20; weights in thousandths.
_ROW_BITS, _WEIGHT_BITS, _FINENESS = 30, 20, 1000
_LAST_ROW, _HEAVIEST = (1 << _ROW_BITS) - 1, (1 << _WEIGHT_BITS) - 1
# Multiplying by it spreads the keys over 64 bits, of which the first are kept.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Family(IntEnum):
    """What a key says of an entry."""

    WHOLE_HERE = 1
    WHOLE = 2
    WORD = 3
    PAIR = 4
    WORD_IN_DEPARTEMENT = 5
    INITIALS = 6
    STREET_IN_TOWN = 7
    STREET_PAIR = 8


def keys(family: Family, first: NDArray[np.int64], second: NDArray[np.int64]) -> Keys:
    """Return one key for each pair of numbers; a negative number makes a key that nothing has."""
    packed = (
        (np.uint64(family) << np.uint64(2 * _BITS))
        | (first.astype(np.uint64) & np.uint64((1 << _BITS) - 1)) << np.uint64(_BITS)
        | (second.astype(np.uint64) & np.uint64((1 << _BITS) - 1))
    )
    return np.where((first < 0) | (second < 0), np.uint64(0), packed)


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys, and the row that each belongs to."""

    keys: Keys
    rows: Rows


@dataclass(frozen=True, slots=True)
class Postings:
    """Each key and its row packed in one number, sorted: the row in the last bits, a hash of the key before.

    Two keys of a national register share a hash once in ten thousand: one more entry is compared.
    """

    packed: Keys
    entries: int


def postings(filed: Iterable[Keyed], entries: int) -> Postings:
    """Return the postings lists of the keys of `entries` entries, given part by part."""
    parts = [_packed(each, entries) for each in filed]
    packed = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    parts.clear()
    packed.sort()
    return Postings(packed, entries)


def pairs(index: Postings, asked: Keyed) -> tuple[Rows, Rows]:
    """Return the queries and the entries worth comparing: at most `MOST_KEPT` a query, in order."""
    queries, starts, counts = _found(index, asked)
    order = np.lexsort((starts, counts, queries))
    queries, starts, counts = queries[order], starts[order], counts[order]
    read = np.cumsum(counts)
    before = read - counts
    opening = np.searchsorted(queries, queries, side="left")
    is_read = (before - before[opening] < MOST_READ) if len(queries) else np.zeros(0, bool)
    queries, starts, counts = queries[is_read], starts[is_read], counts[is_read]
    counts = np.minimum(counts, MOST_READ)
    weights = (np.log1p(index.entries / counts) * _FINENESS).astype(np.int64)
    total = int(counts.sum())
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = _rows(index.packed[np.repeat(starts, counts) + within], index.entries)
    return _heaviest(np.repeat(queries, counts), rows, np.repeat(weights, counts))


def _row_mask(entries: int) -> np.uint64:
    return np.uint64((1 << max(entries.bit_length(), 1)) - 1)


def _rows(packed: Keys, entries: int) -> Rows:
    rows: Rows = (packed & _row_mask(entries)).astype(np.int32)
    return rows


def _packed(filed: Keyed, entries: int) -> Keys:
    is_key = filed.keys > 0
    hashed = filed.keys[is_key] * _SPREAD & ~_row_mask(entries)
    hashed |= filed.rows[is_key].astype(np.uint64)
    return hashed


def _found(index: Postings, asked: Keyed) -> tuple[Rows, NDArray[np.int64], NDArray[np.int64]]:
    """Return the keys that the index has: the query, where its postings start and how many they are."""
    mask = _row_mask(index.entries)
    is_key = asked.keys > 0
    sought, queries = asked.keys[is_key] * _SPREAD & ~mask, asked.rows[is_key]
    order = np.argsort(sought)
    sought, queries = sought[order], queries[order]
    starts = np.searchsorted(index.packed, sought)
    ends = np.searchsorted(index.packed, sought | mask, side="right")
    is_held = ends > starts
    return queries[is_held], starts[is_held], (ends - starts)[is_held]


def _heaviest(queries: Rows, rows: Rows, weights: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Return the entries of each query whose keys weigh the most together, the heaviest first.

    Query, row and weight are packed in one number: sorting it is five times faster than its parts.
    """
    packed = (queries.astype(np.int64) << _ROW_BITS | rows) << _WEIGHT_BITS | weights
    packed.sort()
    both = packed >> _WEIGHT_BITS
    is_first = np.ones(len(both), bool)
    is_first[1:] = both[1:] != both[:-1]
    starts = np.flatnonzero(is_first)
    if not len(starts):
        return queries[:0], rows[:0]
    sums = np.minimum(np.add.reduceat(packed & _HEAVIEST, starts), _HEAVIEST)
    found, row = both[starts] >> _ROW_BITS, both[starts] & _LAST_ROW
    ranked = (found << _WEIGHT_BITS | (_HEAVIEST - sums)) << _ROW_BITS | row
    ranked.sort()
    found = ranked >> (_WEIGHT_BITS + _ROW_BITS)
    rank = np.arange(len(found)) - np.searchsorted(found, found, side="left")
    kept = ranked[rank < MOST_KEPT]
    return (kept >> (_WEIGHT_BITS + _ROW_BITS)).astype(np.int32), (kept & _LAST_ROW).astype(
        np.int32
    )
