"""What past tender notices taught of the labels their titles call for.

The model is a softmax regression on the words and the meaning of a title, learned by
`scripts/learn_descriptors.py` from the notices of the BOAMP (DILA, Licence Ouverte 2.0) of the first quarter
of 2021. It is shipped as weights: no notice, no title, no buyer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import fold, stems
from essor.language.descriptors import Matrix, ranked, read_labels
from essor.language.vectors import DIMENSIONS, encode

MODEL = "descriptors_2021t1.npz"
"""The shipped weights; their source, licence and dates are within."""

# How far the habit of giving a label is discounted, and what the label's own words weigh beside.
_HABIT_DISCOUNT = 0.25
_OWN_WORDS = 2.5
# Natural logarithm of the chance given to a label never seen.
_NEVER_SEEN = -12.0


@dataclass(frozen=True, slots=True)
class Learned:
    """A softmax regression. Shapes: f words, d = f + `DIMENSIONS` inputs, k labels."""

    labels: tuple[str, ...]
    words: tuple[str, ...]
    rarity: Matrix  # (f,)
    centre: Matrix  # (DIMENSIONS,)
    weights: Matrix  # (d, k)
    intercept: Matrix  # (k,)
    habit: Matrix  # (k,), logarithm of how often each label was given

    def inputs(self, titles: Sequence[str], vectors: Matrix) -> Matrix:
        """Return one row a title: its words, in a row of length 1, then its meaning."""
        places = {word: rank for rank, word in enumerate(self.words)}
        return input_rows([features(title) for title in titles], vectors, places, self)


def features(title: str) -> frozenset[str]:
    """Return the stems of a title, and its pairs of stems that follow each other."""
    found = stems(title.lower())
    return frozenset(found) | {f"{first} {second}" for first, second in pairwise(found)}


def input_rows(
    read: Sequence[frozenset[str]], vectors: Matrix, places: Mapping[str, int], learned: Learned
) -> Matrix:
    """Return the inputs of the regression for titles already read. Shape: (titles, d)."""
    rows = np.zeros((len(read), len(places) + DIMENSIONS), np.float32)
    for row, found in enumerate(read):
        known = [places[each] for each in found if each in places]
        if known:
            weighed = learned.rarity[known]
            rows[row, known] = weighed / np.linalg.norm(weighed)
    rows[:, len(places) :] = vectors - learned.centre
    return rows


def rank_learned(
    titles: Sequence[str], labels: Sequence[str], model: Learned | None = None
) -> list[tuple[str, ...]]:
    """Return for each title every label, the likeliest first, from what was learned and its own words.

    `model` is another one than the one shipped.
    """
    if not titles or not labels:
        return [() for _ in titles]
    learned, vectors = model or learned_descriptors(), encode(titles)
    chances = _chances(learned, learned.inputs(titles, vectors))
    own_words = read_labels(titles, labels, vectors).together()
    known = {fold(label): rank for rank, label in enumerate(learned.labels)}
    scores = np.full((len(titles), len(labels)), _NEVER_SEEN, np.float32)
    scores -= _HABIT_DISCOUNT * float(learned.habit.min())
    for column, label in enumerate(labels):
        rank = known.get(fold(label))
        if rank is not None:
            scores[:, column] = chances[:, rank] - _HABIT_DISCOUNT * learned.habit[rank]
    return ranked(scores + _OWN_WORDS * own_words, labels)


@cache
def learned_descriptors() -> Learned:
    """Return the shipped model."""
    with as_file(files("essor.language") / MODEL) as path:
        return read_learned(path)


def read_learned(path: Path) -> Learned:
    """Return the model kept in a file written by `write_learned`."""
    with np.load(path, allow_pickle=False) as kept:
        return Learned(
            labels=_lines(kept["labels"]),
            words=_lines(kept["words"]),
            rarity=kept["rarity"].astype(np.float32),
            centre=kept["centre"].astype(np.float32),
            weights=kept["weights"].astype(np.float32) * kept["scale"],
            intercept=kept["intercept"],
            habit=kept["habit"],
        )


def write_learned(learned: Learned, path: Path, about: str) -> None:
    """Write the model to a file, its weights on eight bits, with what it is learned from."""
    scale = np.abs(learned.weights).max(axis=0) / 127
    np.savez_compressed(
        path,
        about=_bytes([about]),
        labels=_bytes(learned.labels),
        words=_bytes(learned.words),
        rarity=learned.rarity.astype(np.float16),
        centre=learned.centre.astype(np.float16),
        weights=np.round(learned.weights / np.where(scale > 0, scale, 1)).astype(np.int8),
        scale=scale.astype(np.float32),
        intercept=learned.intercept.astype(np.float32),
        habit=learned.habit.astype(np.float32),
    )


def _chances(learned: Learned, inputs: Matrix) -> Matrix:
    """Return the logarithm of the chance of each label. Shape: (titles, k)."""
    told = inputs @ learned.weights + learned.intercept
    told -= told.max(axis=1, keepdims=True)
    chances: Matrix = told - np.log(np.exp(told).sum(axis=1, keepdims=True))
    return chances


def _bytes(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(kept: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(kept.tobytes().decode().split("\n"))
