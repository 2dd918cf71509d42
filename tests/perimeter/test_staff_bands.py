import csv
from importlib.resources import files
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.perimeter.staff_bands import BY_CODE, STAFF_BANDS, UNKNOWN_BAND, StaffBand

bands = st.builds(
    lambda lower, width: StaffBand("xx", lower, lower + width),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


def test_the_bands_are_those_of_the_nomenclature():
    nomenclature = files("essor.demonstration") / "mirror/nomenclatures/tranches_effectifs.csv"
    with nomenclature.open(encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["code"] != UNKNOWN_BAND]

    ours = [(band.code, str(band.lower), str(band.upper or "")) for band in STAFF_BANDS[1:]]

    assert ours == [
        (row["code"], row["effectif_min"], row["effectif_max"]) for row in published[1:]
    ]


def test_the_bands_follow_one_another_without_a_gap():
    for band, following in pairwise(STAFF_BANDS):
        assert following.lower == (band.upper or 0) + 1


def test_a_unit_of_unknown_staff_has_no_band():
    assert UNKNOWN_BAND not in BY_CODE


@pytest.mark.parametrize(
    ("code", "mid"), [("00", 0), ("01", 1.5), ("12", 34.5), ("32", 374.5), ("53", 10_000)]
)
def test_the_middles_are_those_of_the_specification(code, mid):
    assert BY_CODE[code].mid == mid


def test_the_log_uniform_mean_of_twenty_to_forty_nine_is_as_computed_by_hand():
    assert BY_CODE["12"].log_uniform == pytest.approx(30 / 0.916290731874155)


@pytest.mark.parametrize("band", STAFF_BANDS, ids=lambda band: band.code)
def test_no_published_band_breaks_the_estimators(band):
    assert band.lower <= band.mid <= (band.upper if band.upper is not None else inf)
    assert band.lower <= band.log_uniform


@given(bands)
def test_the_middle_lies_between_the_bounds(band):
    assert band.lower <= band.mid <= band.upper


@given(bands)
def test_the_log_uniform_mean_lies_in_the_band_widened_by_one(band):
    # A ratio of reals: the last digits are not promised.
    assert band.lower * (1 - 1e-9) <= band.log_uniform <= (band.upper + 1) * (1 + 1e-9)


@given(bands)
def test_small_enterprises_being_more_numerous_the_log_uniform_mean_is_below_the_widened_middle(
    band,
):
    assert band.log_uniform <= (band.lower + band.upper + 1) / 2 + 1e-6
