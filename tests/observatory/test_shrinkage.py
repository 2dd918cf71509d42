import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.shrinkage import shrunk_quotient, trust, wilson_interval

SHARES = st.floats(0.001, 1)
JOBS = st.floats(1, 1e6)


def test_the_shrunk_quotient_is_the_formula_of_the_specification():
    quotient = shrunk_quotient(50, 100, 0.1)

    assert quotient == pytest.approx((50 + 200 * 0.1) / (100 + 200) / 0.1)


@given(share=SHARES, total=JOBS, local_share=st.floats(0, 1))
def test_shrinking_moves_towards_one_and_never_beyond(share, total, local_share):
    raw = local_share / share

    shrunk = shrunk_quotient(local_share * total, total, share)

    assert shrunk is not None
    assert min(raw, 1) - 1e-6 <= shrunk <= max(raw, 1) + 1e-6


@given(share=SHARES, local_share=st.floats(0, 1))
def test_shrinking_vanishes_as_jobs_grow(share, local_share):
    total = 1e12

    shrunk = shrunk_quotient(local_share * total, total, share)

    assert shrunk == pytest.approx(local_share / share, abs=1e-4)


def test_a_territory_without_jobs_has_the_national_structure():
    assert shrunk_quotient(0, 0, 0.25) == pytest.approx(1)


def test_a_sector_that_the_country_lacks_has_no_quotient():
    assert shrunk_quotient(0, 100, 0) is None


@given(fewer=JOBS, more=JOBS)
def test_trust_grows_with_jobs(fewer, more):
    fewer, more = sorted((fewer, more))

    assert 0 <= trust(fewer) <= trust(more) < 1


@given(trials=st.integers(1, 10**6), data=st.data())
def test_wilson_bounds_hold_the_share_and_stay_between_0_and_1(trials, data):
    successes = data.draw(st.integers(0, trials))

    bounds = wilson_interval(successes, trials)

    assert bounds is not None
    assert 0 <= bounds[0] <= successes / trials <= bounds[1] <= 1


def test_wilson_gives_the_published_interval_of_one_in_ten():
    assert wilson_interval(1, 10) == pytest.approx((0.017876, 0.404150), abs=1e-5)


def test_without_trial_there_is_no_interval():
    assert wilson_interval(0, 0) is None
