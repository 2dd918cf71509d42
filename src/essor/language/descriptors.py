"""Which labels of a list a tender's title calls for, by the words and the meaning of the labels alone."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import fold, stems
from essor.language.vectors import encode

Matrix = NDArray[np.float32]

# Runs of letters compared, within words and their edges.
_SHORTEST_RUN, _LONGEST_RUN = 3, 5
# What each reading weighs beside the letters, whose weight is 1.
_SHARE, _MEANING = 0.6, 0.5
# Titles compared at once: a block of dense rows stays small.
_BLOCK = 256
# What a heading weighs when a word filed under it is said, not itself.
_FILED = 0.8
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Readings:
    """How well each title calls for each label, by three readings. Shape of each: (titles, labels)."""

    letters: Matrix
    share: Matrix
    meaning: Matrix

    def together(self) -> Matrix:
        """Return the three readings as one score."""
        score: Matrix = self.letters + _SHARE * self.share + _MEANING * self.meaning
        return score


def rank_labels(titles: Sequence[str], labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each title every label, the one it calls for most first; nothing is learned before."""
    if not titles or not labels:
        return [() for _ in titles]
    return ranked(read_labels(titles, labels).together(), labels)


def ranked(scores: Matrix, labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each row of scores the labels, best first, in the order given when equal."""
    orders = np.argsort(-scores, axis=1, kind="stable")
    return [tuple(labels[rank] for rank in order) for order in orders]


def read_labels(
    titles: Sequence[str], labels: Sequence[str], vectors: Matrix | None = None
) -> Readings:
    """Return how well each title calls for each label; `vectors` are those of the titles, when known."""
    return Readings(
        letters=_by_letters(titles, labels),
        share=_by_share(titles, labels),
        meaning=_by_meaning(encode(titles) if vectors is None else vectors, labels),
    )


def _by_letters(titles: Sequence[str], labels: Sequence[str]) -> Matrix:
    """Return the cosines of the runs of letters, the rarer the heavier in the batch."""
    read_titles, read_labels_ = [_runs(each) for each in titles], [_runs(each) for each in labels]
    seen = Counter(run for each in (*read_titles, *read_labels_) for run in each)
    known = {
        run: rank for rank, run in enumerate(sorted({r for each in read_labels_ for r in each}))
    }
    total = len(titles) + len(labels)
    rarity = {run: float(np.log((1 + total) / (1 + count)) + 1) for run, count in seen.items()}
    of_labels = _rows(read_labels_, known, rarity)
    blocks = [
        _rows(read_titles[start : start + _BLOCK], known, rarity) @ of_labels.T
        for start in range(0, len(titles), _BLOCK)
    ]
    return np.concatenate(blocks)


def _rows(
    read: Sequence[Mapping[str, int]], known: Mapping[str, int], rarity: Mapping[str, float]
) -> Matrix:
    """Return one row a text over the known runs, divided by the length of the whole text."""
    rows = np.zeros((len(read), len(known)), np.float32)
    for row, counted in enumerate(read):
        weighed = {run: (1 + np.log(count)) * rarity[run] for run, count in counted.items()}
        length = float(np.sqrt(sum(weight * weight for weight in weighed.values()))) or 1.0
        for run, weight in weighed.items():
            if run in known:
                rows[row, known[run]] = weight / length
    return rows


def _runs(text: str) -> Counter[str]:
    runs: Counter[str] = Counter()
    for word in _WORDS.findall(fold(text)):
        padded = f" {word} "
        for length in range(_SHORTEST_RUN, _LONGEST_RUN + 1):
            runs.update(padded[start : start + length] for start in range(len(padded) - length + 1))
    return runs


def _by_share(titles: Sequence[str], labels: Sequence[str]) -> Matrix:
    """Return the part of each label's stems that the title says or files under, the rarer the heavier."""
    read = [set(stems(fold(title))) for title in titles]
    wanted = [set(stems(fold(label))) for label in labels]
    seen = Counter(stem for each in (*read, *wanted) for stem in each)
    total = len(titles) + len(labels)
    rarity = {stem: float(np.log((1 + total) / (1 + count)) + 1) for stem, count in seen.items()}
    heard = [_heard(each) for each in read]
    shares = np.zeros((len(titles), len(labels)), np.float32)
    for column, label in enumerate(wanted):
        whole = sum(rarity[stem] for stem in label)
        for row, title in enumerate(heard):
            both = label & title.keys()
            if both:
                shares[row, column] = sum(rarity[stem] * title[stem] for stem in both) / whole
    return shares


def _heard(title: set[str]) -> dict[str, float]:
    """Return the stems of a title, and of the headings its words are filed under, with their weights."""
    filed = {head: _FILED for stem in title for head in _headings().get(stem, ())}
    return filed | dict.fromkeys(title, 1.0)


@cache
def _headings() -> dict[str, frozenset[str]]:
    """Return for a stem those of the headings that tenders with it are filed under."""
    kept = tomllib.loads((files("essor.language") / "tender_words.toml").read_text("utf-8"))
    filed: dict[str, set[str]] = defaultdict(set)
    for heading, said in kept["headings"].items():
        for stem in stems(fold(said)):
            filed[stem].update(stems(fold(heading)))
    return {stem: frozenset(heads) for stem, heads in filed.items()}


def _by_meaning(vectors: Matrix, labels: Sequence[str]) -> Matrix:
    """Return the cosines of the sentence vectors, once taken away what all titles, or labels, share."""
    return _centred(vectors) @ _centred(encode(labels)).T


def _centred(vectors: Matrix) -> Matrix:
    away: Matrix = vectors - vectors.mean(axis=0) if len(vectors) > 1 else vectors
    lengths = np.linalg.norm(away, axis=1, keepdims=True)
    return np.asarray(away / np.where(lengths > 0, lengths, 1), np.float32)
