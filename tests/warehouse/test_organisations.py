from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.warehouse.frames import frame, framed, row_of, rows_of

from essor.perimeter.families import families
from essor.perimeter.industry import is_industrial as one_is_industrial
from essor.tables.places import PLACE_COLUMNS
from essor.tables.staged import ESS_CLAIMS, SIRENE_UNITS
from essor.warehouse.organisations import (
    is_industrial,
    located,
    members,
    one_per_siren,
    said_elsewhere,
)

SIREN, OTHER = "552100554", "356000000"
SAID = {
    "siren": "string",
    "in_esus": "boolean",
    "in_scop": "boolean",
    "is_industrial_p2": "boolean",
    "p2_basis": "string",
}


def unit(siren=SIREN, **changes):
    return {
        "siren": siren,
        "is_active": True,
        "name": "ACME",
        "legal_category": "5710",
        "naf": "47.11B",
    } | changes


def said(*statuses, listed=()):
    return said_elsewhere(framed(ESS_CLAIMS, *listed), frame(SAID, *statuses))


def registered(*units, statuses=(), listed=()):
    return rows_of(
        members(framed(SIRENE_UNITS, *units), lambda raw: raw, said(*statuses, listed=listed))
    )


def status(siren=SIREN, **changes):
    return {"siren": siren, "in_esus": False, "in_scop": False} | changes


def test_a_list_and_a_status_of_one_unit_meet_in_one_row():
    row = row_of(said(status(in_esus=True), listed=[{"siren": SIREN, "family": "association"}]))

    assert (row["siren"], row["claimed_family"]) == (SIREN, "association")
    assert (row["in_ess_france"], row["in_esus"], row["in_scop"]) == (True, True, False)
    assert row["has_status"] is True


def test_a_unit_that_is_only_listed_has_no_status():
    row = row_of(said(listed=[{"siren": SIREN}, {"siren": SIREN, "family": "fondation"}]))

    assert (row["in_ess_france"], row["has_status"], row["in_esus"]) == (True, False, False)
    assert row["claimed_family"] == "fondation"


def test_a_shop_is_not_in_the_register():
    assert registered(unit()) == []


def test_a_factory_is_in_the_register_without_a_family():
    (row,) = registered(unit(naf="25.62B"))

    assert (row["is_industrial_p1"], row["ess_family"]) == (True, None)


def test_an_association_is_in_the_register_whatever_its_activity():
    (row,) = registered(unit(legal_category="9220", naf="94.99Z"))

    assert (row["is_industrial_p1"], row["ess_family"]) == (False, "association")


def test_a_unit_with_a_status_is_in_the_register():
    (row,) = registered(unit(), statuses=[status(is_industrial_p2=True, p2_basis="sectors")])

    assert row["ess_family"] is None
    assert (row["is_industrial_p2"], row["p2_basis"]) == (True, "sectors")


def test_a_name_alone_does_not_bring_a_shop_into_the_register():
    assert registered(unit(name="SCOP ACME")) == []


def test_a_name_tells_the_family_of_a_factory():
    (row,) = registered(unit(name="SCOP ACME", naf="25.62B"))

    assert (row["ess_family"], row["ess_basis"]) == ("cooperative", "name")


def test_a_mission_company_is_no_member_for_that():
    assert registered(unit(is_mission_company=True)) == []


def test_an_excluded_category_is_in_the_register_only_as_industry():
    trade_union = unit(legal_category="8410", ess_flag=True, naf="94.20Z")

    assert registered(trade_union, listed=[{"siren": SIREN}]) == []
    (row,) = registered(trade_union | {"naf": "18.12Z"}, listed=[{"siren": SIREN}])
    assert row["ess_family"] is None


def test_a_closed_factory_stays_in_the_register():
    (row,) = registered(unit(naf="25.62B", is_active=False))

    assert row["is_active"] is False


def test_a_closed_association_stays_in_the_register_only_when_a_list_or_a_status_names_it():
    closed = unit(legal_category="9220", ess_flag=True, is_active=False)

    assert registered(closed) == []
    assert len(registered(closed, listed=[{"siren": SIREN}])) == 1
    assert len(registered(closed, statuses=[status()])) == 1


def test_a_craftsman_of_industry_is_there_to_be_counted():
    craftsman = unit(naf="25.62B", is_natural_person=True)

    assert [row["is_natural_person"] for row in registered(craftsman)] == [True]


def test_a_natural_person_is_there_on_no_other_ground():
    shopkeeper = unit(is_natural_person=True, ess_flag=True)

    assert registered(shopkeeper, statuses=[status()], listed=[{"siren": SIREN}]) == []


def test_of_two_rows_of_one_siren_the_open_one_is_kept():
    units = framed(
        SIRENE_UNITS,
        unit(is_active=False, created_on=date(2024, 1, 1), name="CLOSED"),
        unit(created_on=date(1990, 1, 1), name="OPEN"),
    )

    assert row_of(one_per_siren(units))["name"] == "OPEN"


def test_a_unit_without_a_place_is_published_without_one():
    stock = framed(SIRENE_UNITS, unit(naf="25.62B", staff_band="12"))
    units = members(stock, lambda raw: raw, said())
    types = {"siren": "string", "head_office": "string"}
    heads = frame(types | {column.name: "string" for column in PLACE_COLUMNS})

    row = row_of(located(units, heads))

    assert (row["siren"], row["head_office"], row["commune"]) == (SIREN, None, None)
    assert (row["staff_lower"], row["staff_upper"]) == (20, 49)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 9999), min_size=20, max_size=60))
def test_a_column_is_judged_industrial_as_one_code_is(numbers):
    codes = [f"{number:04d}"[:2] + "." + f"{number:04d}"[2:] + "Z" for number in numbers] + [None]
    table = frame(
        {"rank": "int64", "naf": "string"}, *({"rank": i, "naf": c} for i, c in enumerate(codes))
    )

    rows = rows_of(table.select("rank", industrial=is_industrial(table.naf)))

    assert [row["industrial"] for row in rows] == [one_is_industrial(code) for code in codes]


CATEGORIES = st.sampled_from(["5710", "5499", "5458", "9220", "8410", "7210", None])
UNITS = st.builds(
    lambda category, naf, flag, name, *, is_active: unit(
        legal_category=category,
        naf=naf,
        ess_flag=flag,
        name=name,
        is_active=is_active,
    ),
    CATEGORIES,
    st.sampled_from(["25.62B", "47.11B", None]),
    st.sampled_from([True, False, None]),
    st.sampled_from(["ACME", "SCOP ACME", None]),
    is_active=st.booleans(),
)


@settings(max_examples=6, deadline=None)
@given(st.lists(UNITS, min_size=30, max_size=60))
def test_every_member_has_a_family_a_basis_and_an_evidence_or_none_of_them(drawn):
    rows = registered(*(one | {"siren": f"{rank:09d}"} for rank, one in enumerate(drawn)))

    assert len({row["siren"] for row in rows}) == len(rows)
    for row in rows:
        grounds = [row["ess_family"], row["ess_basis"], row["ess_evidence"]]
        assert (None in grounds) == (grounds == [None] * 3)
        assert row["legal_category"] not in families().excluded or row["ess_family"] is None
        assert row["ess_family"] or row["is_industrial_p1"]
