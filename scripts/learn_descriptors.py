"""Learn which labels a tender's title calls for, from a quarter of the BOAMP, and write the shipped model.

    python -m scripts.learn_descriptors boamp_2021_T1.csv.gz [--until 2021-03-01] [--to FILE]

Source: the notices of the BOAMP (DILA, Licence Ouverte 2.0). What is written are weights over words used by
several buyers: no notice, no title, no name of a buyer. `--until` keeps the later notices aside, and prints
how well the model ranks the labels of 1 500 of them: MRR, recall and macro recall in the first ten.
"""

import argparse
import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essor.language.descriptors import Matrix
from essor.language.learned_descriptors import (
    MODEL,
    Learned,
    features,
    input_rows,
    rank_learned,
    read_learned,
    write_learned,
)
from essor.language.vectors import DIMENSIONS, encode

# Words kept: the most frequent of those that at least so many buyers use.
WORDS, FEWEST_BUYERS = 8000, 4
EPOCHS, BATCH, RATE, DECAY = 8, 512, 0.018, 1e-6
SEED = 2021
# Titles judged at most among those kept aside, answers looked at, and titles a label needs in the macro recall.
JUDGED, TOP, FEWEST_NOTICES = 1500, 10, 5


@dataclass(frozen=True, slots=True)
class Notice:
    """A title, once, with every label it was given."""

    day: str
    title: str
    buyer: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Titles read, and the labels they were given."""

    read: Sequence[frozenset[str]]
    vectors: Matrix
    truth: Matrix


def main() -> int:
    """Learn, write the model, and return the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("notices", type=Path)
    options.add_argument("--until", default="9999", help="learn from the notices before that day")
    options.add_argument("--to", type=Path, default=Path("src/essor/language") / MODEL)
    chosen = options.parse_args()
    everything = read_notices(chosen.notices)
    notices = [each for each in everything if each.day < chosen.until]
    if not notices:
        options.error(f"no notice before {chosen.until} in {chosen.notices}")
    labels = sorted({label for each in notices for label in each.labels})
    lesson = Lesson(
        [features(each.title) for each in notices],
        encode([each.title for each in notices]),
        _truth(notices, labels),
    )
    learned = learn(lesson, vocabulary(notices, lesson.read), labels)
    first, last = min(each.day for each in notices), max(each.day for each in notices)
    about = f"BOAMP, DILA, Licence Ouverte 2.0, {first}/{last}, {len(notices)} titles"
    write_learned(learned, chosen.to, about)
    print(
        f"{about}: {len(labels)} labels, {len(learned.words)} words, {chosen.to.stat().st_size:,} bytes"
    )
    kept_aside = [each for each in everything if each.day >= chosen.until]
    if kept_aside:
        print(quality(kept_aside, chosen.to))
    return 0


def quality(notices: Sequence[Notice], model: Path) -> str:
    """Return how well a written model ranks the labels of notices it has not learned from, in one line.

    Every label these notices have is ranked, known of the model or not; a label is found when it is among
    the first ten, and counts once a notice in the recall, once a label in the macro recall.
    """
    labels = sorted({label for each in notices for label in each.labels})
    drawn = np.random.default_rng(SEED).permutation(len(notices))[:JUDGED]
    judged = [notices[rank] for rank in drawn]
    answers = rank_learned([each.title for each in judged], labels, read_learned(model))
    first, recall = [], []
    found: dict[str, list[bool]] = defaultdict(list)
    for notice, answer in zip(judged, answers, strict=True):
        ranks = sorted(answer.index(label) for label in notice.labels)
        first.append(1 / (1 + ranks[0]))
        recall.append(sum(rank < TOP for rank in ranks) / len(ranks))
        for label in notice.labels:
            found[label].append(label in answer[:TOP])
    frequent = [float(np.mean(each)) for each in found.values() if len(each) >= FEWEST_NOTICES]
    macro = f"{np.mean(frequent):.3f} over {len(frequent)} labels" if frequent else "none"
    return (
        f"kept aside: {len(judged)} of {len(notices)} titles, {len(labels)} labels: "
        f"MRR {np.mean(first):.3f}, R@{TOP} {np.mean(recall):.3f}, macro R@{TOP} {macro}"
    )


