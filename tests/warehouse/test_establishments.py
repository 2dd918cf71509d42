from datetime import date

from tests.warehouse.frames import frame, framed, row_of, rows_of

from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.geography import COMMUNES, FORMER_COMMUNES
from essor.tables.staged import POSITIONS, SIRENE_ESTABLISHMENTS
from essor.warehouse.establishments import (
    PLACES,
    head_offices,
    of_units,
    one_per_siret,
    placed,
    seats_of,
)
from essor.warehouse.places import place_lookup

SIREN = "552100554"
FIRST, SECOND, THIRD = "55210055400013", "55210055400021", "55210055400039"
METZ = {"code": "57463", "name": "Metz", "departement": "57", "lon": 6.2, "lat": 49.1}
UNPLACED = {"code": "98735", "name": "Papeete", "departement": "987"}


def place(siret=FIRST, **changes):
    return {"siret": siret, "is_active": True, "commune": "57463"} | changes


def published(*rows):
    return framed(ESTABLISHMENTS, *({"siret": FIRST, "is_active": True} | row for row in rows))


def owned(sirets, *sirens):
    raw = frame({"siret": "string"}, *({"siret": siret} for siret in sirets))
    units = frame({"siren": "string"}, *({"siren": siren} for siren in sirens))
    return [row["siret"] for row in rows_of(of_units(raw, units))]


def located(*rows, positions=()):
    communes = framed(COMMUNES, METZ, UNPLACED)
    lookup = place_lookup(communes, framed(FORMER_COMMUNES))
    return placed(framed(SIRENE_ESTABLISHMENTS, *rows), lookup, framed(POSITIONS, *positions))


def position(siret=FIRST, basis="address"):
    return {"siret": siret, "lon": 6.175, "lat": 49.119, "position_basis": basis}


def point(row):
    return row["lon"], row["lat"], row["position_basis"]


def head_of(*rows, head_office=None):
    units = frame(
        {"siren": "string", "head_office": "string"}, {"siren": SIREN, "head_office": head_office}
    )
    types = {"siret": "string", "siren": "string", "is_head_office": "boolean"}
    types |= {"is_active": "boolean"} | dict.fromkeys(PLACES, "string")
    owned = frame(types, *({"siren": SIREN, "is_active": True} | row for row in rows))
    return [(row["head_office"], row["commune"]) for row in rows_of(head_offices(units, owned))]


def test_only_the_establishments_of_given_units_are_chosen():
    assert owned([FIRST, "35600000000048"], SIREN) == [FIRST]


def test_a_siret_whose_own_digits_are_no_digits_is_still_its_units():
    assert owned([SIREN + "ABCDE", "ABCDE00013", "", None], SIREN) == [SIREN + "ABCDE"]


def test_only_the_head_offices_that_units_name_are_chosen():
    raw = frame({"siret": "string"}, {"siret": FIRST}, {"siret": "35600000000048"})
    units = frame({"head_office": "string"}, {"head_office": FIRST}, {"head_office": None})

    assert row_of(seats_of(raw, units)) == {"siret": FIRST}


def test_of_two_rows_of_one_siret_the_open_one_is_kept():
    closed = {"is_active": False, "created_on": date(2020, 1, 1), "name": "CLOSED"}

    assert row_of(one_per_siret(published(closed, {"name": "OPEN"})))["name"] == "OPEN"


def test_of_two_open_rows_of_one_siret_the_latest_created_is_kept():
    twice = published(
        {"created_on": date(1999, 1, 1), "name": "OLD"},
        {"created_on": date(2020, 1, 1), "name": "NEW"},
        {"created_on": None, "name": "UNDATED"},
    )

    assert row_of(one_per_siret(twice))["name"] == "NEW"


def test_of_two_points_of_one_siret_the_most_precise_is_kept():
    twice = published(
        {"position_basis": "commune", "lon": 1.0}, {"position_basis": "street", "lon": 2.0}
    )

    assert row_of(one_per_siret(twice))["position_basis"] == "street"


def test_an_open_establishment_has_its_own_point():
    row = row_of(located(place(), positions=[position()]))

    assert point(row) == (6.175, 49.119, "address")


def test_an_establishment_without_a_point_has_that_of_its_commune():
    assert point(row_of(located(place()))) == (6.2, 49.1, "commune")


def test_a_partly_diffused_establishment_has_only_the_point_of_its_commune():
    row = row_of(located(place(is_partly_diffused=True), positions=[position()]))

    assert point(row) == (6.2, 49.1, "commune")


def test_a_closed_establishment_keeps_its_own_point():
    row = row_of(located(place(is_active=False), positions=[position()]))

    assert point(row) == (6.175, 49.119, "address")


def test_a_commune_without_a_centre_gives_no_point():
    assert point(row_of(located(place(commune="98735")))) == (None, None, None)


def test_an_establishment_abroad_has_no_commune_and_no_point():
    row = row_of(located(place(commune=None, country="99109")))

    assert (row["commune"], row["country"]) == (None, "99109")
    assert point(row) == (None, None, None)


def test_an_establishment_tells_whether_it_is_industrial():
    rows = rows_of(
        located(place(FIRST, naf="25.62B"), place(SECOND, naf="88.10C"), place(THIRD, naf=None))
    )

    assert [row["is_industrial_p1"] for row in rows] == [True, False, None]


def test_the_head_office_is_the_one_the_unit_names():
    named = head_of(
        {"siret": FIRST, "commune": "57463"},
        {"siret": SECOND, "commune": "59350", "is_head_office": True},
        head_office=FIRST,
    )

    assert named == [(FIRST, "57463")]


def test_a_head_office_that_is_not_in_the_stock_gives_way_to_the_one_flagged():
    flagged = head_of(
        {"siret": FIRST, "is_head_office": False},
        {"siret": SECOND, "is_head_office": True},
        head_office=THIRD,
    )

    assert flagged == [(SECOND, None)]


def test_of_two_flagged_head_offices_the_open_one_is_chosen():
    flagged = head_of(
        {"siret": FIRST, "is_head_office": True},
        {"siret": SECOND, "is_head_office": True, "is_active": False},
    )

    assert flagged == [(FIRST, None)]


def test_a_closed_head_office_is_better_than_none():
    flagged = head_of(
        {"siret": FIRST, "is_head_office": False},
        {"siret": SECOND, "is_head_office": True, "is_active": False},
    )

    assert flagged == [(SECOND, None)]


def test_the_only_establishment_is_the_head_office():
    assert head_of({"siret": FIRST, "is_head_office": None}) == [(FIRST, None)]


def test_two_establishments_and_no_flag_give_no_head_office():
    assert head_of({"siret": FIRST}, {"siret": SECOND}) == []


def test_a_unit_without_establishment_has_no_head_office():
    assert head_of(head_office=FIRST) == []
