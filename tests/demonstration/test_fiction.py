"""Nobody can take an invented row for a real one, nor find a person in it."""

import csv
import re

import duckdb
import pyarrow.parquet as pq
import pytest
from stdnum import luhn

from essor.demonstration import folder

SIRENE = {
    "StockUniteLegale_utf8.parquet": 35,
    "StockEtablissement_utf8.parquet": 54,
    "GeolocalisationEtablissement_Sirene.parquet": 19,
}
LISTS = {
    "ess/liste-ess-france-extrait.csv": "SIREN",
    "ess/esus_numerique_extrait.csv": "siren",
    "inclusion/siae_2020.csv": "siret",
    "inclusion/entreprises_adaptees.csv": "siret",
    "inclusion/marche_inclusion.csv": "siret",
    "finess/esat_2025.csv": "ET-SIRET",
    "etude/organisations_citees.csv": "siren",
}
PERSONAL = (
    "nom",
    "nomUsage",
    "pseudonyme",
    "sexe",
    "prenomUsuel",
    *(f"prenom{n}" for n in range(1, 5)),
)
FILES_OF_TEXT = sorted(path for path in folder().rglob("*.csv"))


def rows_of(name):
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_fictional_siren(siren):
    return re.fullmatch("999[0-9]{6}", siren) is not None and not luhn.is_valid(siren)


@pytest.mark.parametrize(("name", "official_columns"), SIRENE.items())
def test_every_row_of_sirene_is_said_fictional_under_the_official_header(name, official_columns):
    table = pq.read_table(folder() / "sirene" / name, columns=["is_fictional"])

    names = pq.read_schema(folder() / "sirene" / name).names

    assert len(names) == official_columns + 1
    assert names[-1] == "is_fictional"
    assert table["is_fictional"].to_pylist() == [True] * table.num_rows


@pytest.mark.parametrize(("name", "identifier"), LISTS.items())
def test_every_row_of_a_list_is_said_fictional_and_bears_a_number_of_nobody(name, identifier):
    rows = rows_of(name)

    assert {row["is_fictional"] for row in rows} == {"true"}
    assert all(is_fictional_siren(row[identifier][:9]) for row in rows)


def test_every_siren_of_sirene_is_fictional_and_unique():
    column = pq.read_table(folder() / "sirene/StockUniteLegale_utf8.parquet", columns=["siren"])

    sirens = column["siren"].to_pylist()

    assert all(is_fictional_siren(siren) for siren in sirens)
    assert len(set(sirens)) == len(sirens)


def test_every_establishment_belongs_to_a_unit_whose_head_office_is_unique():
    found = duckdb.sql(f"""
        WITH units AS (SELECT * FROM '{folder()}/sirene/StockUniteLegale_utf8.parquet'),
        heads AS (
            SELECT siren, min(nic)::BIGINT AS nic, count(*) AS heads
            FROM '{folder()}/sirene/StockEtablissement_utf8.parquet'
            WHERE etablissementSiege AND siret = siren || nic GROUP BY siren
        )
        SELECT (SELECT count(*) FROM '{folder()}/sirene/StockEtablissement_utf8.parquet'
                ANTI JOIN units USING (siren)),
               count(*) FILTER (heads IS DISTINCT FROM 1 OR nic <> nicSiegeUniteLegale)
        FROM units LEFT JOIN heads USING (siren)
    """).fetchone()

    assert found == (0, 0)


def test_no_natural_person_has_a_name():
    table = pq.read_table(folder() / "sirene/StockUniteLegale_utf8.parquet")
    named = duckdb.sql("""
        SELECT count(*) FROM "table"
        WHERE categorieJuridiqueUniteLegale = 1000 AND denominationUniteLegale <> '[ND]'
    """).fetchone()

    assert named == (0,)
    assert all(table[f"{name}UniteLegale"].null_count == table.num_rows for name in PERSONAL)


def test_every_published_name_says_that_it_is_fictional():
    others = duckdb.sql(f"""
        SELECT count(*) FROM '{folder()}/sirene/StockUniteLegale_utf8.parquet'
        WHERE denominationUniteLegale <> '[ND]'
          AND NOT regexp_matches(denominationUniteLegale, '(?i)\\bfictif')
          AND NOT regexp_matches(denominationUniteLegale, '(?i)\\bfictive')
    """).fetchone()

    assert others == (0,)


@pytest.mark.parametrize("path", FILES_OF_TEXT, ids=lambda path: path.name)
def test_no_file_holds_an_e_mail_or_a_telephone_number(path):
    text = path.read_text("utf-8")

    assert re.search(r"[\w.+-]+@[\w-]+\.\w+", text) is None
    assert re.search(r"(?<![\d.])0[1-9](?:[ .-]\d{2}){4}(?!\d)", text) is None


def test_an_organisation_that_the_study_names_has_a_note_and_no_invented_row_of_sirene():
    cited = rows_of("etude/organisations_citees.csv")
    sirene = pq.read_table(folder() / "sirene/StockUniteLegale_utf8.parquet", columns=["siren"])

    assert {row["note"] for row in cited} == {
        "Organisation réelle citée par l'étude ; identifiant de démonstration"
    }
    assert {row["attested_on"] for row in cited} == {"2024-07-01"}
    assert not {row["siren"] for row in cited} & set(sirene["siren"].to_pylist())


def test_the_study_s_silence_is_kept():
    cited = {row["name"]: row for row in rows_of("etude/organisations_citees.csv")}

    assert cited["RepareSeb"]["kind"] == ""
    assert cited["Vesto"]["kind"] == "esus"
    assert cited["TriPlast"]["has_industrial_activity"] == ""
