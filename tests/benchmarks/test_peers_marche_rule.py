"""The rule of the reference service is written in SQL line by line."""

import re

from benchmarks.peers.marche_rule import offer_row, rule, supplier_row, zone_rows

from essor.matching.marche import Listed, Offer, Perimeter, Range, Request
from essor.territory.distance import Point

METZ = Perimeter("c1", "city", "Metz", Point(6.17, 49.12), "57463", ("57000",), "57", "44")
MOSELLE = Perimeter("d57", "department", "Moselle", None, "57", region="44")


def test_what_sets_no_condition_is_not_written():
    told = rule(Request())

    assert told.values == {"never": "OPCS"}
    assert "ST_DWithin" not in told.sql


def test_the_whole_country_leaves_the_other_lines_aside():
    request = Request(location=METZ, distance_km=10, perimeters=(MOSELLE,), is_country_only=True)

    told = rule(request)

    assert "o.range = 'country'" in told.sql
    assert "ST_DWithin" not in told.sql


def test_a_distance_around_a_city_leaves_perimeters_aside():
    request = Request(location=METZ, distance_km=10, perimeters=(MOSELLE,))

    told = rule(request)

    assert told.values["reach"] == 10_000
    assert "s.department" not in told.sql


def test_a_place_that_is_no_city_is_not_looked_at():
    request = Request(location=MOSELLE, distance_km=10)

    told = rule(request)

    assert told.values == {"never": "OPCS"}


def test_a_city_without_position_is_near_nobody():
    request = Request(location=Perimeter("c", "city", "Nulle part"), distance_km=10)

    told = rule(request)

    assert "AND false" in told.sql


def test_every_value_named_is_given_and_none_more():
    request = Request(
        ("25.62B",), ("making",), ("EA",), perimeters=(METZ, MOSELLE), includes_country=True
    )

    told = rule(request)

    assert set(re.findall(r"%\((\w+)\)s", told.sql)) == set(told.values)


def test_a_supplier_becomes_rows():
    offer = Offer("25.62B", ("making",), Range.ZONES, None, (MOSELLE,))
    supplier = Listed("1", "EA", Point(6.17, 49.12), "57000", "57", "Grand Est", offers=(offer,))

    rows = (supplier_row(supplier), offer_row(7, "1", offer), tuple(zone_rows(7, offer)))

    assert rows[0][2] == "SRID=4326;POINT(6.17 49.12)"
    assert rows[1] == (7, "1", "25.62B", ["making"], "zones", None)
    assert rows[2] == ((7, "d57", "department", "57"),)
