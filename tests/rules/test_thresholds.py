from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import InvalidRequestError
from essor.rules.thresholds import threshold_of, thresholds


@pytest.mark.parametrize(
    ("kind", "day", "value"),
    [
        ("dispense_fournitures_services", date(2026, 3, 31), 40_000),
        ("dispense_fournitures_services", date(2026, 4, 1), 60_000),
        ("dispense_travaux", date(2025, 12, 31), 100_000),
        ("dispense_travaux", date(2026, 1, 1), 100_000),
        ("ca_minimal", date(2025, 12, 31), 2.0),
        ("ca_minimal", date(2026, 1, 1), 1.5),
        ("ue_collectivites", date(2025, 12, 31), 221_000),
        ("ue_collectivites", date(2026, 1, 1), 216_000),
        ("reserve_part_minimale", date(2026, 1, 1), 0.5),
    ],
)
def test_a_threshold_is_that_of_the_day(kind, day, value):
    period = threshold_of(kind, day)

    assert period is not None
    assert period.value == value


def test_a_day_that_no_period_covers_is_unknown():
    assert threshold_of("ue_travaux", date(2028, 1, 1)) is None


@given(st.sampled_from([*thresholds()]), st.dates())
def test_a_day_has_at_most_one_value(kind, day):
    holding = [period for period in thresholds()[kind].periods if period.holds_on(day)]

    assert len(holding) <= 1


@pytest.mark.parametrize("kind", thresholds())
def test_the_periods_of_a_threshold_follow_one_another(kind):
    periods = thresholds()[kind].periods

    assert all(not earlier.holds_on(later.since) for earlier, later in pairwise(periods))
    assert all(period.until is not None for period in periods[:-1])
    assert thresholds()[kind].citation.article


def test_an_unknown_threshold_is_refused_with_the_nearest():
    with pytest.raises(InvalidRequestError, match="Vouliez-vous dire « dispense_travaux »"):
        threshold_of("dispense_travau", date(2026, 1, 1))
