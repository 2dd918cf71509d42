"""Distances are those of a globe."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.territory.distance import Point, centre, distance_km, within_km
from essor.territory.lookup import find

POINTS = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))
METZ, PARIS = Point(6.176, 49.120), Point(2.351, 48.857)


def test_a_known_distance_is_found():
    assert distance_km(METZ, PARIS) == pytest.approx(281, abs=2)


def test_a_quarter_of_the_globe_is_ten_thousand_kilometres():
    assert distance_km(Point(0, 0), Point(0, 90)) == pytest.approx(10_007.5, abs=1)


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))


@given(POINTS)
def test_a_point_is_at_no_distance_from_itself(a):
    assert distance_km(a, a) == 0


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_shorter(a, b, c):
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


def test_the_communes_around_a_point_come_nearest_first(country):
    found = within_km(country, METZ, radius_km=30)

    assert [near.territory.code for near in found] == ["57463", "57480", "57672"]
    assert found[0].distance_km == pytest.approx(1.98, abs=0.05)


@settings(max_examples=20, deadline=None)
@given(radius=st.floats(0, 12_000))
def test_those_within_a_radius_are_those_whose_distance_is_at_most_it(country, radius):
    found = {near.territory.code for near in within_km(country, METZ, radius)}

    every = within_km(country, METZ, radius_km=21_000)
    assert found == {near.territory.code for near in every if near.distance_km <= radius}
    assert len(every) == 12


def test_a_territory_without_coordinates_has_no_centre(country):
    assert centre(find(country, "97502")) is None
    assert centre(find(country, "57480")) == Point(6.152, 49.095)
