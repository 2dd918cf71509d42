"""The reference rule is applied to the letter, its blind spots included."""

from dataclasses import replace

import pytest

from essor.matching.marche import Listed, Offer, Perimeter, Popularity, Range, Request, marche
from essor.territory.distance import Point

PARIS = Perimeter(
    "paris", "city", "Paris", Point(2.337, 48.864), "75056", ("75018", "75019"), "75", "11"
)
SEINE = Perimeter("dep-75", "department", "Paris", Point(2.342, 48.857), "75", region="11")
ILE_DE_FRANCE = Perimeter("idf", "region", "Île-de-France", code="11")


def offer(**changes):
    plain = Offer("tri", ("making",), Range.RADIUS, 10)
    return replace(plain, **changes)


def listed(*offers, **changes):
    plain = Listed(
        "A", "ESAT", Point(2.35, 48.9), "93200", "93", "Île-de-France", offers=offers or (offer(),)
    )
    return replace(plain, **changes)


def kept(request, supplier):
    return bool(marche(request, [supplier]))


@pytest.mark.parametrize(
    "changes",
    [{"is_active": False}, {"is_delisted": True}, {"is_reachable": False}, {"kind": "OPCS"}],
)
def test_who_cannot_be_told_is_never_kept(changes):
    assert not kept(Request(), listed(**changes))


def test_mode_sector_and_place_must_hold_on_one_activity():
    split = listed(offer(sector="tri", modes=("service",)), offer(sector="bois"))

    assert not kept(Request(sectors=("tri",), modes=("making",)), split)
    assert kept(Request(sectors=("tri",), modes=("service",)), split)


@pytest.mark.parametrize(
    ("offered", "request_", "answer"),
    [
        (offer(range=Range.COUNTRY), Request(is_country_only=True), True),
        (offer(), Request(is_country_only=True), False),
        (offer(range=Range.COUNTRY), Request(includes_country=True), True),
        (offer(), Request(includes_country=True), False),
        (offer(), Request(perimeters=(PARIS,)), True),
        (offer(radius_km=1), Request(perimeters=(PARIS,)), False),
        (offer(radius_km=None), Request(perimeters=(PARIS,)), False),
        (offer(range=Range.COUNTRY), Request(perimeters=(PARIS,)), False),
        (offer(range=Range.COUNTRY), Request(perimeters=(PARIS,), includes_country=True), True),
        (offer(range=Range.ZONES, zones=(SEINE,)), Request(perimeters=(PARIS,)), True),
        (offer(range=Range.ZONES, zones=(ILE_DE_FRANCE,)), Request(perimeters=(SEINE,)), True),
        (offer(radius_km=1), Request(location=PARIS, distance_km=30), True),
        (offer(radius_km=1), Request(location=PARIS, distance_km=2), False),
        (offer(), Request(location=SEINE, distance_km=2), True),
        (offer(), Request(perimeters=(ILE_DE_FRANCE,)), True),
    ],
)
def test_the_first_line_of_place_that_applies_decides(offered, request_, answer):
    assert kept(request_, listed(offered)) is answer


def test_the_post_code_of_the_city_is_enough_whatever_the_range():
    unset = offer(range=Range.UNSET, radius_km=None)

    assert kept(Request(perimeters=(PARIS,)), listed(unset, post_code="75018", point=None))


def test_a_region_need_misses_who_declares_a_departement_of_it_elsewhere():
    declared = listed(offer(range=Range.ZONES, zones=(SEINE,)), region_name="Normandie")

    assert not kept(Request(perimeters=(ILE_DE_FRANCE,)), declared)


def test_the_order_is_popularity_the_same_for_every_need():
    plain, viewed, clicked, badged = (
        listed(id=name, popularity=fame)
        for name, fame in (
            ("plain", Popularity(completeness=0.9)),
            ("viewed", Popularity(views=9)),
            ("clicked", Popularity(contact_clicks=1)),
            ("badged", Popularity(has_badge=True)),
        )
    )

    ordered = marche(Request(), [plain, viewed, clicked, badged])

    assert [each.id for each in ordered] == ["badged", "clicked", "viewed", "plain"]
