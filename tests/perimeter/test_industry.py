from datetime import date

import pytest

from essor.perimeter.industry import DIVISIONS, SECTIONS, is_industrial, reference_nomenclature


def test_the_divisions_are_05_to_39_without_34():
    expected = tuple(f"{number:02d}" for number in range(5, 40) if number != 34)

    assert expected == DIVISIONS


def test_the_sections_are_b_to_e():
    assert dict(SECTIONS) == {"B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39)}


@pytest.mark.parametrize("naf", ["05.10Z", "10.11Z", "33.20D", "35.11Z", "39.00Z"])
def test_the_ends_of_industry_are_industrial(naf):
    assert is_industrial(naf) is True


@pytest.mark.parametrize("naf", ["03.22Z", "34.00Z", "41.10A", "88.10C", "99.00Z"])
def test_what_surrounds_industry_is_not_industrial(naf):
    assert is_industrial(naf) is False


@pytest.mark.parametrize("naf", [None, ""])
def test_without_a_code_industry_is_unknown(naf):
    assert is_industrial(naf) is None


@pytest.mark.parametrize(
    ("day", "nomenclature"),
    [
        (date(2026, 12, 31), "NAF rév. 2"),
        (date(2027, 1, 1), "NAF 2025"),
        (date(2027, 1, 2), "NAF 2025"),
    ],
)
def test_the_naf_2025_becomes_the_reference_on_the_first_of_january_2027(day, nomenclature):
    assert reference_nomenclature(day) == nomenclature
