"""The softmax regression learns from likeness alone, and its chances are chances."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.language.softmax import learn_softmax

TRUTH = np.eye(3, dtype=np.float32)[[0, 0, 1, 1, 2]]
ROWS = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [-1, -1]], np.float32)


def test_an_example_is_given_its_own_class():
    alike = ROWS @ ROWS.T

    chances = learn_softmax(alike, TRUTH, 0.01).chances(alike)

    assert chances.argmax(axis=1).tolist() == [0, 0, 1, 1, 2]


def test_what_is_like_nothing_gets_the_commonest_classes():
    learned = learn_softmax(ROWS @ ROWS.T, TRUTH, 1.0)

    (chances,) = learned.chances(np.zeros((1, len(ROWS)), np.float32))

    assert chances[2] < min(chances[:2])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 2)), min_size=1, max_size=20),
    st.sampled_from([0.01, 0.3, 10.0]),
)
def test_chances_are_positive_and_sum_to_one(examples: list[tuple[float, int]], penalty: float):
    rows = np.array([[place, 1] for place, _ in examples], np.float32)
    truth = np.eye(3, dtype=np.float32)[[known for _, known in examples]]
    alike = rows @ rows.T

    chances = learn_softmax(alike, truth, penalty).chances(alike)

    assert (chances >= 0).all()
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-4)


def test_learning_goes_nearer_the_truth_than_frequencies_alone():
    alike = ROWS @ ROWS.T

    chances = learn_softmax(alike, TRUTH, 0.1).chances(alike)

    loss = -np.log((chances * TRUTH).sum(axis=1)).mean()
    share = TRUTH.mean(axis=0)
    assert loss < -(share * np.log(share)).sum()
