"""Candidates are read from the pool: open, of the social economy, near in trade and place."""

import pytest
from tests.matching.made_up import DAY, METZ, MOSELLE, need
from tests.matching.register import establishment, registered

from essor.matching import nearest
from essor.matching.activity import Basis
from essor.matching.answer import answer
from essor.matching.asking import zone_of
from essor.matching.comparison import compare
from essor.matching.naming import trades_said
from essor.matching.need import Wanted
from essor.matching.reservation import Reserved
from essor.matching.suppliers import candidates, siret_of, suppliers_at
from essor.territory.level import Level
from essor.territory.territories import territory_at


def said_by_name(name):
    return [("Tri", ("38.32Z",), ("tri",))] if "TRI" in name else []


def names(found):
    return {each.name for each in found}


@pytest.fixture
def register():
    with registered() as connection:
        yield connection


def test_candidates_are_of_a_near_trade_or_of_none_that_is_said(register):
    found = candidates(register, need(place=METZ, radius_km=60.0), said_by_name).suppliers

    assert names(found) == {"TRI DE METZ", "VERRE DE THIONVILLE", "EPAVES DE NANCY", "ESAT DE METZ"}


def test_a_wider_radius_reads_more(register):
    near = candidates(register, need(place=METZ, radius_km=5.0), said_by_name).suppliers
    far = candidates(register, need(place=METZ, radius_km=600.0), said_by_name).suppliers

    assert names(near) == {"TRI DE METZ", "ESAT DE METZ"}
    assert names(near) < names(far)
    assert "TRI DE LYON" in names(far)


def test_a_perimeter_reads_those_in_it_and_those_near_it(register):
    found = candidates(register, need(zones=(MOSELLE,)), said_by_name).suppliers

    assert {"TRI DE METZ", "VERRE DE THIONVILLE"} <= names(found)
    assert "TRI DE LYON" not in names(found)


def test_closed_establishments_are_left_out():
    closed = establishment(8, "57463", "38.32Z", siren="000000001", is_active=False)

    with registered(closed) as connection:
        found = candidates(connection, need(place=METZ, radius_km=60.0), said_by_name).suppliers

    assert closed["siret"] not in {each.siret for each in found}


def test_a_supplier_says_what_its_activities_were_read_from(register):
    (found,) = suppliers_at(register, ["00000000100011"], said_by_name)

    by_code, by_name = found.activities

    assert by_code.trades == ("38.32Z",)
    assert by_code.basis is Basis.INFERRED
    assert by_code.because == "d’après son code d’activité"
    assert by_name.because == "d’après son nom (« tri »)"
    assert [status.kind for status in found.statuses] == ["aci"]
    assert {"ea", "geiq"} <= set(found.kinds_without_list)
    assert "esat" not in found.kinds_without_list


def test_more_than_are_judged_is_said(register, monkeypatch):
    monkeypatch.setattr(nearest, "MOST", 2)

    found = candidates(register, need(place=METZ), said_by_name)

    assert found.is_cut
    assert "TRI DE METZ" in names(found.suppliers)


@pytest.mark.parametrize("number", ["000000001", "00000000100011"])
def test_a_siren_or_a_siret_gives_the_establishment(register, number):
    assert siret_of(register, number) == "00000000100011"


def test_a_number_that_is_not_there_gives_none(register):
    assert siret_of(register, "'; DROP TABLE naf --") is None


def test_an_answer_ranks_and_counts_those_refused(register):
    found = answer(register, need(place=METZ, radius_km=60.0), DAY, 1, said_by_name)

    assert [each.supplier.name for each in found.matches][:2] == [
        "TRI DE METZ",
        "VERRE DE THIONVILLE",
    ]
    assert found.matches[-1].supplier.name == "ESAT DE METZ"
    assert not found.matches[-1].is_certain
    assert found.judged == 4


def test_a_reserved_contract_puts_first_who_may_have_it(register):
    wanted = need(place=METZ, radius_km=60.0, reserved_under=Reserved.INSERTION)

    found = answer(register, wanted, DAY, 1, said_by_name)

    first, *others = found.matches
    assert first.supplier.name == "TRI DE METZ"
    assert "marché réservé" in {reason.criterion for reason in first.reasons}
    assert {reason.criterion for each in others for reason in each.reasons} == {"métier", "lieu"}
    assert not any(each.is_certain for each in others)


def test_the_reference_rule_misses_neighbouring_trades_and_who_it_does_not_list(register):
    found = compare(register, need(place=METZ, radius_km=60.0), DAY, 1, said_by_name)

    assert [each.match.supplier.name for each in found.both] == ["TRI DE METZ"]
    missed = {each.match.supplier.name: each.why_missed for each in found.ours}
    assert missed["VERRE DE THIONVILLE"] == "n’est pas d’un statut que ce service liste"
    assert missed["ESAT DE METZ"] == "son secteur n’est pas exactement celui du besoin"
    assert found.theirs == ()


def test_a_territory_becomes_a_zone_with_what_contains_it(register):
    metz = zone_of(register, territory_at(register, Level.COMMUNE, "57463"))
    moselle = zone_of(register, territory_at(register, Level.DEPARTEMENT, "57"))

    assert {"departement:57", "region:44", "france:FR"} <= set(metz.within)
    assert set(moselle.within) == {"region:44", "france:FR"}


def test_without_a_place_everybody_of_the_trade_is_read(register):
    found = candidates(register, need(trades=(Wanted("38.32Z"),)), said_by_name).suppliers

    assert {"TRI DE METZ", "TRI DE LYON"} <= names(found)
    assert "ESAT DE METZ" not in names(found)


LAUNDRY = need(trades=(Wanted("96.01A"),), place=METZ)


@pytest.mark.parametrize("naf", ["62.01Z", "88.10C", None])
def test_whoever_has_the_trade_in_its_name_alone_is_read_and_never_held_for_certain(naf):
    sign = establishment(8, "57463", naf, siren="000000004", name="BLANCHISSERIE DU PARC")

    with registered(sign) as connection:
        found = answer(connection, LAUNDRY, DAY, 1, trades_said)

    laundry = next(each for each in found.matches if each.supplier.siret == sign["siret"])
    assert laundry.activity.basis is Basis.NAMED
    assert not laundry.is_certain
    assert laundry.reasons[0].points == 20
    assert "« BLANCHISSERIE »" in laundry.reasons[0].because
    assert laundry.unknowns[0].is_hard


def test_a_place_that_bears_the_name_of_a_trade_is_not_read():
    sign = establishment(8, "57463", "62.01Z", siren="000000004", name="RUE DE LA BLANCHISSERIE")

    with registered(sign) as connection:
        found = candidates(connection, LAUNDRY, trades_said)

    assert sign["siret"] not in {each.siret for each in found.suppliers}


def test_of_those_so_named_the_nearest_are_read(monkeypatch):
    monkeypatch.setattr(nearest, "MOST_NAMED", 1)
    near = establishment(8, "57463", "62.01Z", siren="000000004", name="BLANCHISSERIE DU PARC")
    far = establishment(9, "69123", "62.01Z", siren="000000004", name="BLANCHISSERIE DU LAC")

    with registered(far, near) as connection:
        found = candidates(connection, LAUNDRY, trades_said)

    assert near["siret"] in {each.siret for each in found.suppliers}
    assert far["siret"] not in {each.siret for each in found.suppliers}
    assert not found.is_cut
