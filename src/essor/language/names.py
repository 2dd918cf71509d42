"""What the name of an organisation lets one guess of its activity: a ranking of NAF divisions.

Four readings are added: a ridge regression on letters and words, a softmax regression on letters, words and
meaning, the nearest known names, and a smoothed count of each word. All is learned from the names given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import fold, stems
from essor.language.softmax import Softmax, learn_softmax
from essor.language.vectors import encode

# Runs of letters compared, spaces included.
_SHORTEST_RUN, _LONGEST_RUN = 3, 5
# Ridge penalty of the two readings: sharp for the first answer, cautious for the next ones.
_SHARP, _CAUTIOUS = 1.0, 4.0
_NEIGHBOURS = 30
# Penalty of the softmax regression, and what it weighs in the first answer and in the next ones.
_PENALTY = 0.3
_CHANCE_FIRST, _CHANCE_NEXT = 0.5, 2.0
# How many unseen names a word is believed to have been in, spread as divisions are.
_DOUBT = 2.0
# How the features that are whole words are told from runs of letters.
_WHOLE = _WORD, _STEM = ("word:", "stem:")
_LETTERS = re.compile(r"[a-z0-9]+")

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Names:
    """Known names, ready to be compared with others. Shapes: n names, f features, d divisions."""

    divisions: tuple[str, ...]
    features: Mapping[str, int]
    rarity: Matrix  # (f,)
    known: Matrix  # (n, f), rows of length 1
    words: Matrix  # (n, f), of which only whole words, rows of length 1
    meaning: Matrix  # (n, DIMENSIONS)
    softmax: Softmax
    truth: Matrix  # (n, d), 1 where the name has that division
    sharp: Matrix  # (n, d), what each known name says of a division
    cautious: Matrix  # (n, d)
    counts: Mapping[str, Matrix]  # (d,), divisions of the names that have that word


def learn_names(known: Iterable[tuple[str, str]]) -> Names:
    """Return what (name, division) pairs teach.

    Raises:
        ValueError: there is no pair.
    """
    pairs = list(known)
    if not pairs:
        raise ValueError("no name to learn from")
    read = [_features(name) for name, _ in pairs]
    seen = Counter(feature for each in read for feature in each)
    features = {feature: rank for rank, feature in enumerate(seen)}
    rarity = np.array(
        [np.log((1 + len(pairs)) / (1 + seen[each])) + 1 for each in features], np.float32
    )
    divisions = tuple(sorted({division for _, division in pairs}))
    truth = np.zeros((len(pairs), len(divisions)), np.float32)
    for row, (_, division) in enumerate(pairs):
        truth[row, divisions.index(division)] = 1
    matrix = _matrix(read, features, rarity)
    words = _whole_words(matrix, features)
    meaning = _meaning([name for name, _ in pairs])
    alike = matrix @ matrix.T
    together = (alike + words @ words.T + meaning @ meaning.T) / 3
    surprise = truth - truth.mean(0)
    return Names(
        divisions=divisions,
        features=features,
        rarity=rarity,
        known=matrix,
        words=words,
        meaning=meaning,
        softmax=learn_softmax(together, truth, _PENALTY),
        truth=truth,
        sharp=_ridge(alike, surprise, _SHARP),
        cautious=_ridge(alike, surprise, _CAUTIOUS),
        counts=_counts([name for name, _ in pairs], truth),
    )


def divisions_of(names: Names, asked: Sequence[str], limit: int = 5) -> list[tuple[str, ...]]:
    """Return for each asked name its likeliest NAF divisions, best first, `limit` at most."""
    if not asked:
        return []
    rows = _matrix([_features(name) for name in asked], names.features, names.rarity)
    alike = rows @ names.known.T
    words = _whole_words(rows, names.features) @ names.words.T
    chances = names.softmax.chances((alike + words + _meaning(asked) @ names.meaning.T) / 3)
    prior = names.truth.mean(0)
    by_word = np.stack([_by_word(name, names.counts, prior) for name in asked])
    voted = 0.5 * _neighbours(alike, names.truth)
    first = alike @ names.sharp + prior + 0.5 * by_word + voted + _CHANCE_FIRST * chances
    others = alike @ names.cautious + 1.2 * prior + by_word + voted + _CHANCE_NEXT * chances
    return [
        _ranked(names.divisions, best, rest, limit)
        for best, rest in zip(first, others, strict=True)
    ]


def _ranked(divisions: Sequence[str], best: Matrix, rest: Matrix, limit: int) -> tuple[str, ...]:
    """Return the best division of the first reading, then the order of the second."""
    order = [int(best.argmax()), *np.argsort(-rest, kind="stable").tolist()]
    return tuple(dict.fromkeys(divisions[each] for each in order))[:limit]


def _features(name: str) -> Counter[str]:
    """Return the runs of letters, words and stems of a name, with how often each comes."""
    spelt = " ".join(_LETTERS.findall(fold(name)))
    padded = f" {spelt} "
    found = Counter(
        padded[start : start + length]
        for length in range(_SHORTEST_RUN, _LONGEST_RUN + 1)
        for start in range(len(padded) - length + 1)
    )
    found.update(f"{_WORD}{word}" for word in spelt.split())
    found.update(f"{_STEM}{stem}" for stem in stems(name))
    return found


def _matrix(
    read: Sequence[Mapping[str, int]], features: Mapping[str, int], rarity: Matrix
) -> Matrix:
    """Return one row of length 1 a name, of zeros when nothing of it is known."""
    matrix = np.zeros((len(read), len(features)), np.float32)
    for row, counted in enumerate(read):
        known = {features[each]: count for each, count in counted.items() if each in features}
        places = list(known)
        matrix[row, places] = (1 + np.log(list(known.values()))) * rarity[places]
    return _of_length_one(matrix)


def _whole_words(matrix: Matrix, features: Mapping[str, int]) -> Matrix:
    """Return the rows with their words and stems alone."""
    columns = [rank for feature, rank in features.items() if feature.startswith(_WHOLE)]
    return _of_length_one(matrix[:, columns])


def _of_length_one(matrix: Matrix) -> Matrix:
    """Return each row divided by its length, a row of zeros being left as it is."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), np.float32)


