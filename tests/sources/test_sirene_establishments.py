from datetime import date
from itertools import product

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.tidied import BACKEND, DAY, tidied

from essor.sources import sirene_establishments
from essor.sources.sirene_establishments import SOURCE, employing, tidy
from essor.warehouse.raw import read_raw, standardise

ROW = {
    "siren": "552100554",
    "siret": "55210055400013",
    "statutDiffusionEtablissement": "O",
    "dateCreationEtablissement": "1999-12-31",
    "trancheEffectifsEtablissement": "11",
    "etablissementSiege": "true",
    "numeroVoieEtablissement": "3",
    "indiceRepetitionEtablissement": "B",
    "typeVoieEtablissement": "RUE",
    "libelleVoieEtablissement": "DES FORGES",
    "codePostalEtablissement": "57000",
    "libelleCommuneEtablissement": "METZ",
    "libelleCommuneEtrangerEtablissement": "",
    "codeCommuneEtablissement": "57463",
    "codePaysEtrangerEtablissement": "",
    "etatAdministratifEtablissement": "A",
    "enseigne1Etablissement": "LES FORGES",
    "denominationUsuelleEtablissement": "",
    "activitePrincipaleEtablissement": "25.62B",
    "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    "caractereEmployeurEtablissement": "O",
    "activitePrincipaleNAF25Etablissement": "25.53Y",
}


def establishment(**changes):
    (row,) = tidied(sirene_establishments, ROW | changes)
    return row


def test_the_text_form_gives_the_staged_columns():
    assert establishment() == {
        "siret": "55210055400013",
        "is_partly_diffused": False,
        "created_on": date(1999, 12, 31),
        "staff_band": "11",
        "is_head_office": True,
        "address": "3 B RUE DES FORGES",
        "postcode": "57000",
        "city": "METZ",
        "commune": "57463",
        "country": None,
        "is_active": True,
        "name": "LES FORGES",
        "naf": "25.62B",
        "naf_2025": "25.53Y",
        "is_employer": True,
        "is_fictional": False,
    }


def test_the_parquet_form_gives_the_same_as_the_text_form(tmp_path):
    typed = ROW | {"dateCreationEtablissement": date(1999, 12, 31), "etablissementSiege": True}
    pq.write_table(pa.Table.from_pylist([typed]), tmp_path / "places.parquet")
    raw = standardise(BACKEND.read_parquet(tmp_path / "places.parquet"), SOURCE, DAY)

    (row,) = BACKEND.to_pyarrow(tidy(raw)).to_pylist()

    assert row == establishment()


def test_the_official_csv_with_names_that_end_in_a_space_is_read(tmp_path):
    columns = [*ROW, "coordonneeLambertAbscisseEtablissement ", "codeCedexEtablissement"]
    values = [*ROW.values(), "931234.5", ""]
    file = tmp_path / "StockEtablissement_utf8.csv"
    file.write_text(",".join(columns) + "\n" + ",".join(values) + "\n", encoding="utf-8")
    with duckdb.connect() as connection:
        read = read_raw(connection, SOURCE, file, tmp_path)
    raw = standardise(BACKEND.read_parquet(read.path), SOURCE, DAY)

    (row,) = BACKEND.to_pyarrow(tidy(raw)).to_pylist()

    assert row == establishment()


def test_a_promised_name_that_ends_in_a_space_is_still_found():
    spaced = {("siret " if name == "siret" else name): value for name, value in ROW.items()}

    (row,) = tidied(sirene_establishments, spaced)

    assert row["siret"] == "55210055400013"


def test_the_header_before_the_current_one_leaves_the_naf_2025_unknown():
    former = {name: value for name, value in ROW.items() if "NAF25" not in name}

    (row,) = tidied(sirene_establishments, former)

    assert (row["naf"], row["naf_2025"]) == ("25.62B", None)


@pytest.mark.parametrize("status", ["P", "N", "", None])
def test_an_establishment_that_is_not_wholly_diffused_keeps_only_its_commune(status):
    row = establishment(statutDiffusionEtablissement=status)

    assert row["is_partly_diffused"] is True
    assert (row["address"], row["postcode"], row["name"]) == (None, None, None)
    assert row["commune"] == "57463"


def test_the_parts_of_an_address_that_are_not_diffused_are_left_out():
    row = establishment(numeroVoieEtablissement="[ND]", indiceRepetitionEtablissement="")

    assert row["address"] == "RUE DES FORGES"


def test_an_address_of_which_nothing_is_known_is_unknown():
    parts = dict.fromkeys(sirene_establishments.ADDRESS_PARTS, "[ND]")

    row = establishment(**parts, codePostalEtablissement="[ND]")

    assert (row["address"], row["postcode"]) == (None, None)


def test_without_a_sign_the_usual_name_is_the_name():
    row = establishment(enseigne1Etablissement="[ND]", denominationUsuelleEtablissement="L’USINE")

    assert row["name"] == "L’USINE"


def test_an_establishment_abroad_has_a_country_and_a_foreign_city():
    row = establishment(
        codeCommuneEtablissement="",
        libelleCommuneEtablissement="",
        libelleCommuneEtrangerEtablissement="TRIER",
        codePaysEtrangerEtablissement="99109",
    )

    assert (row["commune"], row["city"], row["country"]) == (None, "TRIER", "99109")


@pytest.mark.parametrize(("state", "is_active"), [("A", True), ("F", False), ("", False)])
def test_an_establishment_is_open_when_it_says_so(state, is_active):
    assert establishment(etatAdministratifEtablissement=state)["is_active"] is is_active


def test_an_activity_of_an_older_nomenclature_is_unknown():
    row = establishment(
        activitePrincipaleEtablissement="28.5D",
        nomenclatureActivitePrincipaleEtablissement="NAF1993",
    )

    assert row["naf"] is None


def test_a_band_that_is_blank_is_unknown_and_nn_stays_as_published():
    assert establishment(trancheEffectifsEtablissement="")["staff_band"] is None
    assert establishment(trancheEffectifsEtablissement="NN")["staff_band"] == "NN"


def test_only_the_open_establishments_of_the_given_bands_have_staff():
    bands = ("11", "12", None)
    columns = ("trancheEffectifsEtablissement", "etatAdministratifEtablissement")
    rows = [dict(zip(columns, values, strict=True)) for values in product(bands, ("A", "F", None))]
    raw = ibis.memtable(pa.Table.from_pylist(rows))

    kept = BACKEND.to_pyarrow(employing(raw, ("11",))).to_pylist()

    assert kept == [dict(zip(columns, ("11", "A"), strict=True))]
