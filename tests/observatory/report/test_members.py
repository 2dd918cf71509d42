from tests.observatory.atlas import COMMUNES, atlas, seated

from essor.observatory.perspective import Perimeter
from essor.observatory.report.members import NEAR_KM, read_members, read_nearest
from essor.territory.level import Level
from essor.territory.territories import territory_at


def members(level=Level.EPCI, code="E1", perimeter=Perimeter.P1, most=70, **more):
    connection = atlas(**more)
    return read_members(connection, territory_at(connection, level, code), perimeter, most)


def nearest(code, perimeter=Perimeter.P1, **more):
    connection = atlas(**more)
    return read_nearest(connection, territory_at(connection, Level.EPCI, code), perimeter)


def test_the_biggest_come_first_with_what_is_known_of_them():
    first = members().listed[0]

    assert (first.name, first.commune, first.activity) == (
        "Fruitière",
        "Boisville",
        "Viande de boucherie",
    )
    assert (first.family, first.basis, first.staff_band) == (
        "association",
        "list",
        "50 à 99 salariés",
    )


def test_partial_diffusion_is_counted_and_never_named():
    found = members()

    assert "Cachée" not in {member.name for member in found.listed}
    assert (found.total, found.named, found.unnamed) == (11, 10, 1)


def test_those_that_do_not_fit_are_counted():
    found = members(most=3)

    assert (len(found.listed), found.others) == (3, 7)


def test_closed_and_foreign_to_the_perimeter_are_left_out():
    rows = [
        *seated(1, 1, "01001", name="Close", is_active=False),
        *seated(2, 1, "01001", name="Hors ESS", ess_family=None),
        *seated(3, 1, "01001", name="Service", is_industrial_p1=False),
        *seated(4, 1, "01001", name="Inconnue", is_industrial_p1=None),
    ]

    assert members(organisations=rows).total == 0


def test_p2_holds_the_conventioned_structures_whatever_their_family():
    rows = seated(1, 1, "01001", name="Geiq", ess_family=None, is_industrial_p2=True)

    (member,) = members(perimeter=Perimeter.P2, organisations=rows).listed

    assert (member.name, member.family) == ("Geiq", None)


def test_an_empty_territory_knows_who_is_around():
    found = nearest("E2")

    assert {near.member.name for near in found} == {"Atelier", "Fruitière"}
    assert all(30 < near.distance_km < 45 for near in found)


def test_the_nearest_are_outside_nameable_and_in_order():
    found = nearest("E3")

    assert "Nordique" not in {near.member.name for near in found}
    assert "Cachée" not in {near.member.name for near in found}
    assert [near.distance_km for near in found] == sorted(near.distance_km for near in found)


def test_far_away_only_a_few_are_named():
    found = nearest("E3")

    assert len(found) == 5
    assert found[0].distance_km > NEAR_KM


def test_without_a_place_there_is_no_nearest():
    unplaced = [commune | {"lon": None, "lat": None} for commune in COMMUNES]
    nowhere = [{"level": "epci", "code": "E2", "name": "CC du Vide"}]

    assert nearest("E2", communes=unplaced) == ()
    assert nearest("E2", territories=nowhere) == ()
