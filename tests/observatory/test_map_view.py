import json
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.map_view import Box, Contour, box_of, drawn, meets, read_contours, view_of

LON, LAT = st.floats(-170, 170), st.floats(-70, 70)
CLOCKWISE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]


def written(folder, *features):
    content = {"type": "FeatureCollection", "features": list(features)}
    (folder / "epci.geojson").write_text(json.dumps(content), "utf-8")
    return folder


def feature(ring, code="200000001", kind="Polygon"):
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "properties": {"code": code, "nom": "CC d’Ici"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@given(st.lists(st.tuples(LON, LAT), min_size=1), st.floats(1, 3))
def test_a_view_shows_the_whole_of_what_it_is_about(points, margin):
    box = box_of(points)
    assert box is not None

    shown = view_of(box, (600, 300), margin).box

    assert shown.west <= box.west + 1e-6
    assert shown.south <= box.south + 1e-6
    assert shown.east >= box.east - 1e-6
    assert shown.north >= box.north - 1e-6


@pytest.mark.parametrize("size", [(600, 300), (300, 600)])
def test_a_lone_commune_is_seen_among_its_surroundings(size):
    shown = view_of(Box(6.17, 49.12, 6.17, 49.12), size, 1).box

    assert shown.east - shown.west >= 0.5 - 1e-9
    assert shown.west < 6.17 < shown.east


def test_nothing_has_no_box():
    assert box_of([]) is None


def test_boxes_that_touch_meet():
    assert meets(Box(0, 0, 1, 1), Box(1, 1, 2, 2))
    assert not meets(Box(0, 0, 1, 1), Box(1.1, 0, 2, 1))


@pytest.mark.parametrize("ring", [CLOCKWISE, CLOCKWISE[::-1]])
@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_a_contour_is_wound_so_that_d3_fills_its_inside(tmp_path, ring, kind):
    contours = read_contours(written(tmp_path, feature(ring, kind=kind)), "epci")

    assert contours["200000001"].geometry["coordinates"] == [[CLOCKWISE]]
    assert contours["200000001"].name == "CC d’Ici"


def test_a_hole_is_wound_the_other_way(tmp_path):
    hole = [[0.2, 0.2], [0.2, 0.8], [0.8, 0.8], [0.8, 0.2], [0.2, 0.2]]
    pierced = feature(CLOCKWISE)
    pierced["geometry"]["coordinates"].append(hole)

    contours = read_contours(written(tmp_path, pierced), "epci")

    assert contours["200000001"].geometry["coordinates"] == [[CLOCKWISE, hole[::-1]]]


def test_a_release_without_contours_gives_none(tmp_path):
    assert read_contours(None, "epci") == {}
    assert read_contours(tmp_path, "epci") == {}


def test_what_is_no_surface_or_has_no_code_is_left_out(tmp_path):
    point = {"properties": {"code": "1"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}
    nameless = {**feature(CLOCKWISE), "properties": {}}
    empty = {"properties": {"code": "2"}, "geometry": None}

    assert read_contours(written(tmp_path, point, nameless, empty), "epci") == {}


def contour_of(*polygons):
    box = box_of((lon, lat) for rings in polygons for ring in rings for lon, lat in ring)
    assert box is not None
    return Contour("1", "Ici", {"type": "MultiPolygon", "coordinates": list(polygons)}, box)


def test_a_border_is_drawn_in_the_detail_that_its_view_shows():
    coast = [[0.001 * step, 5 + 0.001 * (step % 2)] for step in range(1_001)]
    contour = contour_of([[*coast, [1, 0], [0, 0], [0, 5]]])

    far, near = (
        drawn(contour, view_of(Box(0, 0, span, span), (600, 600), 1))["coordinates"][0][0]
        for span in (10, 0.5)
    )

    assert len(far) < len(coast)
    assert len(near) == len(coast) + 3
    reached = box_of((lon, lat) for lon, lat in far)
    assert reached is not None
    assert astuple(reached) == pytest.approx(astuple(contour.box), abs=0.02)


def test_islands_and_holes_too_small_to_be_seen_are_left_out_unless_they_are_all_there_is():
    speck = [[0, 0], [0, 1e-6], [1e-6, 1e-6], [0, 0]]
    view = view_of(Box(0, 0, 10, 10), (600, 600), 1)

    lands = drawn(contour_of([CLOCKWISE, speck], [speck]), view)["coordinates"]
    island = drawn(contour_of([speck]), view)["coordinates"]

    assert [len(rings) for rings in lands] == [1]
    assert island == [[speck]]
