"""The place: contained both ways, near by its trade, the supplier's own range respected."""

import pytest
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
    supplier,
    within,
    zones,
)

from essor.matching.activity import Basis, Reach
from essor.matching.criteria.place import judge
from essor.matching.finding import Met, Refused, Unpublished


def judged(wanted, place, reach):
    offered = activity(reach=reach)
    return judge(wanted, supplier(1, place, offered), offered, DAY)


def test_without_a_place_nothing_is_found():
    assert judged(need(), METZ, NATIONWIDE) == ()


def test_a_region_need_is_met_by_who_declares_a_departement_of_it():
    (found,) = judged(need(zones=(GRAND_EST,)), LYON, zones(MOSELLE))

    assert isinstance(found, Met)
    assert "Moselle, qui est dans Grand Est" in found.because


def test_a_departement_need_is_met_by_who_declares_its_region():
    (found,) = judged(need(zones=(MOSELLE,)), LYON, zones(GRAND_EST))

    assert isinstance(found, Met)
    assert "Grand Est, qui contient Moselle" in found.because


def test_another_departement_of_the_region_does_not_serve():
    (found,) = judged(need(zones=(MOSELLE,)), LYON, zones(MARNE))

    assert isinstance(found, Refused)


def test_a_nationwide_supplier_of_the_very_city_counts():
    (found,) = judged(need(zones=(METZ,)), METZ, NATIONWIDE)

    assert found == Met(1.0, "Établi sur place (Metz).")


def test_a_radius_counts_against_a_departement():
    near, far = (judged(need(zones=(MOSELLE,)), NANCY, within(km))[0] for km in (60, 1))

    assert isinstance(near, Met)
    assert isinstance(far, Refused)


@pytest.mark.parametrize(
    "wanted", [need(place=LYON), need(zones=(MARNE,)), need(is_nationwide=True)]
)
def test_a_reach_that_another_tells_refuses_nobody(wanted):
    declared = activity(reach=zones(MOSELLE), basis=Basis.DECLARED)
    told = activity(reach=zones(MOSELLE), basis=Basis.TOLD)

    (said,) = judge(wanted, supplier(1, METZ, declared), declared, DAY)
    (heard,) = judge(wanted, supplier(1, METZ, told), told, DAY)

    assert isinstance(said, Refused)
    assert isinstance(heard, Unpublished)
    assert heard.is_hard


def test_a_reach_that_another_tells_is_worth_less_than_one_that_is_declared():
    declared = activity(reach=NATIONWIDE, basis=Basis.DECLARED)
    told = activity(reach=NATIONWIDE, basis=Basis.TOLD)

    (said,) = judge(need(place=LYON), supplier(1, METZ, declared), declared, DAY)
    (heard,) = judge(need(place=LYON), supplier(1, METZ, told), told, DAY)

    assert isinstance(said, Met)
    assert isinstance(heard, Met)
    assert heard.share < said.share


def test_within_a_distance_the_range_of_the_supplier_is_respected():
    wanted = need(place=METZ, radius_km=100)

    short, long = (judged(wanted, NANCY, within(km))[0] for km in (5, 80))

    assert isinstance(short, Refused)
    assert "intervient à 5 km à la ronde et Metz est à 47 km" in short.because
    assert isinstance(long, Met)


def test_farther_than_the_radius_is_refused_even_to_a_nationwide_supplier():
    (found,) = judged(need(place=METZ, radius_km=100), LYON, NATIONWIDE)

    assert isinstance(found, Refused)


def test_a_nationwide_supplier_is_kept_from_afar_when_it_is_welcome():
    (found,) = judged(need(place=METZ, radius_km=100, welcomes_nationwide=True), LYON, NATIONWIDE)

    assert isinstance(found, Met)


def test_a_radius_of_zero_is_the_commune_itself():
    wanted = need(place=METZ, radius_km=0)

    assert isinstance(judged(wanted, METZ, Reach())[0], Met)
    assert isinstance(judged(wanted, NANCY, Reach())[0], Refused)


def test_nobody_is_farther_than_twenty_thousand_kilometres():
    found = judged(need(place=METZ, radius_km=20_000), LYON, Reach())

    assert isinstance(found[0], Met)


def test_a_place_that_is_not_published_is_unknown_and_not_far():
    (found,) = judged(need(place=METZ, radius_km=50), None, NATIONWIDE)

    assert isinstance(found, Unpublished)
    assert found.is_hard


def test_of_an_unsaid_zone_outside_the_perimeter_it_is_for_the_supplier_to_say():
    met, unsaid = judged(need(zones=(MOSELLE,)), NANCY, Reach())

    assert isinstance(met, Met)
    assert unsaid.is_hard


def test_the_place_and_the_perimeters_must_both_hold():
    (found,) = judged(need(place=METZ, radius_km=100, zones=(MARNE,)), NANCY, zones(MOSELLE))

    assert isinstance(found, Refused)
    assert "Marne" in found.because


@pytest.mark.parametrize(("reach", "kind"), [(NATIONWIDE, Met), (within(50), Refused)])
def test_a_nationwide_need_wants_who_serves_everywhere(reach, kind):
    (found,) = judged(need(is_nationwide=True), METZ, reach)

    assert isinstance(found, kind)


def test_nearer_is_never_worth_less():
    wanted = need(place=METZ)

    shares = [judged(wanted, place, Reach())[0].share for place in (METZ, NANCY, LYON)]

    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == 3
