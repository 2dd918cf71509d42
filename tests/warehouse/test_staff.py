from hypothesis import given, settings
from hypothesis import strategies as st
from tests.warehouse.frames import frame, row_of, rows_of

from essor.perimeter.staff_bands import BY_CODE
from essor.warehouse.staff import staff_bounds, staff_sums


def bounded(*bands):
    table = frame({"staff_band": "string"}, *({"staff_band": band} for band in bands))
    return table.mutate(**staff_bounds(table.staff_band))


def summed(*bands):
    table = bounded(*bands)
    row = row_of(table.aggregate(**staff_sums(table)))
    return row["staff_lower"], row["staff_mid"], row["staff_upper"]


def test_a_band_has_the_bounds_insee_publishes():
    assert row_of(bounded("12")) == {
        "staff_band": "12",
        "staff_lower": 20,
        "staff_mid": 34.5,
        "staff_upper": 49,
    }


def test_the_last_band_has_no_upper_bound():
    assert row_of(bounded("53")) == {
        "staff_band": "53",
        "staff_lower": 10_000,
        "staff_mid": 10_000,
        "staff_upper": None,
    }


def test_a_band_that_is_blank_nn_or_unheard_of_stays_as_published_without_bounds():
    rows = rows_of(bounded("NN", "99", None))

    assert [row["staff_band"] for row in rows] == ["99", "NN", None]
    assert {row[f"staff_{bound}"] for row in rows for bound in ("lower", "mid", "upper")} == {None}


def test_no_employee_is_not_an_unknown_number():
    assert row_of(bounded("00"))["staff_upper"] == 0


def test_the_open_band_counts_its_lower_bound_in_the_upper_sum():
    assert summed("53", "01") == (10_001, 10_001.5, 10_002)


def test_unknown_bands_sum_to_nothing():
    assert summed("NN", None, "??") == (0, 0, 0)


def test_no_row_sums_to_nothing():
    assert summed() == (0, 0, 0)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*BY_CODE, "NN", "??", None]), max_size=40))
def test_sums_are_ordered_and_are_the_sums_of_the_parts(bands):
    lower, mid, upper = summed(*bands)
    known = [BY_CODE[band] for band in bands if band in BY_CODE]

    assert lower <= mid <= upper
    assert lower == sum(band.lower for band in known)
    assert mid == sum(band.mid for band in known)
