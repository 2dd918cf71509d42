import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.search.cells import (
    Circle,
    cells_of,
    positions_of,
    read_positions,
    write_positions,
)
from essor.territory.distance import Point, distance_km

LON, LAT = st.floats(-179.9, 179.9), st.floats(-89.9, 89.9)
FRENCH = st.tuples(st.floats(-5, 9), st.floats(42, 51))
CIRCLES = st.builds(
    Circle, st.builds(Point, st.floats(-5, 9), st.floats(42, 51)), st.floats(0, 800)
)


def placed(points):
    degrees = np.array(points, float).reshape(-1, 2)
    return positions_of(degrees, np.arange(len(points), dtype=np.uint32))


def held(points, covering):
    cells, ordinals = set(covering.cells.tolist()), set(covering.ordinals.tolist())
    return {
        rank
        for rank, point in enumerate(points)
        if rank in ordinals or cells & set(cells_of(np.array([point])).ravel().tolist())
    }


@given(st.lists(FRENCH, max_size=60), CIRCLES)
def test_a_covering_holds_the_documents_of_the_circle_and_no_other(points, circle):
    covering = placed(points).covering(circle)

    inside = {
        rank
        for rank, point in enumerate(points)
        if distance_km(circle.centre, Point(*point)) <= circle.radius_km
    }
    assert held(points, covering) == inside


@given(st.lists(st.tuples(LON, LAT), max_size=30), st.builds(Point, LON, LAT))
def test_half_the_earth_s_circumference_holds_everything(points, centre):
    covering = placed(points).covering(Circle(centre, 20_100))

    assert held(points, covering) == set(range(len(points)))


def test_a_circle_over_the_antimeridian_holds_both_sides():
    points = [(179.9, 0.0), (-179.9, 0.0), (0.0, 0.0)]

    covering = placed(points).covering(Circle(Point(180, 0), 50))

    assert held(points, covering) == {0, 1}


def test_a_circle_full_of_documents_is_few_terms():
    points = [(6 + step / 1000, 49 + step / 1000) for step in range(1000)]

    covering = placed(points).covering(Circle(Point(6.5, 49.5), 200))

    assert covering.ordinals.size == 0
    assert covering.cells.size <= 4


def test_positions_written_are_read_the_same(tmp_path):
    positions = placed([(6.18, 49.12), (2.35, 48.85)])

    write_positions(positions, tmp_path)

    again = read_positions(tmp_path)
    assert np.array_equal(again.points, positions.points)
    assert again.ordinals.tolist() == positions.ordinals.tolist()


def test_the_distances_inside_a_circle_are_given_by_ordinal():
    positions = placed([(4.84, 45.76), (6.18, 49.12), (6.18, 48.69)])

    ordinals, distances = positions.nearest_first(Circle(Point(6.18, 49.12), 100))

    assert ordinals.tolist() == [1, 2]
    assert distances.tolist() == pytest.approx([0, 47.8], abs=0.1)
