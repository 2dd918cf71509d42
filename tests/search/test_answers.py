import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from essor.search.answers import Answers


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(1, 70))
def test_the_best_come_first_and_equal_ones_in_their_order(points, count):
    answers = Answers(np.arange(len(points), dtype=np.uint32), np.array(points, np.int16))

    best = answers.best(count)

    assert best == sorted(range(len(points)), key=lambda rank: -points[rank])[:count]
