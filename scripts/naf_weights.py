"""Fit the weights of `essor.language.signals` on questions whose answer is known, and say how well they do.

    python -m scripts.naf_weights labels_and_notes titles.jsonl
    python -m scripts.naf_weights with_products notes.jsonl --cpf titles.tsv

A question is a line `{"id", "text", "gold": [codes], "industry": bool}`. What is known of the NAF comes from
the release in service. The model is a softmax over the sub-classes, linear in the signals: as many weights as
signals, drawn towards zero. A question of industry, which Essor exists for and the figures are first about,
counts as three. The figures printed are cross-validated: a question is answered with weights that
never saw it, nor any of its product's other wordings.
"""

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.naf import known
from numpy.typing import NDArray

from essor.language.knowledge import Knowledge
from essor.language.signals import LIKENESSES, SIGNALS, index_of

WEIGHTS = Path(__file__).parents[1] / "src/essor/language/weights.toml"

FOLDS = 5
# A sub-class that no likeness puts among the first is not worth weighing.
KEPT = 100
# How much a question of industry counts, when another counts one.
INDUSTRY = 3.0
SHRINKAGE = 3e-4
STEPS, RATE, INERTIA, SMOOTHING = 200, 0.15, 0.9, 0.99
DRAWS = 2_000
BATCH = 128


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions measured: signals and answers of the sub-classes kept, and what else is known of each."""

    signals: NDArray[np.float32]
    is_right: NDArray[np.bool_]
    is_industrial: NDArray[np.bool_]
    fold: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_]) -> "Asked":
        """Return some of the questions."""
        return Asked(
            self.signals[chosen],
            self.is_right[chosen],
            self.is_industrial[chosen],
            self.fold[chosen],
        )


def main() -> None:
    """Fit, print the figures, write the weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name", choices=("labels_and_notes", "with_products"))
    options.add_argument("questions", type=Path)
    options.add_argument("--cpf", type=Path)
    options.add_argument("--dry", action="store_true", help="print the figures, write nothing")
    options.add_argument("--without", nargs="*", default=[], help="signals to leave out")
    chosen = options.parse_args()
    asked = measured(known(chosen.cpf), chosen.questions)
    left_out = np.array([any(part in name for part in chosen.without) for name in SIGNALS])
    asked.signals[:, :, left_out] = 0
    report(asked, cross_validated(asked))
    if not chosen.dry:
        write(chosen.name, fit(asked))


def measured(knowledge: Knowledge, path: Path) -> Asked:
    """Return the questions of a file, measured."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    index, place = index_of(knowledge), {code: rank for rank, code in enumerate(knowledge.codes)}
    signals = np.zeros((len(lines), KEPT, len(SIGNALS)), np.float32)
    is_right = np.zeros((len(lines), KEPT), np.bool_)
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        for rank, found in enumerate(index.measure([line["text"] for line in batch]), start):
            likeness = found.signals[:, : len(LIKENESSES)].sum(axis=1)
            kept = np.argsort(-likeness, kind="stable")[:KEPT]
            signals[rank] = found.signals[kept]
            gold = [place[code] for code in lines[rank]["gold"] if code in place]
            is_right[rank] = np.isin(kept, gold)
    return Asked(
        signals,
        is_right,
        np.array([line["industry"] for line in lines]),
        np.array([_fold(line["id"]) for line in lines]),
    )


def fit(asked: Asked) -> NDArray[np.float64]:
    """Return the weights that make the right sub-classes likeliest (Adam, all questions at each step)."""
    answerable = asked.where(np.any(asked.is_right, axis=1))
    questions, kept, signals = answerable.signals.shape
    rows = answerable.signals.reshape(-1, signals)
    counts = np.where(answerable.is_industrial, INDUSTRY, 1.0)[:, np.newaxis]
    weights, mean, square = np.ones(signals), np.zeros(signals), np.zeros(signals)
    for step in range(1, STEPS + 1):
        points = (rows @ weights.astype(np.float32)).reshape(questions, kept)
        chances = np.exp(points - points.max(axis=1, keepdims=True))
        right = chances * answerable.is_right
        excess = chances / chances.sum(axis=1, keepdims=True)
        excess -= right / np.maximum(right.sum(axis=1, keepdims=True), 1e-12)
        excess *= counts
        slope = excess.reshape(-1) @ rows / counts.sum() + SHRINKAGE * weights
        mean = INERTIA * mean + (1 - INERTIA) * slope
        square = SMOOTHING * square + (1 - SMOOTHING) * slope**2
        pace = RATE / (1 - INERTIA**step) / (np.sqrt(square / (1 - SMOOTHING**step)) + 1e-9)
        weights = weights - pace * mean
    return weights


def cross_validated(asked: Asked) -> NDArray[np.float64]:
    """Return the rank of the first right answer to each question, infinite when it is not kept."""
    ranks = np.full(len(asked.fold), np.inf)
    for fold in range(FOLDS):
        held = np.equal(asked.fold, fold)
        tested = asked.where(held)
        points = tested.signals @ fit(asked.where(np.logical_not(held))).astype(np.float32)
        best = np.where(tested.is_right, points, -np.inf).max(axis=1, keepdims=True)
        found = 1.0 + (points > best).sum(axis=1)
        ranks[held] = np.where(tested.is_right.any(axis=1), found, np.inf)
    return ranks


def report(asked: Asked, ranks: NDArray[np.float64]) -> None:
    """Print the figures, each with n and its 95 % bootstrap interval."""
    reciprocal = np.where(ranks <= 20, 1 / ranks, 0.0)
    industry = asked.is_industrial
    for name, values in (
        ("industry MRR", reciprocal[industry]),
        ("industry top1", (ranks == 1)[industry]),
        ("industry top5", (ranks <= 5)[industry]),
        ("all MRR", reciprocal),
    ):
        draws = np.random.default_rng(0).integers(len(values), size=(DRAWS, len(values)))
        low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
        print(f"{name:15} n = {len(values):5} {values.mean():.3f} [{low:.3f}; {high:.3f}]")


def write(name: str, weights: NDArray[np.float64]) -> None:
    """Write one set of weights in `weights.toml`, the others left as they are."""
    header = f"[{name}]"
    text = WEIGHTS.read_text("utf-8") if WEIGHTS.exists() else ""
    before, _, after = text.partition(header)
    rest = after.partition("\n\n")[2]
    lines = [f"{signal} = {weight:.3f}" for signal, weight in zip(SIGNALS, weights, strict=True)]
    parts = (before.strip(), "\n".join((header, *lines)), rest.strip())
    WEIGHTS.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")


def _fold(identifier: str) -> int:
    """Return the fold of a question, that of every other wording of its product."""
    product = identifier.partition("#")[0]
    return int(hashlib.sha256(product.encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    main()