def _meaning(names: Sequence[str]) -> Matrix:
    """Return the sentence vectors of the names in small letters, as the encoder has mostly read them."""
    return encode([name.lower() for name in names])


def _ridge(alike: Matrix, surprise: Matrix, penalty: float) -> Matrix:
    solved: Matrix = np.linalg.solve(
        alike + penalty * np.eye(len(alike), dtype=np.float32), surprise
    )
    return solved


def _neighbours(alike: Matrix, truth: Matrix) -> Matrix:
    """Return the share of each division among the nearest names, weighed by their likeness."""
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, :_NEIGHBOURS]
    weights = np.take_along_axis(alike, nearest, axis=1).clip(min=0)
    votes = np.einsum("qk,qkd->qd", weights, truth[nearest])
    total = votes.sum(axis=1, keepdims=True)
    return np.asarray(votes / np.where(total > 0, total, 1), np.float32)


def _counts(names: Sequence[str], truth: Matrix) -> dict[str, Matrix]:
    counts: dict[str, Matrix] = defaultdict(lambda: np.zeros(truth.shape[1], np.float32))
    for name, row in zip(names, truth, strict=True):
        for word in set(stems(name)):
            counts[word] += row
    return dict(counts)


def _by_word(name: str, counts: Mapping[str, Matrix], prior: Matrix) -> Matrix:
    """Return the probability of each division, the words of the name being taken one by one."""
    told = np.log(prior)
    for word in sorted(set(stems(name)) & counts.keys()):
        count = counts[word]
        told = told + np.log((count + _DOUBT * prior) / (count.sum() + _DOUBT)) - np.log(prior)
    odds = np.exp(told - told.max())
    return np.asarray(odds / odds.sum(), np.float32)
