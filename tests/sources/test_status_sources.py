"""The sources of statuses: who bears which, since when, on which line of the file."""

from collections import Counter
from datetime import date

import duckdb
import pytest
from tests.sources.tidied import DAY, tidied, tidied_file, tidied_mirror

from essor.sources import (
    entreprises_adaptees,
    esat,
    esus,
    etude,
    geiq,
    marche_inclusion,
    scop,
    siae,
    siae_asp,
)

SIRET, SIREN = "73282932000074", "732829320"


def test_a_convention_is_attested_on_the_day_the_platform_updated_it():
    rows = tidied(
        siae,
        {"siret": SIRET, "kind": "EI", "name": " Tri ", "naf": "3811Z", "updated_at": "2020-12-18"},
        {"siret": SIRET, "kind": "ACI", "name": "Tri", "naf": None, "updated_at": None},
    )

    assert [(row["kind"], row["attested_on"]) for row in rows] == [
        ("ei", date(2020, 12, 18)),
        ("aci", DAY),
    ]
    assert (rows[0]["siren"], rows[0]["name"]) == (SIREN, "Tri")
    assert (rows[0]["has_industrial_activity"], rows[0]["industrial_basis"]) == (
        True,
        "convention_naf",
    )


def test_a_line_without_siret_or_of_a_kind_that_is_no_status_is_left_out():
    rows = tidied(
        siae,
        {"siret": None, "kind": "EI", "name": "A"},
        {"siret": SIRET, "kind": "OPCS", "name": "B"},
        {"siret": SIRET, "kind": " eatt ", "name": "C"},
    )

    assert [(row["name"], row["kind"]) for row in rows] == [("C", "eatt")]


def test_a_convention_repeated_in_each_departement_counts_once():
    row = {
        "SIRET": SIRET,
        "MESURE": "ETTI",
        "DENOMINATION_SOCIALE": "AINTERIM",
        "CODE_NAF2": "7820Z",
    }

    rows = tidied(siae_asp, row, row, row | {"MESURE": "EI", "CODE_NAF2": "2562B"})

    assert sorted((row["kind"], row["has_industrial_activity"]) for row in rows) == [
        ("ei", True),
        ("etti", None),
    ]


def test_the_sites_that_share_a_siret_add_up_their_places():
    site = {"ET-SIRET": SIRET, "ET-Raison sociale": "ESAT B", "Capacité autorisée agrégée": "8"}

    rows = tidied(
        esat,
        site,
        site | {"ET-Raison sociale": "ESAT A", "Capacité autorisée agrégée": "4"},
        site | {"ET-SIRET": ""},
    )

    assert [(row["siret"], row["name"], row["places"]) for row in rows] == [(SIRET, "ESAT A", 12)]
    assert rows[0]["has_industrial_activity"] is None


def test_the_esat_are_read_from_the_extraction_of_finess_that_has_no_header(tmp_path):
    def line(name, category, siret):
        fields = ["structureet", "010000001", "010000002", name, *[""] * 14, category, "", "", ""]
        return ";".join([*fields, siret, *[""] * 9])

    extraction = tmp_path / "etalab-cs1100502-stock-20260512-0339.csv"
    lines = (
        "finess;etalab;93;2026-05-12",
        line("ESAT É", "246", SIRET),
        line("EHPAD", "500", SIRET),
    )
    extraction.write_bytes("\n".join((*lines, "")).encode("cp1252"))

    rows = tidied_file(esat, extraction, tmp_path)

    assert [(row["siret"], row["name"], row["places"]) for row in rows] == [(SIRET, "ESAT É", None)]


def test_an_unreadable_capacity_is_unknown():
    rows = tidied(
        esat,
        {"ET-SIRET": SIRET, "ET-Raison sociale": "A", "Capacité autorisée agrégée": "beaucoup"},
    )

    assert rows[0]["places"] is None


def test_an_entreprise_adaptee_is_temporary_only_when_the_list_says_so():
    rows = tidied(
        entreprises_adaptees,
        {
            "N° SIRET": SIRET,
            "Raison sociale": "A",
            "Forme": "Entreprise adaptée de travail temporaire",
        },
        {"N° SIRET": SIRET, "Raison sociale": "B", "Forme": "EATT"},
        {"N° SIRET": SIRET, "Raison sociale": "C", "Forme": "EA"},
        {"N° SIRET": SIRET, "Raison sociale": "D", "Forme": None},
    )

    assert [row["kind"] for row in rows] == ["eatt", "eatt", "ea", "ea"]


