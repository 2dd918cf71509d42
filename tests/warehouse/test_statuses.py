from datetime import date

import pytest
from tests.warehouse.frames import framed, row_of, rows_of

from essor.tables.staged import STATUS_CLAIMS
from essor.warehouse.statuses import (
    all_claims,
    one_per_fact,
    said_of_units,
    with_good_identifiers,
)

ANSWERS = {"yes": True, "no": False, "nothing": None}
DAY = date(2024, 3, 1)
SIREN, SIRET, OTHER_SIRET = "552100554", "55210055400013", "55210055400021"


def claim(kind="ei", siret=SIRET, **changes):
    return {"siren": SIREN, "siret": siret, "kind": kind, "attested_on": DAY} | changes


def industrial(answer, basis="sectors", **changes):
    return claim(has_industrial_activity=ANSWERS[answer], industrial_basis=basis, **changes)


def claims(*rows, source="siae"):
    return all_claims({source: framed(STATUS_CLAIMS, *rows)})


def said(*rows):
    row = row_of(said_of_units(claims(*rows)))
    return row["is_industrial_p2"], row["p2_basis"]


def test_the_claims_of_every_source_stand_side_by_side():
    by_source = {
        "siae": framed(STATUS_CLAIMS, claim("ei")),
        "esat": framed(STATUS_CLAIMS, claim("esat"), claim("esat", OTHER_SIRET)),
    }

    found = rows_of(all_claims(by_source))

    assert sorted(row["source"] for row in found) == ["esat", "esat", "siae"]


def test_a_claim_whose_siren_cannot_be_one_is_left_out():
    bad = claim(siren="552100555", siret="55210055500013")

    assert rows_of(with_good_identifiers(claims(bad))) == []


def test_a_siret_that_cannot_be_one_leaves_the_status_to_the_unit():
    row = row_of(with_good_identifiers(claims(claim(siret="55210055400019"))))

    assert (row["siren"], row["siret"]) == (SIREN, "")


def test_a_structure_listed_twice_keeps_what_either_row_tells():
    twice = claims(
        industrial(
            "nothing", None, name="B", valid_from=date(2020, 1, 1), valid_to=None, places=30
        ),
        industrial("no", "name", name="A", valid_from=None, valid_to=date(2025, 1, 1), places=12),
    )

    row = row_of(one_per_fact(twice))

    assert (row["name"], row["places"]) == ("A", 42)
    assert (row["valid_from"], row["valid_to"]) == (date(2020, 1, 1), date(2025, 1, 1))
    assert (row["has_industrial_activity"], row["industrial_basis"]) == (False, "name")


def test_two_sources_of_one_status_are_two_facts():
    both = {
        "siae": framed(STATUS_CLAIMS, claim("ei")),
        "marche_inclusion": framed(STATUS_CLAIMS, claim("ei")),
    }

    assert len(rows_of(one_per_fact(all_claims(both)))) == 2


@pytest.mark.parametrize(
    ("answer", "basis", "of_the_unit"),
    [("yes", "sectors", True), ("no", "name", False), ("nothing", None, None)],
)
def test_a_unit_of_one_structure_answers_as_it_does(answer, basis, of_the_unit):
    assert said(industrial(answer, basis)) == (of_the_unit, basis)


def test_a_source_that_says_yes_beats_a_source_that_says_no():
    assert said(industrial("yes", "sectors"), industrial("no", "name")) == (True, "sectors")


def test_a_source_that_says_no_beats_a_source_that_says_nothing():
    assert said(industrial("no", "name"), industrial("nothing", None)) == (False, "name")


def test_a_unit_is_industrial_when_one_of_its_structures_is():
    assert said(
        industrial("yes", "sectors", siret=SIRET), industrial("nothing", None, siret=OTHER_SIRET)
    ) == (True, "sectors")


def test_a_unit_is_unknown_when_no_structure_says_yes_and_one_says_nothing():
    assert said(
        industrial("no", "name", siret=SIRET), industrial("nothing", None, siret=OTHER_SIRET)
    ) == (None, None)


def test_a_unit_is_not_industrial_when_every_structure_says_no():
    assert said(
        industrial("no", "name", siret=SIRET), industrial("no", "name", siret=OTHER_SIRET)
    ) == (False, "name")


def test_the_list_of_scop_is_no_convention_and_says_nothing_of_industry():
    row = row_of(said_of_units(claims(claim("scop", siret=""), industrial("no", "name"))))

    assert row["in_scop"] is True
    assert row["in_esus"] is False
    assert row["is_industrial_p2"] is False


def test_a_unit_that_is_only_in_the_list_of_scop_has_no_answer():
    row = row_of(said_of_units(claims(claim("scop", siret=""))))

    assert (row["is_industrial_p2"], row["p2_basis"]) == (None, None)
