"""Blocking: the few entries worth comparing with a query, found in postings lists by batches.

An entry is filed under several numbers (keys): each of its words, pairs of words (its town's too), words
with its département, its whole name, its initials, its address. A query reads its rarest keys
first and stops when it has read enough: the cost of a query does not grow with the register.
"""

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
    """For each distinct key, sorted, where its rows begin in `rows` (and end: one more start)."""

    distinct: Keys
    starts: NDArray[np.int64]
    rows: Rows
    entries: int


def postings(filed: Keyed, entries: int) -> Postings:
    """Return the postings lists of the keys of `entries` entries."""
    is_key = filed.keys > 0
    held, rows = filed.keys[is_key], filed.rows[is_key]
    order = np.argsort(held)
    held, rows = held[order], rows[order]
    is_first = np.ones(len(held), bool)
    is_first[1:] = held[1:] != held[:-1]
    starts = np.flatnonzero(is_first)
    return Postings(held[starts], np.append(starts, len(held)), rows, entries)


def pairs(index: Postings, asked: Keyed) -> tuple[Rows, Rows]:
    """Return the queries and the entries worth comparing: at most `MOST_KEPT` a query, in order."""
    queries, at, counts = _found(index, asked)
    order = np.lexsort((index.distinct[at], counts, queries))
    queries, at, counts = queries[order], at[order], counts[order]
    read = np.cumsum(counts)
    before = read - counts
    opening = np.searchsorted(queries, queries, side="left")
    is_read = (before - before[opening] < MOST_READ) if len(queries) else np.zeros(0, bool)
    queries, at, counts = queries[is_read], at[is_read], np.minimum(counts[is_read], MOST_READ)
    weights = (np.log1p(index.entries / counts) * _FINENESS).astype(np.int64)
    total = int(counts.sum())
    within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = index.rows[np.repeat(index.starts[at], counts) + within]
    return _heaviest(np.repeat(queries, counts), rows, np.repeat(weights, counts))


def _found(index: Postings, asked: Keyed) -> tuple[Rows, NDArray[np.int64], NDArray[np.int64]]:
    """Return the keys that the index has: the query, the position and the number of entries."""
    empty = np.zeros(0, np.int64)
    if not len(index.distinct):
        return np.zeros(0, np.int32), empty, empty
    order = np.argsort(asked.keys)
    sought, queries = asked.keys[order], asked.rows[order]
    at = np.minimum(np.searchsorted(index.distinct, sought), len(index.distinct) - 1)
    is_held = index.distinct[at] == sought
    queries, at = queries[is_held], at[is_held]
    return queries, at, index.starts[at + 1] - index.starts[at]


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