def test_the_sectors_declared_on_the_market_say_whether_a_supplier_is_industrial():
    row = {"siret": SIRET, "kind": "ESAT", "name": "A", "updated_at": "2026-01-02T08:00:00Z"}

    rows = tidied(
        marche_inclusion,
        row | {"sector_groups": "12|68", "presta_types": "PREST"},
        row | {"sector_groups": "12", "presta_types": "PREST"},
        row | {"sector_groups": None, "presta_types": None},
        row | {"kind": "SEP"},
    )

    assert [row["has_industrial_activity"] for row in rows] == [True, False, None]
    assert {row["attested_on"] for row in rows} == {date(2026, 1, 2)}


def test_an_esus_agreement_is_the_legal_unit_s_with_its_days():
    rows = tidied(
        esus,
        {
            "N° SIREN": "732 829 320",
            "Dénomination sociale": "Tri",
            "Date d'agrément": "31/01/2024",
            "Date de fin d'agrément": "30/01/2029",
        },
    )

    assert rows == [
        {
            "siren": SIREN,
            "siret": "",
            "kind": "esus",
            "name": "Tri",
            "attested_on": DAY,
            "valid_from": date(2024, 1, 31),
            "valid_to": date(2029, 1, 30),
            "has_industrial_activity": None,
            "industrial_basis": None,
            "places": None,
            "is_fictional": False,
        }
    ]


def test_a_siren_that_was_guessed_from_a_name_gives_nobody_an_agreement():
    rows = tidied(
        esus,
        {"siren": SIREN, "methode_jointure": "scoring"},
        {"siren": "552081317", "methode_jointure": "siren_direct"},
    )

    assert [row["siren"] for row in rows] == ["552081317"]


def test_a_cooperative_is_known_by_its_siren_even_when_the_list_gives_its_siret():
    rows = tidied(scop, {"SIRET": SIRET, "Raison sociale": "Tri"}, {"SIRET": None})

    assert [(row["siren"], row["siret"], row["kind"]) for row in rows] == [(SIREN, "", "scop")]


def test_what_the_study_does_not_say_stays_unknown():
    row = {"siren": SIREN, "kind": "EI", "name": "Tri"}

    rows = tidied(
        etude,
        row | {"has_industrial_activity": "true", "attested_on": "2024-07-01", "siret": SIRET},
        row | {"has_industrial_activity": None, "attested_on": None, "siret": None},
        row | {"kind": None},
    )

    assert [(row["siret"], row["attested_on"]) for row in rows] == [
        (SIRET, date(2024, 7, 1)),
        ("", DAY),
    ]
    assert [row["industrial_basis"] for row in rows] == ["study", None]


def test_a_fictional_line_says_so():
    rows = tidied(
        geiq,
        {"GEIQ": "GEIQ A", "SIRET": "99912345600011", "is_fictional": "true"},
        {"GEIQ": "GEIQ B", "SIRET": SIRET, "is_fictional": None},
    )

    assert [row["is_fictional"] for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("module", "query"),
    [
        (siae, "SELECT lower(kind), count(*) FROM '{}' GROUP BY 1"),
        (siae_asp, "SELECT lower(MESURE), count(DISTINCT SIRET) FROM '{}' GROUP BY 1"),
        (geiq, "SELECT 'geiq', count(DISTINCT SIRET) FROM '{}'"),
        (esat, """SELECT 'esat', count(DISTINCT "ET-SIRET") FROM '{}'"""),
        (esus, "SELECT 'esus', count(DISTINCT siren) FROM '{}'"),
    ],
)
def test_the_mirror_gives_as_many_statuses_as_plain_sql_counts(module, query, mirror, tmp_path):
    with duckdb.connect() as connection:
        file = mirror / module.SOURCE.files[0]
        expected = dict(connection.execute(query.format(file)).fetchall())

    rows = tidied_mirror(module, mirror, tmp_path)

    assert Counter(row["kind"] for row in rows) == expected


def test_no_place_of_the_mirror_s_esat_is_lost(mirror, tmp_path):
    with duckdb.connect() as connection:
        query = """
            SELECT sum("Capacité autorisée agrégée") FROM read_csv($1)
            WHERE "ET-SIRET" IS NOT NULL
        """
        expected = connection.execute(query, [str(mirror / esat.SOURCE.files[0])]).fetchall()[0][0]

    rows = tidied_mirror(esat, mirror, tmp_path)

    assert sum(row["places"] for row in rows) == expected
