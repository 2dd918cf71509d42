"""The score is the sum of its reasons, and the ranking keeps its promises whatever is asked."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.made_up import (
    DAY,
    GRAND_EST,
    LYON,
    MARNE,
    METZ,
    MOSELLE,
    NANCY,
    NATIONWIDE,
    activity,
    need,
    status,
    supplier,
    tonnes,
    within,
    zones,
)

from essor.language.presence import Presence
from essor.matching.match import CRITERIA, explain, match, needs_for
from essor.matching.need import Wanted
from essor.matching.reservation import Reserved

unhurried = settings(deadline=None, max_examples=60)
CODES = st.sampled_from(["38.32Z", "38.31Z", "38.11Z", "25.62B", "81.29B"])
REACHES = st.one_of(
    st.just(NATIONWIDE),
    st.floats(0, 500).map(within),
    st.sampled_from([zones(MOSELLE), zones(GRAND_EST), zones(MARNE, LYON), zones()]),
)
ACTIVITIES = st.builds(
    lambda codes, reach, capacity, forms: activity(
        *codes, reach=reach, capacity=capacity, presence=forms
    ),
    st.lists(CODES, min_size=1, max_size=2, unique=True),
    REACHES,
    st.sampled_from([(), (tonnes(100),), (tonnes(900),), (tonnes(20, "mois"),)]),
    st.sampled_from([(), (Presence.SERVICE,), (Presence.FABRICATION, Presence.SERVICE)]),
)
STATUSES = st.sampled_from(
    [(), (status("esat"),), (status("ea"), status("esus")), (status("aci", date(2019, 1, 1)),)]
)
PLACES = st.sampled_from([METZ, NANCY, LYON, None])
SUPPLIERS = st.builds(
    lambda number, place, activities, statuses: supplier(
        number, place, *activities, statuses=statuses
    ),
    st.integers(1, 10**8),
    PLACES,
    st.lists(ACTIVITIES, min_size=1, max_size=3),
    STATUSES,
)
POOLS = st.lists(SUPPLIERS, max_size=8, unique_by=lambda each: each.siret)
NEEDS = st.builds(
    need,
    trades=st.lists(st.builds(Wanted, CODES, st.floats(0.5, 1)), min_size=1, max_size=3).map(tuple),
    place=st.sampled_from([METZ, LYON, MOSELLE, None]),
    zones=st.sampled_from([(), (GRAND_EST,), (MARNE, LYON)]),
    quantity=st.sampled_from([None, tonnes(600)]),
    reserved_under=st.sampled_from([None, *Reserved]),
    presence=st.sampled_from([(), (Presence.SERVICE,)]),
    amount_eur=st.sampled_from([None, 50_000.0]),
    deadline=st.sampled_from([None, date(2027, 6, 1)]),
)


def test_the_criteria_share_a_hundred_points():
    assert sum(criterion.points for criterion in CRITERIA) == 100


@unhurried
@given(NEEDS, SUPPLIERS)
def test_a_score_is_the_sum_of_its_reasons(wanted, candidate):
    found = explain(wanted, candidate, DAY)

    assert found.score == sum(reason.points for reason in found.reasons)
    assert found.score == sum(reason.points for reason in reversed(found.reasons))
    assert 0 <= found.score <= found.out_of <= 100


@unhurried
@given(NEEDS, POOLS, st.randoms(use_true_random=False))
def test_the_order_of_the_suppliers_does_not_matter(wanted, pool, chance):
    shuffled = list(pool)
    chance.shuffle(shuffled)

    assert match(wanted, shuffled, DAY, 3) == match(wanted, pool, DAY, 3)


@unhurried
@given(NEEDS, POOLS, st.floats(0, 900), st.floats(0, 900))
def test_widening_a_radius_never_removes_an_answer(wanted, pool, one, other):
    placed = replace(wanted, place=METZ)
    narrow, wide = sorted((one, other))

    near = match(replace(placed, radius_km=narrow), pool, DAY)
    all_around = match(replace(placed, radius_km=wide), pool, DAY)

    assert {each.supplier.siret for each in near} <= {each.supplier.siret for each in all_around}


CONDITIONS = st.sampled_from(
    [
        {"place": METZ},
        {"zones": (GRAND_EST,)},
        {"quantity": tonnes(600)},
        {"reserved_under": Reserved.HANDICAP},
        {"presence": (Presence.SERVICE,)},
        {"amount_eur": 50_000.0},
        {"statuses": ("esat", "ea")},
        {"deadline": date(2027, 6, 1)},
    ]
)


@unhurried
@given(NEEDS, SUPPLIERS, CONDITIONS)
def test_a_condition_that_is_satisfied_never_lowers_a_score(wanted, candidate, condition):
    without = replace(
        wanted, **{name: () if name in ("zones", "presence") else None for name in condition}
    )
    without = replace(without, statuses=()) if "statuses" in condition else without
    alone = replace(candidate, activities=candidate.activities[:1])

    before, after = explain(without, alone, DAY), explain(replace(without, **condition), alone, DAY)

    assert after.refusals or after.score >= before.score


@unhurried
@given(NEEDS, POOLS)
def test_the_same_question_has_the_same_answer(wanted, pool):
    assert match(wanted, pool, DAY, 7) == match(wanted, pool, DAY, 7)


@unhurried
@given(NEEDS, POOLS)
def test_nobody_of_whom_something_decisive_is_unknown_comes_before_who_meets_everything(
    wanted, pool
):
    certain = [found.is_certain for found in match(wanted, pool, DAY)]

    assert certain == sorted(certain, reverse=True)


def test_the_conditions_must_hold_on_one_and_the_same_activity():
    split = supplier(
        1, METZ, activity("38.32Z", reach=zones(LYON)), activity("25.62B", reach=NATIONWIDE)
    )

    found = match(need(zones=(MARNE,)), [split], DAY)

    assert found == ()


def test_a_supplier_without_activity_is_refused_and_says_so():
    found = explain(need(), supplier(activities=()), DAY)

    assert found.refusals[0].because == "Aucune activité n’est connue de ce fournisseur."


def test_a_supplier_sees_first_the_need_that_it_answers_best():
    near = need(text="près", place=METZ, trades=(Wanted("38.32Z"),))
    far = need(text="loin", place=LYON, trades=(Wanted("38.32Z"),))
    other = need(text="autre", trades=(Wanted("62.01Z"),))

    found = needs_for(supplier(1, METZ, activity(reach=NATIONWIDE)), [far, other, near], DAY)

    assert [wanted.text for wanted, _ in found] == ["près", "loin"]
