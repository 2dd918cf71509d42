"""Equals take turns, and the first ten are varied when equals allow it."""

from dataclasses import replace

from tests.matching.made_up import DAY, METZ, activity, need, supplier

from essor.matching.match import match
from essor.matching.zone import Zone
from essor.territory.level import Level


def towns(count):
    return [Zone(Level.COMMUNE, f"{code:05d}", f"Ville {code}") for code in range(count)]


def first_three(wanted, pool, release=1):
    return [each.supplier.siret for each in match(wanted, pool, DAY, release)[:3]]


def test_two_needs_alike_do_not_always_call_the_same_three():
    pool = [supplier(number, town) for number, town in enumerate(towns(30), start=1)]
    called = {
        siret
        for reference in range(20)
        for siret in first_three(need(reference=f"besoin {reference}"), pool)
    }

    assert len(called) > 15


def test_the_turn_changes_with_the_release_and_not_with_the_day():
    pool = [supplier(number, town) for number, town in enumerate(towns(30), start=1)]

    assert first_three(need(), pool, 1) == first_three(need(), pool, 1)
    assert first_three(need(), pool, 1) != first_three(need(), pool, 2)


def test_more_than_a_point_apart_the_best_is_always_first():
    best = supplier(1, METZ, activity("38.32Z"))
    others = [supplier(number, METZ, activity("38.31Z")) for number in range(2, 20)]

    for reference in range(10):
        ranked = match(need(reference=str(reference)), [*others, best], DAY)
        assert ranked[0].supplier == best


def test_one_organisation_does_not_take_the_first_ten_when_it_has_equals():
    chain = [
        supplier(1, town, siret=f"{1:09d}{number:05d}") for number, town in enumerate(towns(20))
    ]
    others = [supplier(number, town) for number, town in enumerate(towns(40)[20:], start=100)]

    among_ten = {
        sum(
            each.supplier.siren == chain[0].siren
            for each in match(need(reference=str(reference)), [*chain, *others], DAY)[:10]
        )
        for reference in range(20)
    }

    assert max(among_ten) == 2


def test_one_town_does_not_take_the_first_ten_when_it_has_equals():
    here = [supplier(number, METZ) for number in range(1, 30)]
    elsewhere = [supplier(number, town) for number, town in enumerate(towns(9), start=100)]

    ranked = match(need(), [*here, *elsewhere], DAY)

    assert sum(each.supplier.place == METZ for each in ranked[:10]) == 3
    assert sum(each.note != "" for each in ranked) > 0


def test_alone_of_its_kind_an_organisation_takes_every_place_and_nothing_is_said_of_it():
    chain = [supplier(1, METZ, siret=f"{1:09d}{number:05d}") for number in range(12)]

    ranked = match(need(), chain, DAY)

    assert len(ranked) == 12
    assert {each.note for each in ranked} == {""}


def test_everybody_is_ranked_once():
    pool = [supplier(number % 7, METZ, siret=f"{number:014d}") for number in range(60)]
    pool += [replace(pool[0], siret="99999999999999", place=None)]

    ranked = match(need(), pool, DAY)

    assert sorted(each.supplier.siret for each in ranked) == sorted(each.siret for each in pool)
