import numpy as np
import pytest

from essor.linkage.confidence import (
    ACCEPTED_FROM,
    REJECTED_BELOW,
    decide,
    likeness,
    model,
    probability,
)
from essor.linkage.entries import Candidate, Entry, Outcome
from essor.linkage.scoring import SIGNALS

ENTRY = Entry("999000005", "Atelier des Prés")


@pytest.mark.parametrize(
    ("score", "outcome", "siren"),
    [
        (ACCEPTED_FROM, Outcome.ACCEPT, "999000005"),
        (ACCEPTED_FROM - 0.01, Outcome.ASK, None),
        (REJECTED_BELOW, Outcome.ASK, None),
        (REJECTED_BELOW - 0.01, Outcome.REJECT, None),
    ],
)
def test_the_probability_of_the_first_candidate_decides(score, outcome, siren):
    decision = decide([Candidate("999000005", score, ENTRY, ())])

    assert (decision.outcome, decision.siren) == (outcome, siren)


def test_no_candidate_is_a_rejection_that_says_what_to_do():
    decision = decide(())

    assert decision.outcome is Outcome.REJECT
    assert "précisez" in decision.because


def test_nothing_is_told_certain():
    decision = decide([Candidate("999000005", 0.9999, ENTRY, ())])

    assert "99\u202f%" in decision.because


def test_every_signal_has_a_weight_of_its_own_sense():
    weights = dict(zip(SIGNALS, model().weights, strict=True))

    assert all(weight <= 0 for name, weight in weights.items() if name.startswith("other_"))
    assert all(weight >= 0 for name, weight in weights.items() if not name.startswith("other_"))


def test_likeness_is_the_weighted_sum_of_the_signals():
    every = np.ones((1, len(SIGNALS)), np.float32)

    assert likeness(every, model())[0] == pytest.approx(model().weights.sum(), abs=1e-4)


def test_probability_grows_with_likeness_and_with_the_gap_to_the_next():
    alike, gap = np.array([3.0, 9.0, 9.0]), np.array([1.0, 1.0, 4.0])

    likely = probability(alike, gap, model())

    assert likely[0] < likely[1] < likely[2] < 1
