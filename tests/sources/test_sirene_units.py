from datetime import date

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.tidied import BACKEND, DAY, tidied

from essor.errors import SourceError
from essor.sources import sirene_units
from essor.sources.sirene_units import SOURCE, chosen, tidy
from essor.warehouse.raw import standardise

ROW = {
    "siren": "552100554",
    "statutDiffusionUniteLegale": "O",
    "dateCreationUniteLegale": "1955-01-01",
    "sigleUniteLegale": "ACM",
    "identifiantAssociationUniteLegale": "W751000001",
    "trancheEffectifsUniteLegale": "12",
    "anneeEffectifsUniteLegale": "2023",
    "categorieEntreprise": "PME",
    "etatAdministratifUniteLegale": "A",
    "denominationUniteLegale": "ACME",
    "denominationUsuelle1UniteLegale": "",
    "categorieJuridiqueUniteLegale": "5710",
    "activitePrincipaleUniteLegale": "25.62B",
    "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
    "nicSiegeUniteLegale": "00013",
    "economieSocialeSolidaireUniteLegale": "O",
    "societeMissionUniteLegale": "N",
    "caractereEmployeurUniteLegale": "O",
    "activitePrincipaleNAF25UniteLegale": "25.53Y",
}
RECENT = ("societeMissionUniteLegale", "activitePrincipaleNAF25UniteLegale")
PERSON = ROW | {
    "categorieJuridiqueUniteLegale": "1000",
    "denominationUniteLegale": "",
    "denominationUsuelle1UniteLegale": "CHEZ UNTEL",
    "nomUniteLegale": "UNTEL",
    "prenom1UniteLegale": "CAMILLE",
    "sigleUniteLegale": "CU",
}


def unit(**changes):
    (row,) = tidied(sirene_units, ROW | changes)
    return row


def test_the_text_form_gives_the_staged_columns():
    assert unit() == {
        "siren": "552100554",
        "is_natural_person": False,
        "is_partly_diffused": False,
        "created_on": date(1955, 1, 1),
        "acronym": "ACM",
        "rna": "W751000001",
        "staff_band": "12",
        "staff_year": 2023,
        "size_class": "PME",
        "is_active": True,
        "name": "ACME",
        "legal_category": "5710",
        "naf": "25.62B",
        "naf_2025": "25.53Y",
        "head_office": "55210055400013",
        "ess_flag": True,
        "is_mission_company": False,
        "is_employer": True,
        "is_fictional": False,
    }


def test_the_parquet_form_gives_the_same_as_the_text_form(tmp_path):
    typed = ROW | {
        "dateCreationUniteLegale": date(1955, 1, 1),
        "anneeEffectifsUniteLegale": 2023,
        "categorieJuridiqueUniteLegale": 5710,
        "nicSiegeUniteLegale": 13,
    }
    pq.write_table(pa.Table.from_pylist([typed]), tmp_path / "units.parquet")
    raw = standardise(BACKEND.read_parquet(tmp_path / "units.parquet"), SOURCE, DAY)

    (row,) = BACKEND.to_pyarrow(tidy(raw)).to_pylist()

    assert row == unit()


def test_the_header_before_the_current_one_leaves_the_new_columns_unknown():
    (row,) = tidied(sirene_units, {name: ROW[name] for name in ROW if name not in RECENT})

    assert (row["naf_2025"], row["is_mission_company"]) == (None, None)
    assert row["naf"] == "25.62B"


@pytest.mark.parametrize("missing", ["siren", "categorieJuridiqueUniteLegale"])
def test_a_missing_column_is_refused_by_its_name(missing):
    with pytest.raises(SourceError, match=missing):
        tidied(sirene_units, {name: value for name, value in ROW.items() if name != missing})


@pytest.mark.parametrize("status", ["P", "N", "", None])
def test_a_unit_that_is_not_wholly_diffused_has_no_name(status):
    row = unit(statutDiffusionUniteLegale=status)

    assert row["is_partly_diffused"] is True
    assert (row["name"], row["acronym"]) == (None, None)
    assert (row["siren"], row["naf"], row["staff_band"]) == ("552100554", "25.62B", "12")


def test_a_natural_person_is_never_named():
    (row,) = tidied(sirene_units, PERSON)

    assert row["is_natural_person"] is True
    assert (row["name"], row["acronym"]) == (None, None)
    assert "UNTEL" not in str(row)
    assert "CAMILLE" not in str(row)


def test_the_names_of_natural_persons_are_not_even_asked_for():
    asked = {column.name for column in SOURCE.columns}

    assert not [name for name in asked if name.startswith(("nom", "prenom")) and "ncl" not in name]
    assert "sexeUniteLegale" not in asked


