"""What a person asks becomes a need: conditions said win on the text, and what is unclear is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.made_up import METZ, need
from tests.matching.register import registered

from essor.errors import InvalidRequestError
from essor.language.quantities import quantities_of
from essor.language.understanding import understand
from essor.matching.asking import Conditions, need_of, zone_of
from essor.matching.need import FARTHEST_KM, contradictions
from essor.matching.zone import Zone, gap_km
from essor.territory.distance import Point
from essor.territory.level import Level
from essor.territory.lookup import find

DAY = date(2026, 11, 23)
LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)


def of_quantity(text):
    read = need_of("", None, Conditions(trades=("38.32Z",), quantity=text)).quantity
    assert read is not None
    return read


def test_a_need_is_what_the_text_says():
    text = "Recyclage de fenêtres en fin de vie, 600 t par an, budget 20 000 €"

    found = need_of(text, understand(text), Conditions())

    assert found.trades[0].code == "38.32Z"
    assert found.quantity is not None
    assert found.quantity.text == "600 t par an"
    assert found.amount_eur == 20_000


def test_a_condition_said_wins_on_the_text():
    text = "Recyclage de fenêtres en fin de vie, 600 t par an, budget 20 000 €"
    conditions = Conditions(trades=("38.11Z",), quantity="5 t/mois", amount_eur=7_000)

    found = need_of(text, understand(text), conditions)

    assert [each.code for each in found.trades] == ["38.11Z"]
    assert found.quantity == of_quantity("5 t/mois")
    assert found.amount_eur == 7_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("600 t/an", "600 t/an"),
        ("environ 600 t/an", "600 t/an"),
        ("15 000 pièces de 2 kg", "15 000 pièces"),
        ("entre 3 et 5 t", "3 et 5 t"),
        ("3 € les 5 t", "5 t"),
    ],
)
def test_one_quantity_is_kept_as_it_is_written(typed, kept):
    assert of_quantity(typed).text == kept
    assert contradictions(need(quantity=of_quantity(typed)), DAY) == ()


@pytest.mark.parametrize(
    "typed", ["600 t ou 300 m3", "600 t et 50 palettes", "3 t, 5 m3", "3 t / 5 m3"]
)
def test_two_quantities_side_by_side_contradict_each_other(typed):
    (told,) = contradictions(need(quantity=of_quantity(typed)), DAY)

    assert "la quantité est dite 2 fois" in told


@given(st.text("0123456789 .,€tkm²3/-ouetpariècs", max_size=40))
def test_a_quantity_read_in_a_text_never_contradicts_itself(text):
    for quantity in quantities_of(text):
        assert not [each for each in contradictions(need(quantity=quantity), DAY) if "fois" in each]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("beaucoup", "un nombre positif et son unité"),
        ("600", "son unité"),
        ("9 €", "est un montant"),
    ],
)
def test_what_is_no_quantity_is_refused(typed, told):
    with pytest.raises(InvalidRequestError, match=told):
        of_quantity(typed)


def test_without_a_trade_the_text_is_quoted_by_its_beginning():
    with pytest.raises(InvalidRequestError) as refused:
        need_of("bla\n" * 500, understand("bla\n" * 500), Conditions())

    assert str(refused.value).startswith("Nous n’avons pas compris quel métier demande « bla bla ")
    assert "bla…" in str(refused.value)
    assert len(str(refused.value)) < 350


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
def test_no_two_places_are_farther_apart_than_the_greatest_radius(lon, lat, other_lon, other_lat):
    here = Zone(Level.COMMUNE, "1", "Ici", Point(lon, lat))
    there = Zone(Level.COMMUNE, "2", "Là-bas", Point(other_lon, other_lat))

    gap = gap_km(here, there)

    assert gap is not None
    assert gap <= FARTHEST_KM
    assert contradictions(need(place=here, radius_km=FARTHEST_KM, zones=(there,)), DAY) == ()


@given(st.floats(0, 20_000))
def test_any_radius_up_to_twenty_thousand_kilometres_may_be_asked(radius):
    assert contradictions(need(place=METZ, radius_km=radius), DAY) == ()


def test_a_territory_of_the_release_knows_what_contains_it():
    connection = registered()

    found = zone_of(connection, find(connection, "commune:57463"))

    assert {"departement:57", "region:44", "france:FR"} <= set(found.within)
