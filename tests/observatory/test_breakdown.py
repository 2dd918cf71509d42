import pytest
from tests.observatory.rows import COMMUNES, TERRITORIES, organisation, organisations, status
from tests.observatory.small_release import small_release

from essor.observatory.breakdown import breakdown
from essor.observatory.perspective import By
from essor.observatory.prepared import prepare
from essor.observatory.question import Question
from essor.territory.level import Level
from essor.territory.territories import territory_at

NAF = [
    {"code": "10", "level": 2, "section": "C", "label": "Industries alimentaires"},
    {"code": "25", "level": 2, "section": "C", "label": "Produits métalliques"},
]
BANDS = [{"code": "03", "label": "6 à 9 salariés"}, {"code": "12", "label": "20 à 49 salariés"}]


def break_down(members, by, place=None, level=None, statuses=()):
    connection = small_release(
        organisations=members,
        communes=COMMUNES,
        territories=TERRITORIES,
        naf=NAF,
        staff_bands=BANDS,
        statuses=list(statuses),
    )
    prepare(connection)
    territory = territory_at(connection, *place) if place else None
    return breakdown(connection, Question(territory, by=by, level=level), by)


def counts(found):
    return [(row.key, row.label, row.organisations) for row in found.rows]


def test_families_come_biggest_first_with_their_french_names():
    members = [*organisations(3), *organisations(4, first=20, ess_family="association")]

    found = break_down(members, By.FAMILY)

    assert counts(found) == [
        ("association", "Associations", 4),
        ("cooperative", "Coopératives", 3),
    ]


def test_activities_are_divisions_of_the_naf():
    members = [*organisations(2), organisation(9, naf="25.62B")]

    assert counts(break_down(members, By.NAF)) == [
        ("10", "Industries alimentaires", 2),
        ("25", "Produits métalliques", 1),
    ]


def test_bands_come_in_order_and_the_unknown_one_last():
    members = [
        *organisations(2),
        organisation(8, "NN"),
        organisation(9, "03"),
        organisation(7, None),
    ]

    assert counts(break_down(members, By.STAFF)) == [
        ("03", "6 à 9 salariés", 1),
        ("12", "20 à 49 salariés", 2),
        ("", "Non renseigné", 2),
    ]


def test_an_organisation_of_two_statuses_is_one_row_not_two():
    statuses = [
        status(1, "ea", answer=None),
        status(1, "esus", answer=None),
        status(2, "ea", answer=None),
    ]

    found = break_down(organisations(3), By.STATUS, statuses=statuses)

    assert counts(found) == [
        ("ea", "EA", 1),
        ("ea + esus", "EA + ESUS", 1),
        ("", "Aucun statut connu", 1),
    ]


def test_an_organisation_of_unknown_place_has_its_own_row():
    members = [organisation(1), organisation(2, commune=None)]

    assert counts(break_down(members, By.TERRITORY)) == [
        ("84", "Auvergne-Rhône-Alpes", 1),
        ("", "Non renseigné", 1),
    ]


@pytest.mark.parametrize(
    ("place", "level"),
    [
        (None, Level.REGION),
        ((Level.REGION, "84"), Level.DEPARTEMENT),
        ((Level.DEPARTEMENT, "69"), Level.EPCI),
        ((Level.COMMUNE, "69123"), Level.COMMUNE),
    ],
)
def test_a_territory_is_broken_down_into_the_level_below(place, level):
    assert break_down(organisations(1), By.TERRITORY, place).level is level


def test_another_level_may_be_chosen():
    members = [organisation(1), organisation(2, commune="69381"), organisation(3, commune="01004")]

    found = break_down(members, By.TERRITORY, (Level.REGION, "84"), Level.COMMUNE)

    assert counts(found) == [("69123", "Lyon", 2), ("01004", "01004", 1)]


def test_a_commune_is_broken_down_into_its_own_arrondissements():
    members = [organisation(1), organisation(2, commune="69381")]

    found = break_down(members, By.TERRITORY, (Level.COMMUNE, "69123"))

    assert [row.key for row in found.rows] == ["69123", "69381"]


def test_a_masked_row_shows_no_staff_at_all_and_takes_another_with_it():
    members = [
        *organisations(9),
        *organisations(4, first=20, ess_family="association"),
        *organisations(2, first=40, ess_family="fondation"),
    ]

    rows = {row.key: row for row in break_down(members, By.FAMILY).rows}

    assert rows["cooperative"].staff == 9 * 34.5
    for key in ("association", "fondation"):
        row = rows[key]
        assert row.is_secret
        assert (row.staff, row.staff_lower, row.staff_upper, row.staff_share) == (None,) * 4
    assert rows["fondation"].organisations == 2


def test_shares_of_organisations_and_of_staff_are_of_the_whole():
    members = [*organisations(3), *organisations(3, "03", first=20, ess_family="association")]

    rows = {row.key: row for row in break_down(members, By.FAMILY).rows}

    assert rows["cooperative"].share == 0.5
    assert rows["cooperative"].staff_share == pytest.approx(34.5 / 42)


def test_organisations_of_unknown_staff_are_counted_in_their_row():
    (row,) = break_down([*organisations(3), organisation(9, "NN")], By.FAMILY).rows

    assert (row.organisations, row.staff_unknown, row.staff) == (4, 1, 103.5)