@pytest.mark.parametrize("category", ["9220", "5710", "", None])
def test_what_is_not_of_the_first_thousand_is_no_natural_person(category):
    assert unit(categorieJuridiqueUniteLegale=category)["is_natural_person"] is False


def test_what_is_not_diffused_is_unknown():
    row = unit(
        denominationUniteLegale="[ND]",
        denominationUsuelle1UniteLegale="[ND]",
        sigleUniteLegale="[ND]",
        activitePrincipaleNAF25UniteLegale="[ND]",
    )

    assert (row["name"], row["acronym"], row["naf_2025"]) == (None, None, None)


def test_without_a_denomination_the_usual_name_is_the_name():
    row = unit(denominationUniteLegale="", denominationUsuelle1UniteLegale="L’ATELIER")

    assert row["name"] == "L’ATELIER"


@pytest.mark.parametrize(("nic", "siret"), [("13", "55210055400013"), ("12345", "55210055412345")])
def test_the_nic_finds_its_zeros_again(nic, siret):
    assert unit(nicSiegeUniteLegale=nic)["head_office"] == siret


def test_without_a_nic_the_head_office_is_unknown():
    assert unit(nicSiegeUniteLegale="")["head_office"] is None


def test_a_legal_category_finds_its_zeros_again():
    assert unit(categorieJuridiqueUniteLegale="0")["legal_category"] == "0000"


@pytest.mark.parametrize("nomenclature", ["NAF1993", "NAFRev1", "NAP", "", None])
def test_an_activity_of_an_older_nomenclature_is_unknown(nomenclature):
    row = unit(
        activitePrincipaleUniteLegale="28.5D",
        nomenclatureActivitePrincipaleUniteLegale=nomenclature,
    )

    assert row["naf"] is None


@pytest.mark.parametrize(("letter", "flag"), [("O", True), ("N", False), ("", None), (None, None)])
def test_the_flag_of_the_social_economy_is_yes_no_or_unknown(letter, flag):
    assert unit(economieSocialeSolidaireUniteLegale=letter)["ess_flag"] is flag


@pytest.mark.parametrize(("letter", "is_active"), [("A", True), ("C", False), ("", False)])
def test_a_unit_is_open_when_it_says_so(letter, is_active):
    assert unit(etatAdministratifUniteLegale=letter)["is_active"] is is_active


def may_matter(said=(), **changes):
    arrays = {name: pa.array([value]) for name, value in (ROW | changes).items()}
    raw = standardise(ibis.memtable(pa.table(arrays)), SOURCE, DAY)
    named = ibis.memtable(pa.table({"siren": pa.array(said, pa.string())}))
    rows = BACKEND.to_pyarrow(chosen(raw, ["5458", "9220"], named)).num_rows
    return rows == 1


SHOP = {"activitePrincipaleUniteLegale": "47.11B", "economieSocialeSolidaireUniteLegale": "N"}


def test_a_shop_that_nobody_names_does_not_matter():
    assert not may_matter(**SHOP)


@pytest.mark.parametrize(
    "ground",
    [
        {"categorieJuridiqueUniteLegale": "9220"},
        {"economieSocialeSolidaireUniteLegale": "O"},
        {"activitePrincipaleUniteLegale": "25.62B"},
    ],
)
def test_a_legal_category_a_flag_or_an_activity_makes_a_unit_matter(ground):
    assert may_matter(**(SHOP | ground))


def test_a_closed_unit_matters_only_as_industry_or_when_a_source_names_it():
    closed = {"etatAdministratifUniteLegale": "C"}
    association = SHOP | closed | {"categorieJuridiqueUniteLegale": "9220"}

    assert not may_matter(**association)
    assert may_matter(["552100554"], **association)
    assert may_matter(**closed)


def test_a_unit_that_a_list_names_matters():
    assert may_matter(["552100554"], **SHOP)


def test_a_unit_of_unknown_category_and_activity_does_not_break_the_choice():
    unknown = {"categorieJuridiqueUniteLegale": "", "activitePrincipaleUniteLegale": ""}

    assert may_matter(["552100554"], **(SHOP | unknown))
    assert not may_matter(**(SHOP | unknown))


def test_a_natural_person_matters_only_as_open_industry():
    craftsman = {"categorieJuridiqueUniteLegale": "1000"}
    closed = craftsman | {"etatAdministratifUniteLegale": "C"}

    assert may_matter(**craftsman)
    assert not may_matter(["552100554"], **closed)
    assert not may_matter(["552100554"], **(SHOP | craftsman))
