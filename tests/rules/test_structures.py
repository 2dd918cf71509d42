from datetime import date

import pytest

from essor.errors import InvalidRequestError
from essor.rules.registry import rule_of
from essor.rules.structures import absence, structure_of, structures
from essor.sources.catalogue import SOURCES
from essor.sources.conventions import KINDS

DAY = date(2026, 11, 23)


def test_every_kind_that_the_register_holds_is_defined():
    assert set(structures()) == {*KINDS, "esus", "scop"}


def test_the_lists_are_sources_of_the_register():
    named = {name for structure in structures().values() for name in structure.lists}

    assert named <= {source.name for source in SOURCES}
    assert named == set(absence().whole_from)


def named_by_rules():
    handicap = rule_of("reserve-handicap").versions[-1].conditions["statut_handicap"].value
    insertion = rule_of("reserve-insertion").versions[-1].conditions["statut_insertion"].value
    return {"reserve-handicap": handicap, "reserve-insertion": insertion}


@pytest.mark.parametrize("structure", structures().values(), ids=structures())
def test_a_kind_counts_for_the_reservation_whose_rule_names_it(structure):
    named = {code for code, kinds in named_by_rules().items() if structure.kind in kinds}

    assert named == ({structure.counts_for} if structure.counts_for else set())


def test_a_status_attested_on_a_leap_day_lasts_until_the_eve_of_march():
    assert structure_of("ei").lasts_until(date(2024, 2, 29)) == date(2027, 2, 28)


def test_what_an_attestation_is_worth_is_said_by_its_age():
    adapted = structure_of("ea")

    recent, old, too_old = (adapted.reserve(date(year, 6, 1), DAY) for year in (2026, 2023, 2020))

    assert recent == ""
    assert old == "à faire confirmer\u00a0: un agrément dure 5 ans au plus (à vérifier)"
    assert too_old.startswith(
        "ce qui date\u00a0: un agrément dure 5 ans au plus (à vérifier), et rien"
    )


@pytest.mark.parametrize("structure", structures().values(), ids=structures())
def test_how_long_a_status_lasts_is_cited_and_dated(structure):
    assert structure.lasts.citation.article
    assert structure.lasts.citation.source.startswith("https://")
    assert structure.lasts.checked_on <= DAY


def test_an_unknown_kind_is_refused_with_the_list():
    with pytest.raises(InvalidRequestError, match="choisissez parmi ei, etti"):
        structure_of("sep")
