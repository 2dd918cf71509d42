"""Containment is inclusion of communes, answered both ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.territory.small_country import opened

from essor.territory.containment import (
    communes_of,
    contains,
    filter_sql,
    intersecting,
    members,
    parents,
)
from essor.territory.level import Level
from essor.territory.lookup import find
from essor.territory.territories import territories

COUNTRY = opened()
EVERY = territories(COUNTRY, "true")
COMMUNES = {each: set(communes_of(COUNTRY, each)) for each in EVERY}
PARENTS = {each: parents(COUNTRY, each) for each in EVERY}
HELD = {(a, b) for a in EVERY for b in EVERY if COMMUNES[b] <= COMMUNES[a]}
ANY = st.sampled_from(EVERY)


@settings(max_examples=30, deadline=None)
@given(ANY, ANY)
def test_one_contains_another_exactly_when_it_holds_all_its_communes(a, b):
    assert contains(COUNTRY, a, b) is ((a, b) in HELD)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(HELD, key=str)), ANY)
def test_containment_is_transitive(pair, c):
    a, b = pair

    if contains(COUNTRY, b, c):
        assert contains(COUNTRY, a, c)


def test_parents_are_those_that_contain_and_equal_ones_only_when_no_narrower():
    for child in EVERY:
        expected = {
            other
            for other in EVERY
            if (other, child) in HELD
            and other != child
            and ((child, other) not in HELD or other.level.breadth <= child.level.breadth)
        }

        assert set(PARENTS[child]) == expected


def test_two_territories_are_parents_of_each_other_only_when_made_of_the_same_communes():
    mutual = [(a, b) for a in EVERY for b in PARENTS[a] if a in PARENTS[b]]

    assert all(COMMUNES[a] == COMMUNES[b] for a, b in mutual)
    assert all(a.level.breadth == b.level.breadth for a, b in mutual)


@pytest.mark.parametrize("territory", EVERY, ids=lambda each: each.selector)
def test_members_are_those_of_which_it_is_a_parent(territory):
    arrondissements = {"75101", "75112"} if territory.code != "75056" else set()
    for level in Level:
        expected = {
            each
            for each in territories(COUNTRY, "level = ?", [level.value])
            if territory in PARENTS[each] and each.code not in arrondissements
        }

        assert set(members(COUNTRY, territory, level)) == expected


def test_nothing_contains_france_and_france_contains_all():
    france = find(COUNTRY, "France")

    assert parents(COUNTRY, france) == ()
    assert all(contains(COUNTRY, france, each) for each in EVERY)


def test_a_commune_knows_all_that_contains_it_broadest_first():
    found = [each.selector for each in parents(COUNTRY, find(COUNTRY, "57463"))]

    assert found == [
        "france:FR",
        "region:44",
        "departement:57",
        "epci:200039865",
        "zone_emploi:4410",
    ]


def test_of_two_territories_of_the_same_communes_the_broader_contains_the_other():
    region, departement = find(COUNTRY, "region:04"), find(COUNTRY, "departement:974")

    assert region in parents(COUNTRY, departement)
    assert departement not in parents(COUNTRY, region)
    assert departement in members(COUNTRY, region, Level.DEPARTEMENT)
    assert members(COUNTRY, departement, Level.REGION) == ()


def test_an_arrondissement_is_inside_its_commune_and_all_that_contains_it():
    found = [each.selector for each in parents(COUNTRY, find(COUNTRY, "75101"))]

    assert found == [
        "france:FR",
        "region:11",
        "departement:75",
        "epci:200054781",
        "zone_emploi:1109",
        "commune:75056",
    ]


def test_a_commune_lists_its_arrondissements_and_a_departement_does_not():
    paris, departement = find(COUNTRY, "75056"), find(COUNTRY, "departement:75")

    assert [each.code for each in members(COUNTRY, paris, Level.COMMUNE)] == ["75112", "75101"]
    assert [each.code for each in members(COUNTRY, departement, Level.COMMUNE)] == ["75056"]


@pytest.mark.parametrize("code", ["44", "11", "04"])
def test_the_departements_of_a_region_share_out_its_communes(code):
    region = find(COUNTRY, f"region:{code}")

    parts = [communes_of(COUNTRY, each) for each in members(COUNTRY, region, Level.DEPARTEMENT)]

    assert sorted(commune for part in parts for commune in part) == list(
        communes_of(COUNTRY, region)
    )
    population = sum(each.population or 0 for each in members(COUNTRY, region, Level.DEPARTEMENT))
    assert population == region.population


def test_a_zoning_that_straddles_intersects_without_being_a_member():
    moselle, industry = find(COUNTRY, "departement:57"), find(COUNTRY, "ti-4408")

    (overlap,) = intersecting(COUNTRY, moselle, Level.TERRITOIRE_INDUSTRIE)

    assert overlap.territory == industry
    assert overlap.share == pytest.approx(42 / 186)
    assert overlap.coverage == pytest.approx(42 / 58)
    assert industry not in members(COUNTRY, moselle, Level.TERRITOIRE_INDUSTRIE)


@settings(max_examples=30, deadline=None)
@given(ANY, st.sampled_from(Level))
def test_shares_of_population_lie_between_nothing_and_all(territory, level):
    for overlap in intersecting(COUNTRY, territory, level):
        assert overlap.share is None or 0 <= overlap.share <= 1
        assert overlap.coverage is None or 0 <= overlap.coverage <= 1


@settings(max_examples=40, deadline=None)
@given(ANY)
def test_the_filter_takes_the_rows_placed_in_the_territory_and_no_other(territory):
    condition, values = filter_sql(territory)

    rows = COUNTRY.execute(
        "SELECT commune FROM (SELECT code AS commune, * EXCLUDE (code) FROM communes) "
        f"WHERE {condition} ORDER BY commune",
        values,
    ).fetchall()

    assert tuple(code for (code,) in rows) == communes_of(COUNTRY, territory)
