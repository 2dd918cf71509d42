"""A lexicon: the documents that hold each term of a field, found by the term or by one letter's distance."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ordinals = NDArray[np.uint32]
"""Documents, by their ranks in the order of their identifiers."""

_FILES = ("spelling", "sizes", "starts", "documents", "letters")
_NONE = np.zeros(0, np.uint32)
_NO_GROUP = (0, np.zeros(0, "S1"))

Letters = NDArray[np.uint8]
"""Letters that UTF-8 writes in as many bytes as one another. Shape: (letters, bytes)."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms by length then in the order of their bytes, and the documents of each, in order.

    Shapes: `spelling` (bytes of all the terms, end to end); `sizes` (lengths, 2), a length in bytes and how
    many terms have it; `starts` (terms + 1,), where the documents of each begin; `letters`, all those used.
    """

    spelling: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    starts: NDArray[np.int64]
    documents: Ordinals
    letters: NDArray[np.uint32]
    groups: Mapping[int, tuple[int, NDArray[np.bytes_]]]
    alphabets: tuple[Letters, ...]

    def count(self, term: str) -> int:
        """Return how many documents hold `term`."""
        rank = self._rank(term)
        return 0 if rank is None else int(self.starts[rank + 1] - self.starts[rank])

    def holding(self, term: str) -> Ordinals:
        """Return the documents that hold `term`."""
        rank = self._rank(term)
        return _NONE if rank is None else self._of(rank)

    def near(self, term: str) -> Ordinals:
        """Return the documents of all other terms one letter away, two neighbours swapped included.

        A document comes as many times as it has such terms: to tell them apart would take most of the time.
        """
        written = term.encode("utf-8", "replace")
        spelt = _spelt(written, self.alphabets) if term.isascii() else self._written_near(term)
        ranks = {rank for those in spelt for rank in self._ranks(those)} - {self._rank(term)}
        held = [self._of(rank) for rank in ranks]
        return held[0] if len(held) == 1 else np.concatenate([_NONE, *held])

    def _of(self, rank: int) -> Ordinals:
        return self.documents[self.starts[rank] : self.starts[rank + 1]]

    def _rank(self, term: str) -> int | None:
        """Return the rank of a term, None when the lexicon has it not."""
        written = term.encode("utf-8", "replace")
        first, known = self.groups.get(len(written), _NO_GROUP)
        place = int(known.searchsorted(written))
        return first + place if place < len(known) and known[place] == written else None

    def _ranks(self, wanted: NDArray[np.bytes_]) -> list[int]:
        """Return the ranks of those of the terms, all of one length, that the lexicon has."""
        first, known = self.groups.get(wanted.itemsize, _NO_GROUP)
        if not len(known):
            return []
        places = np.minimum(known.searchsorted(wanted), len(known) - 1)
        ranks: list[int] = (first + places[known[places] == wanted]).tolist()
        return ranks

    def _written_near(self, term: str) -> Iterator[NDArray[np.bytes_]]:
        """Yield the terms one letter away of one whose letters are of several bytes, by length."""
        by_length: dict[int, list[bytes]] = {}
        for each in _neighbours(term, list(map(chr, self.letters.tolist()))):
            written = each.encode("utf-8", "replace")
            by_length.setdefault(len(written), []).append(written)
        yield from (np.array(those, f"S{length}") for length, those in by_length.items())


class LexiconWriter:
    """Gathers the terms of documents, which come in the order of their identifiers."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._held: list[NDArray[np.uint64]] = []
        self._count = 0

    def add(self, documents: Sequence[Collection[str]]) -> None:
        """Take the terms of the next documents; one that comes twice in a document counts once."""
        ids = self._ids
        terms = [ids.setdefault(term, len(ids)) for held in documents for term in held]
        numbers = np.arange(self._count, self._count + len(documents), dtype=np.uint64)
        ordinals = np.repeat(numbers, [len(held) for held in documents])
        self._held.append(np.array(terms, np.uint64) << np.uint64(32) | ordinals)
        self._count += len(documents)

    def lexicon(self) -> Lexicon:
        """Return the lexicon of the documents gathered."""
        written = [term.encode("utf-8", "replace") for term in self._ids]
        lengths = np.array([len(each) for each in written], np.int64)
        ranks = np.zeros(len(written), np.uint64)
        spelling, sizes, first = [np.zeros(0, np.uint8)], [], 0
        for length in np.unique(lengths).tolist():
            places = np.flatnonzero(lengths == length)
            terms = np.array([written[place] for place in places.tolist()], f"S{length}")
            order = np.argsort(terms)
            ranks[places[order]] = np.arange(first, first + len(places), dtype=np.uint64)
            spelling.append(terms[order].view(np.uint8))
            sizes.append((length, len(places)))
            first += len(places)
        held = self._sorted(ranks)
        bounds = np.arange(len(written) + 1, dtype=np.uint64) << np.uint64(32)
        return _lexicon(
            np.concatenate(spelling),
            np.array(sizes, np.int64).reshape(-1, 2),
            np.searchsorted(held, bounds),
            held.astype(np.uint32),
            np.array(sorted(map(ord, set("".join(self._ids)))), np.uint32),
        )

    def _sorted(self, ranks: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the pairs of a term, by its rank, and of a document, in order, each once."""
        held = np.concatenate(self._held) if self._held else np.zeros(0, np.uint64)
        if not held.size:
            return held
        low = np.uint64(32)
        pairs = ranks[held >> low] << low | held & np.uint64(2**32 - 1)
        pairs.sort()
        return np.asarray(pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])])


def write_lexicon(lexicon: Lexicon, folder: Path, name: str) -> None:
    """Write a lexicon into the files of `folder` whose names begin as `name`."""
    for part in _FILES:
        np.save(folder / f"{name}.{part}.npy", getattr(lexicon, part))


def read_lexicon(folder: Path, name: str) -> Lexicon:
    """Return the lexicon written, mapped in memory."""
    parts = (np.load(folder / f"{name}.{part}.npy", mmap_mode="r") for part in _FILES)
    return _lexicon(*map(np.asarray, parts))


def _lexicon(
    spelling: NDArray[np.uint8],
    sizes: NDArray[np.int64],
    starts: NDArray[np.int64],
    documents: Ordinals,
    letters: NDArray[np.uint32],
) -> Lexicon:
    groups, first, begun = {}, 0, 0
    for length, count in sizes.tolist():
        end = begun + length * count
        groups[length] = (first, spelling[begun:end].view(f"S{length}"))
        first, begun = first + count, end
    return Lexicon(spelling, sizes, starts, documents, letters, groups, _alphabets(letters))


def _alphabets(letters: NDArray[np.uint32]) -> tuple[Letters, ...]:
    """Return the letters, those of as many bytes side by side."""
    by_size: dict[int, list[bytes]] = {}
    for letter in map(chr, letters.tolist()):
        written = letter.encode("utf-8", "replace")
        by_size.setdefault(len(written), []).append(written)
    return tuple(
        np.frombuffer(b"".join(those), np.uint8).reshape(-1, size)
        for size, those in by_size.items()
    )


def _spelt(term: bytes, alphabets: Sequence[Letters]) -> Iterator[NDArray[np.bytes_]]:
    """Yield the terms one letter away of one whose letters have one byte each; some come twice."""
    letters = np.frombuffer(term, np.uint8)
    if letters.size > 1:
        yield _terms(_changed(letters, _NO_LETTER, 1))
        swapped = np.tile(letters, (letters.size - 1, 1))
        places = np.arange(letters.size - 1)
        swapped[places, places], swapped[places, places + 1] = letters[1:], letters[:-1]
        yield _terms(swapped)
    for alphabet in alphabets:
        yield _terms(_changed(letters, alphabet, 0))
        yield _terms(_changed(letters, alphabet, 1))


_NO_LETTER: Letters = np.zeros((1, 0), np.uint8)


def _changed(letters: NDArray[np.uint8], alphabet: Letters, removed: int) -> NDArray[np.uint8]:
    """Return a term with each letter of an alphabet put at each place, so many letters there removed."""
    count, size = alphabet.shape
    places = np.arange(letters.size + 1 - removed)
    columns = np.arange(letters.size - removed + size)
    source = np.where(columns < places[:, None], columns, columns - size + removed)
    held = letters.take(source, mode="clip")
    spelt = np.repeat(held[:, None, :], count, axis=1)
    for rank in range(size):
        spelt[places, :, places + rank] = alphabet[:, rank]
    return spelt.reshape(-1, columns.size)


def _terms(spelt: NDArray[np.uint8]) -> NDArray[np.bytes_]:
    return np.ascontiguousarray(spelt).view(f"S{spelt.shape[1]}").ravel()


def _neighbours(term: str, letters: Sequence[str]) -> set[str]:
    """Return the term and all those one letter away: one more, one less, another, or two swapped."""
    halves = [(term[:place], term[place:]) for place in range(len(term) + 1)]
    found = {term}
    found.update(start + end[1:] for start, end in halves if end)
    found.update(start + end[1] + end[0] + end[2:] for start, end in halves if len(end) > 1)
    found.update(start + letter + end for start, end in halves for letter in letters)
    found.update(start + letter + end[1:] for start, end in halves if end for letter in letters)
    return found - {""}
