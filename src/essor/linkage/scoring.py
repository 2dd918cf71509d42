"""Scoring: what makes an entry look like a query, as numbers from 0 to 1, thousands of pairs at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from essor.linkage.sheet import Sheet
from essor.linkage.texts import Texts
from essor.linkage.vocabulary import ABSENT, Numbers, Weights

Signals = NDArray[np.float32]
Rows = NDArray[np.int32]

SIGNALS = (
    "query_covered",
    "entry_covered",
    "query_covered_with_town",
    "entry_covered_with_town",
    "same_words",
    "same_name",
    "letters",
    "initials",
    "same_kind",
    "other_kind",
    "same_town",
    "town_letters",
    "other_town",
    "same_postcode",
    "same_departement",
    "other_departement",
    "address",
    "address_and_name",
)
"""What is measured of a pair, in the order of the columns; 0 when a field is unknown."""

# A word one letter away tells nearly as much as the word.
_NEAR = np.float32(0.85)
# From which share two names have the same words, and under which two towns have none.
_WHOLLY, _HARDLY = 0.999, 0.3


@dataclass(frozen=True, slots=True)
class Weighing:
    """How telling each word of the names and towns is, and each word of the addresses."""

    words: Weights
    streets: Weights


def signals(
    queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows], weighing: Weighing
) -> Signals:
    """Return one row per pair and one column per name of `SIGNALS`."""
    asked, found = pairs
    columns = {
        **_words(queries, entries, pairs, weighing.words),
        **_letters(queries, entries, pairs),
        **_kinds(queries.kinds[asked], entries.kinds[found]),
        **_places(queries, entries, pairs, weighing.words),
        "same_name": (queries.whole[asked] == entries.whole[found]) & (queries.whole[asked] >= 0),
        "address": _shared(queries.streets[asked], entries.streets[found], weighing.streets),
    }
    columns["address_and_name"] = columns["address"] * columns["query_covered_with_town"]
    return np.stack([columns[name].astype(np.float32) for name in SIGNALS], axis=1)


def is_as_registered(queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows]) -> NDArray[np.bool_]:
    """Return whether all that was typed is, for each pair, what the entry says."""
    asked, found = pairs
    is_exact: NDArray[np.bool_] = queries.whole[asked] == entries.whole[found]
    is_exact &= queries.whole[asked] >= 0
    postcodes = queries.postcodes[asked]
    is_exact &= (postcodes == ABSENT) | (postcodes == entries.postcodes[found])
    for some, others in ((queries.cities, entries.cities), (queries.streets, entries.streets)):
        typed = some[asked]
        is_exact &= (_is_in(typed, others[found]) | (typed == ABSENT)).all(axis=1)
    return is_exact


def _words(
    queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows], weights: Weights
) -> dict[str, NDArray[np.generic]]:
    """Return how much of each name is in the other, by the weight of its words."""
    asked, found = pairs
    words, near, names = queries.words[asked], queries.near[asked], entries.words[found]
    towns, here = entries.cities[found], queries.cities[asked]
    initials = _initials(queries, entries, pairs)
    is_query_word, is_near_word = _is_in(words, names), _is_in(near, names)
    is_entry_word = _is_in(names, words) | _is_in(names, near)
    query_weight, entry_weight = _weight(words, weights), _weight(names, weights)
    nearly = np.where(is_near_word, _NEAR * weights[-1], 0).sum(axis=1)
    query_covered = _share(
        np.where(is_query_word, query_weight, 0).sum(axis=1) + nearly, query_weight
    )
    entry_covered = _share(np.where(is_entry_word, entry_weight, 0).sum(axis=1), entry_weight)
    with_town = np.where(is_query_word | _is_in(words, towns), query_weight, 0).sum(axis=1)
    from_town = np.where(is_entry_word | _is_in(names, here), entry_weight, 0).sum(axis=1)
    return {
        "query_covered": query_covered,
        "entry_covered": entry_covered,
        "query_covered_with_town": _share(with_town + nearly, query_weight),
        "entry_covered_with_town": _share(from_town, entry_weight),
        "same_words": (query_covered > _WHOLLY) & (entry_covered > _WHOLLY),
        "initials": initials,
    }


def _initials(queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows]) -> NDArray[np.bool_]:
    """Return whether one name writes as a word the initials of the other."""
    asked, found = pairs
    spells = _is_in(queries.spells[asked], entries.initials[found])
    spelt = _is_in(queries.spelt_by[asked], entries.words[found])
    return np.asarray(np.concatenate((spells, spelt), axis=1).any(axis=1))


def _letters(
    queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows]
) -> dict[str, NDArray[np.generic]]:
    """Return the likeness of the names and of the towns, letter by letter."""
    asked, found = pairs
    towns = queries.towns[asked], entries.towns[found]
    return {
        "letters": _alike(queries.folded, entries.folded, pairs),
        "town_letters": _alike(queries.town_names, entries.town_names, towns)
        * (queries.cities[asked, 0] != ABSENT),
    }


def _alike(queries: Texts, entries: Texts, pairs: tuple[Rows, Rows]) -> NDArray[np.float32]:
    one, other = queries.taken(pairs[0]), entries.taken(pairs[1])
    alike: NDArray[np.float32] = process.cpdist(one, other, scorer=fuzz.ratio, dtype=np.float32)
    return alike / np.float32(100)


def _kinds(told: Numbers, known: Numbers) -> dict[str, NDArray[np.generic]]:
    """Return whether the kinds of body that both sides tell are the same, or have none in common."""
    both = (told > 0) & (known > 0)
    return {
        "same_kind": both & ((told & known) > 0),
        "other_kind": both & ((told & known) == 0),
    }


def _places(
    queries: Sheet, entries: Sheet, pairs: tuple[Rows, Rows], weights: Weights
) -> dict[str, NDArray[np.generic]]:
    """Return how the towns, the postcodes and the départements agree."""
    asked, found = pairs
    towns = _shared(queries.cities[asked], entries.cities[found], weights)
    have_towns = (queries.cities[asked, 0] >= 0) & (entries.cities[found, 0] >= 0)
    postcode, here = queries.postcodes[asked], queries.departements[asked]
    there = entries.departements[found]
    return {
        "same_town": towns,
        "other_town": have_towns & (towns < _HARDLY),
        "same_postcode": (postcode == entries.postcodes[found]) & (postcode >= 0),
        "same_departement": (here == there) & (here >= 0),
        "other_departement": (here != there) & (here >= 0) & (there >= 0),
    }


def _shared(some: Numbers, others: Numbers, weights: Weights) -> NDArray[np.float32]:
    """Return the weight of the words that both have, over that of the lighter of the two."""
    weight, other = _weight(some, weights), _weight(others, weights)
    least = np.minimum(weight.sum(axis=1), other.sum(axis=1))
    both = np.where(_is_in(some, others), weight, 0).sum(axis=1)
    return np.where(least > 0, np.minimum(both / np.maximum(least, 1e-6), 1), 0).astype(np.float32)


def _is_in(some: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Return, for each word of each row, whether the same row of `others` has it."""
    held = np.zeros(some.shape, bool)
    for at in range(others.shape[1]):
        held |= some == others[:, at : at + 1]
    held &= some != ABSENT
    return held


def _weight(words: Numbers, weights: Weights) -> NDArray[np.float32]:
    return np.where(words == ABSENT, np.float32(0), weights[words])


def _share(part: NDArray[np.float32], whole: NDArray[np.float32]) -> NDArray[np.float32]:
    total = whole.sum(axis=1)
    return np.where(total > 0, np.minimum(part / np.maximum(total, 1e-6), 1), 0).astype(np.float32)
