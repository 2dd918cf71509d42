import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from essor.search.circle import Circle, positions_of, read_positions, write_positions
from essor.territory.distance import Point, distance_km

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
POINTS = st.lists(st.tuples(LON, LAT), max_size=40)
FRENCH = st.lists(st.tuples(st.floats(-5, 9), st.floats(42, 51)), max_size=60)
CIRCLES = st.builds(
    Circle, st.builds(Point, st.floats(-5, 9), st.floats(42, 51)), st.floats(0, 800)
)
NOWHERE = (np.nan, np.nan)


def placed(points):
    return positions_of(np.array(points, float).reshape(-1, 2))


def inside(points, circle):
    return np.flatnonzero(placed(points).inside(circle, None)).tolist()


@given(FRENCH, CIRCLES)
def test_a_circle_holds_what_is_no_farther_than_its_radius_and_nothing_else(points, circle):
    found = inside(points, circle)

    assert found == [
        rank
        for rank, point in enumerate(points)
        if distance_km(circle.centre, Point(*point)) <= circle.radius_km
    ]


@given(POINTS, st.builds(Point, LON, LAT))
@example([(180.0, 0.0)], Point(0, 0))
def test_half_the_earth_s_circumference_holds_everything(points, centre):
    assert inside(points, Circle(centre, 20_100)) == list(range(len(points)))


@given(POINTS.filter(bool), st.data())
def test_some_documents_are_told_apart_as_all_are(points, data):
    circle = Circle(Point(*points[0]), data.draw(st.floats(0, 20_000)))
    some = data.draw(st.lists(st.sampled_from(range(len(points))), unique=True).map(sorted))

    held = placed(points).inside(circle, np.array(some, np.uint32))

    assert [rank for rank, is_held in zip(some, held, strict=True) if is_held] == [
        rank for rank in inside(points, circle) if rank in some
    ]


def test_a_circle_over_the_antimeridian_holds_both_sides():
    points = [(179.9, 0.0), (-179.9, 0.0), (0.0, 0.0)]

    assert inside(points, Circle(Point(180, 0), 50)) == [0, 1]


def test_a_circle_without_a_radius_holds_its_centre_alone():
    assert inside([(6.18, 49.12), (6.18, 49.1201)], Circle(Point(6.18, 49.12), 0)) == [0]


def test_a_document_without_a_place_is_in_no_circle():
    assert inside([NOWHERE, (6.18, 49.12)], Circle(Point(6.18, 49.12), 20_100)) == [1]


def test_positions_written_are_read_the_same(tmp_path):
    positions = placed([(6.18, 49.12), (2.35, 48.85), NOWHERE])

    write_positions(positions, tmp_path)

    again = read_positions(tmp_path)
    assert np.array_equal(again.points, positions.points, equal_nan=True)
    assert np.array_equal(again.directions, positions.directions, equal_nan=True)


def test_distances_are_given_in_kilometres():
    positions = placed([(4.84, 45.76), (6.18, 49.12), (6.18, 48.69)])

    distances = positions.distances_km(Point(6.18, 49.12), np.array([1, 2], np.uint32))

    assert distances.tolist() == pytest.approx([0, 47.8], abs=0.1)
