from datetime import date

import pytest
from tests.observatory.atlas import DAY, atlas, edition, seated

from essor.observatory.dashboard import read_dashboard
from essor.territory.level import Level
from essor.territory.territories import territory_at

TOUCHING = [{"commune": "01002", "neighbour": "01003"}, {"commune": "01003", "neighbour": "01002"}]


def dashboard(level=Level.EPCI, code="E1", **more):
    connection = atlas(**more)
    return read_dashboard(connection, territory_at(connection, level, code), edition())


def opened(day, number=1, **changes):
    return seated(number, 1, "01001", created_on=day, **changes)


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level.FRANCE, "FR"),
        (Level.REGION, "84"),
        (Level.DEPARTEMENT, "01"),
        (Level.EPCI, "E2"),
        (Level.COMMUNE, "01001"),
    ],
)
def test_every_level_has_its_dashboard(level, code):
    found = dashboard(level, code)

    assert found.territory.code == code
    assert found.compared[0].place.code == code
    assert found.compared[-1].place.code == "FR"


def test_the_figures_the_employers_and_the_families_count_the_same_organisations():
    found = dashboard()

    assert next(each for each in found.here.figures if each.id == "K03").value == 11
    assert found.employers.total == 11
    assert found.families.total.organisations == 11


def test_a_territory_is_compared_with_those_that_contain_it_nearest_first():
    found = dashboard()

    assert [each.place.name for each in found.compared] == ["CC du Bois", "Ain", "Rhône", "France"]


def test_what_opened_is_that_of_the_last_two_years_the_register_knows():
    rows = [
        *opened(date(2024, 3, 1), 1, name="Récente"),
        *opened(date(2022, 3, 1), 2, name="Juste à temps"),
        *opened(date(2022, 2, 28), 3, name="Trop tôt"),
        *opened(date(2023, 1, 1), 4, name="Cachée", is_partly_diffused=True),
        *opened(date(2023, 1, 1), 5, name="Hors industrie", is_industrial_p1=False),
    ]

    moved = dashboard(organisations=rows).movements

    assert (moved.since, moved.until) == (date(2022, 3, 1), date(2024, 3, 1))
    assert [each.name for each in moved.listed] == ["Récente", None, "Juste à temps"]
    assert moved.opened == 3


def test_a_day_after_the_build_is_no_opening():
    rows = [*opened(date(2024, 1, 1), 1, name="Née"), *opened(date(2030, 1, 1), 2, name="À naître")]

    moved = dashboard(organisations=rows).movements

    assert moved.until == date(2024, 1, 1) <= DAY
    assert [each.name for each in moved.listed] == ["Née"]


def test_two_years_before_a_leap_day_is_the_28th():
    moved = dashboard(organisations=opened(date(2024, 2, 29))).movements

    assert moved.since == date(2022, 2, 28)


def test_what_is_closed_is_counted_and_never_dated():
    rows = opened(date(2024, 1, 1), is_active=False)

    moved = dashboard(organisations=rows).movements

    assert (moved.closed, moved.opened, moved.listed) == (1, 0, ())


def test_a_register_that_dates_nothing_says_so():
    moved = dashboard().movements

    assert (moved.since, moved.until, moved.opened) == (None, None, 0)


def test_neighbours_come_with_their_organisations():
    rows = [*seated(1, 2, "01003"), *seated(10, 3, "01001")]

    found = dashboard(neighbours=TOUCHING, organisations=rows)

    assert [(each.territory.code, each.organisations) for each in found.neighbours or ()] == [
        ("E2", 2)
    ]


def test_a_release_that_does_not_know_what_touches_says_so():
    assert dashboard().neighbours is None


def test_an_empty_territory_looks_around_itself():
    found = dashboard(code="E2")

    assert found.employers.total == 0
    assert found.nearest[0].member.name == "Fruitière"
