"""Quantities are read as French people write them, and what counts nothing is left aside."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.language.quantities import quantities_of


@pytest.mark.parametrize(
    ("text", "value", "unit", "period"),
    [
        ("15 000 PC par an", 15_000, "ordinateur", "an"),
        ("600 t/an", 600, "t", "an"),
        ("600 t de verre plat par an", 600, "t", "an"),
        ("2,5 M€", 2_500_000, "EUR", None),
        ("2,5 millions d'euros", 2_500_000, "EUR", None),
        ("150 k€ HT", 150_000, "EUR", None),
        ("1 200,50 €", 1200.5, "EUR", None),
        ("12 ETP", 12, "ETP", None),
        ("3\u202f000 m²", 3000, "m2", None),
        ("2 hectares", 20_000, "m2", None),
        ("500 kg par semaine", 0.5, "t", "semaine"),
        ("2 tonnes mensuelles", 2, "t", "mois"),
        ("15.000 pièces", 15_000, "piece", None),
        ("1.5 t", 1.5, "t", None),
        ("une centaine de palettes par semaine", 100, "palette", "semaine"),
        ("200 repas/jour", 200, "repas", "jour"),
        ("40 mètres linéaires", 40, "m", None),
        ("20 %", 20, "%", None),
    ],
)
def test_a_quantity_is_read(text: str, value: float, unit: str, period: str | None):
    (found,) = quantities_of(text)

    assert (found.value, found.unit, found.period) == (value, unit, period)


@pytest.mark.parametrize(
    "text",
    [
        "57000 Metz",
        "75 011 Paris",
        "en 2024 personnes âgées",
        "03 87 12 34 56 personnes à joindre",
        "SIREN 123 456 789",
        "38.32Z",
        "L2113-12",
        "article L. 2113-12 m",
        "R2122-8 h",
        "le 12/03/2024",
        "le 12 mai",
        "de 8h30 à 12h",
        "",
    ],
)
def test_a_number_that_counts_nothing_is_left_aside(text: str):
    assert quantities_of(text) == ()


def test_a_range_keeps_its_two_bounds():
    (found,) = quantities_of("entre 5 et 10 tonnes par mois")

    assert (found.low, found.value, found.unit, found.period) == (5, 10, "t", "mois")


def test_several_quantities_come_in_the_order_of_the_text():
    found = quantities_of("600 t par an, 12 ETP, pour 40 000 à 60 000 €")

    assert [(each.value, each.unit) for each in found] == [(600, "t"), (12, "ETP"), (60_000, "EUR")]


def test_the_words_of_a_quantity_are_kept_as_they_stand():
    (found,) = quantities_of("soit 600 t de verre plat par an environ")

    assert found.text == "600 t de verre plat par an"


@given(st.text())
def test_no_text_makes_it_fail(text: str):
    assert all(math.isfinite(each.value) for each in quantities_of(text))


@given(st.text("0123456789 .,/-àt€kMhmL\u202f", max_size=60))
def test_no_heap_of_figures_makes_it_fail(text: str):
    assert all(each.value >= 0 and each.text in text for each in quantities_of(text))


@given(
    value=st.integers(1, 999_999),
    written=st.sampled_from([("t", "t"), ("ETP", "ETP"), ("m²", "m2"), ("€", "EUR")]),
)
def test_a_number_with_narrow_spaces_is_read_back(value: int, written: tuple[str, str]):
    text = f"{value:,}".replace(",", "\u202f") + f" {written[0]}"

    (found,) = quantities_of(text)

    assert (found.value, found.unit) == (value, written[1])
