"""Linear discriminants: which class a vector belongs to, directions in which a class varies counting for little.

A mean says where the texts of a class stand; nearness to it takes every direction alike. Fisher's discriminant
divides each direction by how much texts of one class vary along it, so that what tells classes apart counts most.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

# Part of the mean variance added to each direction: with few examples, no direction is known to be still.
_SHRINKAGE = 1.0
# Vectors that never differ still have a spread to divide by.
_LEAST_VARIANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Discriminant:
    """What says each class. Shapes: (dimensions, classes) and (classes)."""

    directions: Matrix
    offsets: Matrix

    def gaps(self, vectors: Matrix) -> Matrix:
        """Return how far behind the likeliest class each one is, 0 for it, negative for the others.

        In standard deviations over the classes: it compares between vectors and between sets of classes.
        Shape: (vectors, dimensions) gives (vectors, classes).
        """
        told = vectors @ self.directions + self.offsets
        spread = told.std(axis=1, keepdims=True)
        behind = told - told.max(axis=1, keepdims=True)
        return np.asarray(behind / np.where(spread > 0, spread, 1), np.float32)


def discriminant_of(vectors: Matrix, starts: NDArray[np.int32]) -> Discriminant:
    """Return the discriminant of classes that share one spread, each as likely as another.

    The rows of `vectors` are grouped by class: `starts` says where each begins, none is empty.
    Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., 4.3.
    """
    rows = vectors.astype(np.float64)
    sizes = np.diff(starts, append=len(rows))
    means = np.add.reduceat(rows, starts, axis=0) / sizes[:, None]
    apart = rows - np.repeat(means, sizes, axis=0)
    spread = apart.T @ apart / len(rows)
    dimensions = spread.shape[0]
    mean_variance = float(np.trace(spread)) / dimensions
    spread += np.eye(dimensions) * (_SHRINKAGE * mean_variance + _LEAST_VARIANCE)
    directions = np.linalg.solve(spread, means.T)
    offsets = -0.5 * np.einsum("cd,dc->c", means, directions)
    return Discriminant(directions.astype(np.float32), offsets.astype(np.float32))
