"""Postings: in which documents a term is, and with which value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a term, in order, and a value for each."""

    documents: NDArray[np.int32]
    values: NDArray[np.float32]


class PostingsTable(Mapping[str, Postings]):
    """Postings end to end in two arrays, those of a term from where it starts to the next one's start."""

    def __init__(self, terms: Sequence[str], starts: NDArray[np.int64], whole: Postings) -> None:
        self.terms = terms
        self.starts = starts
        self.whole = whole
        bounds = starts.tolist()
        self._held = dict(zip(terms, map(slice, bounds, bounds[1:]), strict=False))

    def __getitem__(self, term: str) -> Postings:
        """Return the postings of a term."""
        held = self._held[term]
        return Postings(self.whole.documents[held], self.whole.values[held])

    def __contains__(self, term: object) -> bool:
        """Return whether there is such a term."""
        return term in self._held

    def __iter__(self) -> Iterator[str]:
        """Go through the terms."""
        return iter(self.terms)

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self.terms)


def table_of(postings: Mapping[str, Postings]) -> PostingsTable:
    """Return the same postings end to end."""
    terms = tuple(postings)
    found = [postings[term] for term in terms]
    sizes = [len(each.documents) for each in found]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    documents = [np.zeros(0, np.int32), *(each.documents for each in found)]
    values = [np.zeros(0, np.float32), *(each.values for each in found)]
    return PostingsTable(terms, starts, Postings(np.concatenate(documents), np.concatenate(values)))


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
