"""Confidence: the probability that a candidate is the one typed, and what to do with it.

The weights are fitted by `scripts/fit_linkage.py`, never written by hand. A pair has a likeness
(weighted sum of its signals); the probability grows with it and with the gap to the next SIREN.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from essor.linkage.entries import Candidate, Decision, Outcome
from essor.linkage.scoring import SIGNALS, Signals

Likeness = NDArray[np.float64]

# Beyond it a gap says nothing more; it is also the gap of a candidate that is alone.
WIDEST_GAP = 5.0
# On the notices that the weights were fitted on, 996 accepted answers in 1 000 are right; of the
# organisations taken away from the register, 26 in 1 000 are still accepted as another.
ACCEPTED_FROM, REJECTED_BELOW = 0.9, 0.1


@dataclass(frozen=True, slots=True)
class Model:
    """The weight of each of `SIGNALS`, and the logistic curve over likeness and gap."""

    weights: NDArray[np.float64]
    intercept: float
    per_likeness: float
    per_gap: float


@cache
def model() -> Model:
    """Return the fitted weights."""
    read = tomllib.loads((files("essor.linkage") / "weights.toml").read_text("utf-8"))
    weights = np.array([read["weights"][name] for name in SIGNALS], np.float64)
    curve = read["curve"]
    return Model(weights, curve["intercept"], curve["per_likeness"], curve["per_gap"])


def likeness(signals: Signals, fitted: Model) -> Likeness:
    """Return the weighted sum of each row of signals, rounded so that equals are equal."""
    total: Likeness = (signals.astype(np.float64) * fitted.weights).sum(axis=1).round(5)
    return total


def probability(alike: Likeness, gap: Likeness, fitted: Model) -> Likeness:
    """Return the probability that each candidate is right, 0 to 1.

    `gap` is the likeness beyond that of the best other SIREN: negative for all but the first.
    """
    bounded = np.clip(gap, -WIDEST_GAP, WIDEST_GAP)
    logit = fitted.intercept + fitted.per_likeness * alike + fitted.per_gap * bounded
    return 1 / (1 + np.exp(-logit))


def decide(candidates: Sequence[Candidate]) -> Decision:
    """Return whether the first candidate is accepted, a person is asked, or none is kept."""
    if not candidates:
        because = "Aucun organisme du registre ne ressemble à cette saisie : précisez le nom."
        return Decision(Outcome.REJECT, None, because)
    best = candidates[0]
    sure = f"« {best.entry.name} » ({best.siren}) : probabilité {_percent(best.score)}"
    if best.score >= ACCEPTED_FROM:
        return Decision(Outcome.ACCEPT, best.siren, f"{sure}.")
    if best.score < REJECTED_BELOW:
        because = f"{sure}, trop faible : précisez le nom, la ville ou l’adresse."
        return Decision(Outcome.REJECT, None, because)
    return Decision(Outcome.ASK, None, f"{sure}, à confirmer parmi les candidats.")


def _percent(share: float) -> str:
    return f"{min(share, 0.99) * 100:.0f}\u202f%"
