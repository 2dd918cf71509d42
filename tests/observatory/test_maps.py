from tests.observatory.atlas import atlas, contours

from essor.observatory.map_drawing import map_svg
from essor.observatory.maps import read_map
from essor.observatory.perspective import Perimeter
from essor.observatory.prepared import prepare
from essor.territory.level import Level
from essor.territory.territories import territory_at


def mapped(level, code, folder=None, **more):
    connection = atlas(**more)
    prepare(connection)
    return read_map(connection, territory_at(connection, level, code), Perimeter.P1, folder)


def test_dots_count_the_organisations_of_each_commune_inside_and_outside():
    contents = mapped(Level.EPCI, "E1")

    assert [(dot.name, dot.organisations, dot.is_inside) for dot in contents.dots] == [
        ("Lille", 5, False),
        ("Boisville", 11, True),
    ]


def test_the_country_is_dotted_by_departement():
    contents = mapped(Level.FRANCE, "FR")

    assert [(dot.name, dot.organisations) for dot in contents.dots] == [("Ain", 11), ("Nord", 5)]


def test_a_territory_with_a_contour_is_known_by_it(tmp_path):
    contents = mapped(Level.EPCI, "E1", contours(tmp_path))

    assert contents.has_contours
    assert contents.own_contour is not None
    assert contents.own_contour.code == "E1"


def test_a_broad_map_does_not_read_the_intercommunalites(tmp_path):
    contents = mapped(Level.REGION, "84", contours(tmp_path))

    assert contents.contours["epci"] == {}
    assert contents.contours["regions"].keys() == {"84"}


def test_without_contours_the_communes_stand_for_the_territory():
    contents = mapped(Level.EPCI, "E1")

    assert not contents.has_contours
    assert contents.own_contour is None
    assert set(contents.communes) == {(5.0, 46.0), (5.1, 46.1)}


def test_a_drawn_map_holds_the_contours_the_dots_and_the_names(tmp_path):
    named = [{"code": "01001", "name": "Boisville", "population": 900, "lon": 5.0, "lat": 46.0}]
    placed = [{**named[0], "epci": "E1", "departement": "01", "region": "84"}]

    svg = map_svg(mapped(Level.EPCI, "E1", contours(tmp_path), communes=placed), 600, 300)

    assert svg is not None
    assert svg.startswith("<svg")
    assert "Boisville" in svg
    assert svg.count('class="mark-shape role-mark') >= 3


def test_the_whole_country_is_drawn_with_its_overseas_in_insets(tmp_path):
    folder = contours(tmp_path)
    overseas = (folder / "regions.geojson").read_text("utf-8")
    overseas = overseas.replace('"84"', '"04"').replace("5.2", "56.0").replace("4.8", "55.0")
    (folder / "regions.geojson").write_text(overseas, "utf-8")

    svg = map_svg(mapped(Level.FRANCE, "FR", folder), 600, 300)

    assert svg is not None
    assert "concat_1" in svg


def test_a_territory_that_is_nowhere_has_no_map():
    nowhere = [{"level": "epci", "code": "E9", "name": "CC de Nulle Part"}]

    assert map_svg(mapped(Level.EPCI, "E9", territories=nowhere), 600, 300) is None
