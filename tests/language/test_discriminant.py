"""The class a vector belongs to: directions in which a class varies count for little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from essor.language.discriminant import discriminant_of

# Two classes apart along the second direction; both are scattered along the first.
SCATTERED = np.array([[-3, 1], [5, 1], [-5, -1], [3, -1]], np.float32)
STARTS = np.array([0, 2], np.int32)

FEW = arrays(np.float32, (6, 3), elements=st.floats(-1, 1, width=16))


def test_what_varies_inside_a_class_does_not_tell_it_apart():
    nearer_to_the_second_mean = np.array([[-1, 0.5]], np.float32)

    (gaps,) = discriminant_of(SCATTERED, STARTS).gaps(nearer_to_the_second_mean)

    means = SCATTERED.reshape(2, 2, 2).mean(axis=1)
    distances = np.linalg.norm(means - nearer_to_the_second_mean, axis=1)
    assert distances.argmin() == 1
    assert gaps.argmax() == 0


def test_gaps_do_not_depend_on_the_unit_of_the_vectors():
    asked = np.array([[1, 0.2], [-2, -0.7]], np.float32)

    once = discriminant_of(SCATTERED, STARTS).gaps(asked)
    thrice = discriminant_of(3 * SCATTERED, STARTS).gaps(3 * asked)

    assert once == pytest.approx(thrice, abs=1e-4)


def test_classes_that_nothing_tells_apart_are_level():
    alike = np.ones((4, 2), np.float32)

    gaps = discriminant_of(alike, STARTS).gaps(np.array([[0.3, 0.1]], np.float32))

    assert gaps == pytest.approx(np.zeros((1, 2)))


@given(FEW, FEW)
def test_the_likeliest_class_is_never_behind(known, asked):
    gaps = discriminant_of(known, np.array([0, 1, 4], np.int32)).gaps(asked)

    assert np.isfinite(gaps).all()
    assert gaps.max(axis=1) == pytest.approx(np.zeros(6))


@given(FEW, FEW)
def test_a_class_alone_is_never_behind(known, asked):
    gaps = discriminant_of(known, np.array([0], np.int32)).gaps(asked)

    assert not gaps.any()