def read_notices(path: Path) -> list[Notice]:
    """Return the notices that have a title and labels, one a distinct title."""
    found: dict[str, Notice] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            labels = frozenset(filter(None, map(str.strip, row["descripteur_libelle"].split("|"))))
            key = " ".join(row["objet"].lower().split())
            if key and labels:
                before = found[key].labels if key in found else frozenset()
                day = found[key].day if key in found else row["dateparution"]
                found[key] = Notice(day, row["objet"], row["nomacheteur"], labels | before)
    return list(found.values())


def vocabulary(notices: Sequence[Notice], read: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the words kept with their rarity; a word of few buyers may be one's name, and is left out."""
    buyers: dict[str, set[str]] = defaultdict(set)
    seen: Counter[str] = Counter()
    for notice, found in zip(notices, read, strict=True):
        seen.update(found)
        for word in found:
            buyers[word].add(notice.buyer)
    kept = [word for word, _ in seen.most_common() if len(buyers[word]) >= FEWEST_BUYERS][:WORDS]
    return {word: float(np.log(len(read) / seen[word])) for word in sorted(kept)}


def learn(lesson: Lesson, words: dict[str, float], labels: Sequence[str]) -> Learned:
    """Return the softmax regression of the labels on the inputs, by Adam with a falling rate."""
    given = lesson.truth.sum(0)
    habit = np.log((given + 0.5) / given.sum()).astype(np.float32)
    learned = Learned(
        labels=tuple(labels),
        words=tuple(words),
        rarity=np.array(list(words.values()), np.float32),
        centre=lesson.vectors.mean(0),
        weights=np.zeros((len(words) + DIMENSIONS, len(labels)), np.float32),
        intercept=habit.copy(),
        habit=habit,
    )
    momentum, spread = np.zeros_like(learned.weights), np.zeros_like(learned.weights)
    generator, step = np.random.default_rng(SEED), 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        order = generator.permutation(len(lesson.read))
        for start in range(0, len(order), BATCH):
            step += 1
            slope, drift = _slope(learned, lesson, order[start : start + BATCH])
            momentum += 0.1 * (slope - momentum)
            spread += 0.01 * (slope * slope - spread)
            size = np.sqrt(spread / (1 - 0.99**step)) + 1e-7
            learned.weights[:] -= rate * momentum / (1 - 0.9**step) / size
            learned.intercept[:] -= 5 * rate * drift
        print(f"epoch {epoch + 1} of {EPOCHS}", flush=True)
    return learned


def _slope(learned: Learned, lesson: Lesson, rows: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Return the slopes of the loss along the weights and the intercept, over some rows."""
    places = {word: rank for rank, word in enumerate(learned.words)}
    inputs = input_rows([lesson.read[row] for row in rows], lesson.vectors[rows], places, learned)
    told = inputs @ learned.weights + learned.intercept
    told = np.exp(told - told.max(axis=1, keepdims=True))
    truth = lesson.truth[rows]
    gap = told / told.sum(axis=1, keepdims=True) - truth / truth.sum(axis=1, keepdims=True)
    return inputs.T @ gap / len(rows) + DECAY * learned.weights, gap.mean(axis=0)


def _truth(notices: Sequence[Notice], labels: Sequence[str]) -> Matrix:
    places = {label: rank for rank, label in enumerate(labels)}
    truth = np.zeros((len(notices), len(labels)), np.float32)
    for row, notice in enumerate(notices):
        truth[row, [places[label] for label in notice.labels]] = 1
    return truth


if __name__ == "__main__":
    raise SystemExit(main())
