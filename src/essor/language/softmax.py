"""A softmax regression learned from the likeness of examples to one another (a kernel), without a tuned step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

# Rounds of learning: past them, answers no longer change.
_ROUNDS = 20
# Part of the way the intercept goes at each round, and the least share it is computed with.
_DAMPING, _LEAST_SHARE = 0.15, 0.002
# A class never given still has a finite logarithm.
_TINY = 1e-4


@dataclass(frozen=True, slots=True)
class Softmax:
    """What each example says of each class. Shapes: (n, d) and (d,)."""

    weights: Matrix
    intercept: Matrix

    def chances(self, alike: Matrix) -> Matrix:
        """Return the chance of each class, from the likeness of what is asked to the examples: (q, d)."""
        return _chances(alike @ self.weights + self.intercept)


def learn_softmax(alike: Matrix, truth: Matrix, penalty: float) -> Softmax:
    """Return the regression of the classes on the likeness of n examples.

    The curvature of the loss is never more than half the likeness: with that bound inverted once, each round
    goes down whatever the data. Shapes: `alike` (n, n), `truth` (n, d) of zeros and ones.
    """
    share = truth.mean(axis=0)
    bound = 0.5 * alike + penalty * np.eye(len(alike), dtype=np.float32)
    way: Matrix = np.linalg.inv(bound).astype(np.float32)
    weights = np.zeros_like(truth)
    intercept = np.log(share + _TINY).astype(np.float32)
    for _ in range(_ROUNDS):
        gap = _chances(alike @ weights + intercept) - truth
        weights = weights - way @ (gap + penalty * weights)
        intercept = intercept - _DAMPING * gap.mean(axis=0) / np.maximum(share, _LEAST_SHARE)
    return Softmax(weights, intercept.astype(np.float32))


def _chances(told: Matrix) -> Matrix:
    odds = np.exp(told - told.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)
