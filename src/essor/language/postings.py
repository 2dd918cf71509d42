"""Postings: in which documents a term is, and with which value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a term, in order, and a value for each."""

    documents: NDArray[np.int32]
    values: NDArray[np.float32]


def postings_of(counts: Sequence[Mapping[str, int]]) -> dict[str, Postings]:
    """Return the postings of each term, its values the counts; one mapping of counts a document."""
    documents: dict[str, list[int]] = {}
    values: dict[str, list[int]] = {}
    for rank, terms in enumerate(counts):
        for term, count in terms.items():
            documents.setdefault(term, []).append(rank)
            values.setdefault(term, []).append(count)
    return {
        term: Postings(np.array(ranks, np.int32), np.array(values[term], np.float32))
        for term, ranks in documents.items()
    }
