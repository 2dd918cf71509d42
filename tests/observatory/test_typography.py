from datetime import date

import pytest

from essor.observatory.typography import counted, day, number, percentage


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1367, 0, "1\u202f367"),
        (43000.5, 1, "43\u202f000,5"),
        (0, 0, "0"),
        (1234567, 0, "1\u202f234\u202f567"),
    ],
)
def test_thousands_are_parted_by_a_fine_space_and_decimals_by_a_comma(value, decimals, written):
    assert number(value, decimals) == written


def test_a_share_is_written_as_a_percentage():
    assert percentage(0.667) == "66,7\u00a0%"


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0\u00a0unité"), (1, "1\u00a0unité"), (2, "2\u00a0unités")]
)
def test_a_noun_agrees_with_its_count(count, written):
    assert counted(count, "unité") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2024, 1, 1), "1er\u00a0janvier\u00a02024"),
        (date(2024, 8, 31), "31\u00a0août\u00a02024"),
    ],
)
def test_a_day_is_written_in_french(value, written):
    assert day(value) == written
