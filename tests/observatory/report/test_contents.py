from tests.observatory.atlas import atlas, edition

from essor.observatory.perspective import Perimeter
from essor.observatory.report.contents import read_report
from essor.territory.level import Level
from essor.territory.territories import territory_at


def read(level=Level.EPCI, code="E1", perimeter=Perimeter.P1, **more):
    connection = atlas(**more)
    return read_report(connection, territory_at(connection, level, code), edition(), perimeter)


def figure(found, key):
    return next(each for each in found.figures if each.id == key)


def test_the_list_the_figure_and_the_structure_count_the_same_organisations():
    report = read()

    assert report.members.total == 11
    assert figure(report.here, "K03").value == 11
    assert report.structure.families.total.organisations == 11
    assert sum(dot.organisations for dot in report.map.dots if dot.is_inside) == 11


def test_a_territory_is_compared_with_its_region_and_with_france():
    report = read()

    assert report.region is not None
    assert report.region.code == "84"
    assert report.in_region is not None
    assert figure(report.in_region, "K03").value == 11
    assert figure(report.in_france, "K03").value == 16


def test_france_has_no_region():
    report = read(Level.FRANCE, "FR")

    assert report.region is None
    assert report.in_region is None


def test_a_specialisation_and_its_cluster_are_found():
    report = read()

    assert [(r.of.sector, r.is_cluster) for r in report.strengths] == [("31", True)]
    assert [cluster.division for cluster in report.clusters.clusters] == ["31"]


def test_shops_are_no_industrial_strength():
    report = read(Level.EPCI, "E2")

    assert report.strengths == ()
    assert report.concentration is not None
    assert report.concentration.herfindahl == 1


def test_p2_never_mixes_with_p1():
    report = read(perimeter=Perimeter.P2)

    assert report.members.total == 0
    assert figure(report.here, "K03").value == 0


def test_a_territory_of_few_organisations_looks_around_and_one_of_many_does_not():
    assert read(Level.EPCI, "E2").nearest
    assert read(Level.EPCI, "E1").nearest == ()
