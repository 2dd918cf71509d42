"""Too many suppliers to read them all: the nearest of each degree of closeness in trade are read."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.made_up import DAY, LYON, METZ, MOSELLE, NANCY, need
from tests.matching.register import CODES, establishment, registered

from essor.matching import nearest
from essor.matching.answer import answered
from essor.matching.need import Wanted
from essor.matching.prepared import pool_of
from essor.matching.reservation import Reserved
from essor.matching.suppliers import candidates
from essor.territory.distance import Point, distance_km

unhurried = settings(deadline=None, max_examples=150)
MANY = 150
RADII = st.one_of(st.none(), st.floats(0, 700))
NEEDS = st.builds(
    need,
    trades=st.lists(
        st.builds(Wanted, st.sampled_from([*CODES, "38.11Z", "62"]), st.floats(0.2, 1)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    place=st.sampled_from([METZ, NANCY, LYON, MOSELLE]),
    zones=st.sampled_from([(), (MOSELLE,), (MOSELLE, LYON)]),
    statuses=st.sampled_from([(), ("aci",), ("esat", "scop")]),
    reserved_under=st.sampled_from([None, *Reserved]),
)


def no_trade(_):
    return ()


def scattered():
    """Return many establishments on a coarse grid, so that some are as far as others."""
    drawn = Random(8)
    return [
        establishment(
            number,
            drawn.choice(["54395", "57672", "69123"]),
            drawn.choice([*CODES, None]),
            siren=f"{drawn.randint(1, 6):09d}",
            lon=6.2 + drawn.randint(-6, 6) / 2,
            lat=49.1 + drawn.randint(-6, 6) / 2,
        )
        for number in range(100, 100 + MANY)
    ]


@pytest.fixture(scope="module")
def crowd():
    with registered(*scattered()) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "MOST", 15)
        patch.setattr(nearest, "MOST_UNSAID", 3)
        yield connection


def answers(connection, wanted):
    found = answered(wanted, candidates(connection, wanted, no_trade), DAY, 1)
    return {each.supplier.siret for each in found.matches}


def read(connection, **asked):
    return [each.siret for each in candidates(connection, need(**asked), no_trade).suppliers]


@unhurried
@given(wanted=NEEDS, one=RADII, other=RADII)
def test_widening_a_radius_never_removes_an_answer_even_when_not_all_are_read(
    crowd, wanted, one, other
):
    narrow, wide = sorted((one, other), key=lambda radius: 1e9 if radius is None else radius)

    near = answers(crowd, replace(wanted, radius_km=narrow))
    all_around = answers(crowd, replace(wanted, radius_km=wide))

    assert near <= all_around


@unhurried
@given(NEEDS)
def test_no_more_are_read_than_is_said(crowd, wanted):
    found = candidates(crowd, wanted, no_trade)

    assert len(found.suppliers) <= nearest.MOST + nearest.MOST_UNSAID
    assert len({each.siret for each in found.suppliers}) == len(found.suppliers)


def test_of_one_trade_the_nearest_are_read(crowd):
    wanted = need(trades=(Wanted("62.01Z"),), place=METZ)
    lone = {each["siret"]: each for each in scattered() if each["naf"] == "62.01Z"}

    chosen = [siret for siret in read(crowd, trades=wanted.trades, place=METZ) if siret in lone]
    left = lone.keys() - set(chosen)

    assert len(chosen) >= 14
    assert max(far(lone[siret]) for siret in chosen) <= min(far(lone[siret]) for siret in left)


def far(row):
    return distance_km(Point(6.176, 49.119), Point(row["lon"], row["lat"]))


def test_what_few_attested_suppliers_leave_goes_to_the_others(crowd):
    attested = {"00000000100011"}

    found = read(crowd, trades=(Wanted("38.32Z"),), place=LYON, statuses=("aci",))

    assert len(set(found) - attested) >= nearest.MOST - len(attested)


def test_who_has_the_status_required_is_read_before_nearer_ones_that_have_not(crowd):
    without = read(crowd, trades=(Wanted("38.32Z"),), place=LYON)
    found = read(crowd, trades=(Wanted("38.32Z"),), place=LYON, statuses=("aci",))

    assert "00000000100011" not in without
    assert "00000000100011" in found


def test_without_a_place_two_needs_alike_do_not_read_the_same_ones(crowd):
    one, other = (
        set(read(crowd, trades=(Wanted("62.01Z"),), reference=reference)) for reference in "ab"
    )

    assert one != other
    assert set(read(crowd, trades=(Wanted("62.01Z"),), reference="a")) == one


def test_who_is_inside_the_place_is_at_no_distance_of_it_however_wide(crowd):
    pool = pool_of(crowd)
    rows = pool.of_codes(CODES)

    inside = pool.are_inside(rows, MOSELLE)

    assert inside.any()
    assert set(pool.gaps_km(rows, MOSELLE)[inside]) == {0}
