"""A town and a postcode give a point, however they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.territory.small_country import opened

from essor.territory.distance import Point, distance_km
from essor.territory.gazetteer import gazetteer_of_mirror, gazetteer_of_release
from essor.territory.geocode import geocode

GAZETTEER = gazetteer_of_release(opened())
PLACED = {each.code: each.point for each in GAZETTEER.places if each.point}


def placed(gazetteer, city, postcode):
    """Return the point of a town that must be placed."""
    point = geocode(gazetteer, city, postcode)
    assert point is not None
    return point


@pytest.mark.parametrize(
    ("city", "postcode", "code"),
    [
        ("Metz", "57000", "57463"),
        ("METZ", " 57 050 ", "57463"),
        ("Metz Cedex 3", "57045", "57463"),
        ("Metz", "", "57463"),
        ("", "57950", "57480"),
        ("Montigny les Metz", "57950", "57480"),
        ("Montigny", "57950", "57480"),
        ("Borny", "57070", "57463"),
        ("Vallières-lès-Metz", "", "57463"),
        ("Tionville", "57100", "57672"),
        ("Thionvile", "57126", "57672"),
        ("St Denis", "93200", "93066"),
        ("Saint-Denis", "97400", "97411"),
        ("STE MARIE", "97438", "97418"),
        ("Paris", "75012", "75112"),
        ("Paris 12e Arrondissement", "75012", "75112"),
        ("PARIS 12", "", "75112"),
        ("Paris Cedex 12", "75571", "75112"),
        ("Paris 1er", "", "75101"),
        ("Paris", "75000", "75056"),
        ("Marcq en Baroeul", "93300", "94043"),
        ("Metz", "93200", "57463"),
        ("Lieu-dit sans nom connu", "54200", "54549"),
    ],
)
def test_a_town_is_placed_however_it_is_written(city, postcode, code):
    assert geocode(GAZETTEER, city, postcode) == PLACED[code]


def test_a_postcode_that_lost_its_zero_in_a_spreadsheet_finds_it_again(mirror):
    gazetteer = gazetteer_of_mirror(mirror)

    assert geocode(gazetteer, "Bourg-en-Bresse", "1000") == geocode(
        gazetteer, "Bourg en Bresse", "01000"
    )


def test_a_homonym_far_away_does_not_attract_a_name_of_the_departement():
    near = placed(GAZETTEER, "Saint-Denis", "97490")

    assert distance_km(near, PLACED["97411"]) < 1


def test_an_unknown_town_is_placed_among_the_postcodes_that_begin_alike():
    point = placed(GAZETTEER, "", "57951")

    assert point == PLACED["57480"]


def test_an_unknown_postcode_is_placed_in_its_departement():
    point = placed(GAZETTEER, "", "54999")

    assert min(distance_km(point, PLACED[code]) for code in ("54395", "54549")) < 25


def test_a_commune_without_coordinates_is_placed_among_those_of_its_postcode_or_departement():
    with opened() as connection:
        connection.execute("UPDATE communes SET departement = '974' WHERE code = '97502'")
        gazetteer = gazetteer_of_release(connection)

    point = placed(gazetteer, "Saint-Pierre", "")

    assert min(distance_km(point, PLACED[code]) for code in ("97411", "97418")) < 20


def test_a_commune_of_which_nothing_around_is_placed_has_no_point():
    assert geocode(GAZETTEER, "Saint-Pierre", "97500") is None


@pytest.mark.parametrize(
    ("city", "postcode"), [("", ""), ("?", "-"), ("Zzyzx", ""), ("", "99123"), ("Cedex", "")]
)
def test_what_tells_nothing_is_placed_nowhere(city, postcode):
    assert geocode(GAZETTEER, city, postcode) is None


@settings(deadline=None)
@given(st.text(max_size=20), st.text("0123456789 AB", max_size=6))
def test_any_text_gives_a_point_of_the_globe_or_nothing(city, postcode):
    point = geocode(GAZETTEER, city, postcode)

    assert point is None or isinstance(point, Point)


def test_every_real_commune_with_coordinates_is_found_by_its_name_and_postcode(mirror):
    gazetteer = gazetteer_of_mirror(mirror)
    sample = [each for each in gazetteer.places if each.point and each.postcodes][::50]

    missed = [
        each.code
        for each in sample
        if placed(gazetteer, each.names[0], each.postcodes[0]) != each.point
    ]

    assert len(sample) > 600
    assert len(missed) <= len(sample) // 100
