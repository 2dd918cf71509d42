import re

import pytest

from essor.perimeter.families import Family, families, family_of, membership

# B.3, as the specification writes it, group by group.
COOPERATIVES = """
5458 5558 5658 5460 5560 5660 5453 5553 5653 5451 5551 5651 5455 5555 5655 5454 5554 5654 5552 5652
5459 5559 5659 5443 5543 5643 6317 6318 6316 5203 5307 5309 6543 6551 6554 6558 6560 5195
5191 5192 5193 5194 5196 6100 6595 6596 5432 5532 5632 6532 5547 5647
"""
CODES = {
    Family.COOPERATIVE: COOPERATIVES,
    Family.MUTUELLE: "6411 8210 8250 8290",
    Family.ASSOCIATION: "9220 9221 9222 9223 9230 9260 9210 9240",
    Family.FONDATION: "9300",
}
TO_BE_CHECKED = "5432 5532 5632 6532 5547 5647 9210 9240"
NEVER = "8510 8410 8420 8310 8311 6220 7410 9224 9150 9110"


@pytest.mark.parametrize("family", CODES)
def test_the_codes_of_a_family_are_those_of_the_specification(family):
    ours = {code for code, its_family in families().by_code.items() if its_family == family}

    assert ours == set(CODES[family].split())


def test_no_other_family_is_told_by_a_code():
    assert set(families().by_code.values()) == set(CODES)


def test_a_sas_has_no_cooperative_code():
    codes_of_sas = [code for code in families().by_code if code.startswith("57")]

    assert codes_of_sas == []
    assert family_of("5710") is None


def test_what_remains_to_be_checked_is_said():
    reserved = membership("5532")

    assert families().to_be_checked == set(TO_BE_CHECKED.split())
    assert reserved.is_ess is True
    assert reserved.basis == "catégorie juridique 5532 : Coopératives (à vérifier)"


def test_the_excluded_categories_are_of_no_family():
    assert families().excluded == set(NEVER.split())
    assert families().excluded.isdisjoint(families().by_code)


def test_a_category_of_a_family_is_of_the_social_economy():
    told = membership("9220")

    assert told.is_ess is True
    assert told.basis == "catégorie juridique 9220 : Associations"


def test_a_company_must_declare_itself():
    told = membership("5710")

    assert told.is_ess is None
    assert "il faut l’indicateur, une liste ou un agrément" in told.basis


@pytest.mark.parametrize("code", NEVER.split())
def test_an_excluded_category_is_not_of_the_social_economy(code):
    assert membership(code).is_ess is False


@pytest.mark.parametrize("code", [None, ""])
def test_without_a_category_membership_is_unknown(code):
    assert membership(code).is_ess is None


@pytest.mark.parametrize(
    "name", ["SCOP DU NORD", "ACME SCIC", "LA COOPÉRATIVE", "COOPERATIVES RÉUNIES", "ACME (SCOP)"]
)
def test_a_cooperative_name_is_recognised(name):
    assert re.search(families().cooperative_name, name)


@pytest.mark.parametrize("name", ["MICROSCOPE", "SCOPELEC", "INTERCOOPERATIVEX", "DISCIPLES"])
def test_a_name_that_only_contains_the_letters_is_not_a_cooperative_name(name):
    assert not re.search(families().cooperative_name, name)


def test_every_family_has_a_french_plural():
    labels = {family.label for family in Family}

    assert len(labels) == len(Family)
    assert Family.SOCIETE_COMMERCIALE.label == "Sociétés commerciales de l’ESS"
