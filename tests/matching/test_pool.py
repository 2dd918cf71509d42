"""The pool says, of everybody at once, what the judgement says of one supplier."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.made_up import GRAND_EST, LYON, METZ, MOSELLE, NANCY
from tests.matching.register import establishment, registered

from essor.matching.card import Reading, supplier_of
from essor.matching.prepared import pool_of
from essor.matching.zone import FRANCE, Zone, gap_km, is_inside
from essor.territory.distance import Point
from essor.territory.level import Level

SOMEWHERE = st.builds(Point, st.floats(-5, 9), st.floats(42, 51))
ZONES = st.one_of(
    st.sampled_from([METZ, NANCY, LYON, MOSELLE, GRAND_EST]),
    st.builds(
        lambda point, area: Zone(Level.EPCI, "200000000", "Ailleurs", point, area, (FRANCE,)),
        st.one_of(st.none(), SOMEWHERE),
        st.one_of(st.none(), st.floats(1, 60_000)),
    ),
)


@pytest.fixture(scope="module")
def register():
    nowhere = {"commune": None, "departement": None, "region": None, "lon": None, "lat": None}
    lost = establishment(8, "57463", "38.32Z", siren="000000001", **nowhere)
    away = establishment(9, "57463", "38.32Z", siren="000000001", lon=2.3, lat=44.0)
    in_town = establishment(10, "69123", "62.01Z", siren="000000004", lon=None, lat=None)
    with registered(lost, away, in_town) as connection:
        connection.execute("UPDATE communes SET parent = '57463' WHERE code = '57672'")
        yield connection


def everybody(register):
    pool = pool_of(register)
    reading = Reading(pool.kinds_without_list, lambda _: ())
    return pool, np.arange(len(pool)), [supplier_of(card, reading) for card in pool.cards]


@settings(deadline=None, max_examples=100)
@given(ZONES)
def test_a_distance_of_the_pool_is_that_of_the_judgement(register, zone):
    pool, rows, suppliers = everybody(register)

    gaps = pool.gaps_km(rows, zone).tolist()

    judged = [None if each.place is None else gap_km(each.place, zone) for each in suppliers]
    expected = [math.inf if gap is None else gap for gap in judged]
    assert gaps == pytest.approx(expected, abs=1e-7)


@settings(deadline=None, max_examples=50)
@given(ZONES)
def test_who_is_inside_for_the_pool_is_inside_for_the_judgement(register, zone):
    pool, rows, suppliers = everybody(register)

    inside = pool.are_inside(rows, zone).tolist()

    places = [each.place for each in suppliers]
    assert inside == [place is not None and is_inside(place, zone) for place in places]


def test_the_whole_country_holds_everybody(register):
    pool, rows, _ = everybody(register)

    assert pool.are_inside(rows, Zone(Level.FRANCE, "FR", "France")).all()


def test_who_holds_a_kind_of_status_is_said_of_its_unit_and_of_its_establishments(register):
    pool, rows, suppliers = everybody(register)

    for kinds in (("aci",), ("esat",), ("aci", "esat"), ("scop",), ()):
        held = [any(status.kind in kinds for status in each.statuses) for each in suppliers]
        assert pool.hold(rows, kinds).tolist() == held


def test_the_codes_of_the_pool_hold_everybody_of_them_and_nobody_else(register):
    pool, _, suppliers = everybody(register)

    found = [suppliers[row].activities[0].trades for row in pool.of_codes(["38.32Z", "38.31Z"])]

    assert sorted(found) == [("38.31Z",)] + 5 * [("38.32Z",)]


def test_of_a_code_those_conventioned_can_be_read_alone(register):
    pool, _, suppliers = everybody(register)

    rows = pool.of_codes(["38.32Z", "88.10C", "nothing"], is_conventioned=True)

    assert {suppliers[row].name for row in rows} == {"TRI DE METZ", "ESAT DE METZ"}


def test_everybody_has_a_turn_of_its_own(register):
    pool = pool_of(register)

    assert sorted(pool.turns.tolist()) == list(range(len(pool)))
