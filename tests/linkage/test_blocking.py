import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.linkage.blocking import MOST_KEPT, MOST_READ, Family, Keyed, keys, pairs, postings


def keyed(numbers, rows):
    every = np.array(numbers, np.int64)
    return Keyed(keys(Family.WORD, every, every), np.array(rows, np.int32))


def found(filed, asked, entries=10):
    queries, rows = pairs(postings([filed], entries), asked)
    return list(zip(queries.tolist(), rows.tolist(), strict=True))


def test_a_query_meets_the_entries_that_share_its_keys():
    filed = keyed([1, 2, 2, 3], [0, 0, 1, 2])

    assert found(filed, keyed([2, 4], [0, 1])) == [(0, 0), (0, 1)]


def test_the_entry_that_shares_more_comes_first():
    filed = keyed([1, 2, 1, 1], [1, 1, 0, 2])

    assert found(filed, keyed([1, 2], [0, 0]))[0] == (0, 1)


def test_an_unknown_number_files_nothing():
    assert found(keyed([-1], [0]), keyed([-1], [0])) == []


def test_families_of_keys_do_not_meet():
    one = np.array([7], np.int64)

    assert keys(Family.WORD, one, one) != keys(Family.INITIALS, one, one)


def test_the_rarest_keys_are_read_first_and_reading_ends():
    common = [1] * (2 * MOST_READ)
    filed = keyed([*common, 2], [*range(2 * MOST_READ), 2 * MOST_READ - 1])

    met = found(filed, keyed([1, 2], [0, 0]), len(common))

    assert met[0] == (0, 2 * MOST_READ - 1)
    assert len(met) == MOST_KEPT


@pytest.mark.parametrize(("filed", "asked"), [([], [1]), ([1], []), ([], [])])
def test_nothing_filed_or_nothing_asked_meets_nothing(filed, asked):
    assert found(keyed(filed, range(len(filed))), keyed(asked, range(len(asked)))) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=40))
def test_each_pair_met_shares_a_key_and_comes_once(filed):
    numbers, rows = [number for number, _ in filed], [row for _, row in filed]

    met = found(keyed(numbers, rows), keyed([0, 1, 2], [0, 0, 1]))

    assert set(met) == {(0, row) for n, row in filed if n < 2} | {
        (1, row) for n, row in filed if n == 2
    }
    assert len(met) == len(set(met))
