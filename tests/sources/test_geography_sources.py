"""The sources of geography: each file's rows, under the staged names."""

from collections import Counter

import duckdb
import ibis
import pyarrow as pa
import pytest
from tests.sources.tidied import BACKEND, DAY, tidied, tidied_mirror

from essor.sources import (
    communes,
    communes_anciennes,
    departements,
    epci,
    regions,
    territoires_industrie,
    voisinages,
    zones_emploi,
)
from essor.warehouse.raw import standardise

COMMUNE = {
    "code": "69123",
    "nom": "Lyon",
    "type": "commune-actuelle",
    "commune_parent": None,
    "population": 520774,
    "siren_epci": "200046977",
    "departement": "69",
    "region": "84",
    "codes_postaux": ["69001", "69002"],
}


def test_the_postcodes_of_a_commune_are_joined_and_unknown_when_there_are_none():
    rows = [COMMUNE, COMMUNE | {"code": "69124", "codes_postaux": []}]
    raw = standardise(ibis.memtable(pa.Table.from_pylist(rows)), communes.SOURCE, DAY)

    tidy = BACKEND.to_pyarrow(communes.tidy(raw)).to_pylist()

    assert {row["code"]: row["postcodes"] for row in tidy} == {
        "69123": "69001 | 69002",
        "69124": None,
    }
    assert tidy[0]["siren_epci"] == "200046977"
    assert tidy[0]["lon"] is None


def test_a_former_commune_without_a_current_one_is_left_out():
    rows = tidied(
        communes_anciennes,
        {"code": "01039", "code_actuel": "01138"},
        {"code": "01059", "code_actuel": ""},
    )

    assert rows == [{"code": "01039", "name": None, "current": "01138"}]


def test_the_metropole_de_lyon_is_a_metropole():
    row = {"code": "200046977", "nom": "Métropole de Lyon", "type": "MET69"}

    rows = tidied(epci, row, row | {"code": "200000172", "type": "CC"})

    assert [row["kind"] for row in rows] == ["METRO", "CC"]


def test_two_communes_since_merged_meet_in_one_row_of_their_territoire_industrie():
    row = {"id_territoire": "ti-0101", "lib_territoire": "Basse-Terre"}

    rows = tidied(
        territoires_industrie,
        row | {"insee_com": "14001", "insee_com_2026": "14003"},
        row | {"insee_com": "14002", "insee_com_2026": "14003"},
        row | {"insee_com": "14004", "insee_com_2026": None},
    )

    assert sorted(row["commune"] for row in rows) == ["14003", "14004"]


def test_the_official_file_without_current_codes_is_read_by_its_own_codes():
    rows = tidied(
        territoires_industrie,
        {"id_territoire": "ti-0101", "lib_territoire": "Basse-Terre", "insee_com": "97104"},
    )

    assert rows == [{"code": "ti-0101", "name": "Basse-Terre", "commune": "97104"}]


def test_zeros_that_a_spreadsheet_dropped_are_restored():
    rows = tidied(zones_emploi, {"codgeo": "1001", "ze2020": "51", "libze2020": "Alençon"})

    assert rows == [{"code": "0051", "name": "Alençon", "commune": "01001"}]


def test_neighbours_are_read_as_they_are():
    rows = tidied(voisinages, {"commune": "01001", "neighbour": "01002"})

    assert rows == [{"commune": "01001", "neighbour": "01002"}]


@pytest.mark.parametrize(
    "module", [communes, communes_anciennes, departements, epci, regions, zones_emploi]
)
def test_every_row_of_the_mirror_is_kept(module, mirror, tmp_path):
    file = mirror / module.SOURCE.files[0]
    with duckdb.connect() as connection:
        expected = connection.execute(f"SELECT count(*) FROM '{file}'").fetchall()[0][0]

    rows = tidied_mirror(module, mirror, tmp_path)

    assert len(rows) == expected


def test_the_183_territoires_industrie_of_the_mirror_hold_their_current_communes(mirror, tmp_path):
    rows = tidied_mirror(territoires_industrie, mirror, tmp_path)

    assert len({row["code"] for row in rows}) == 183
    assert max(Counter((row["code"], row["commune"]) for row in rows).values()) == 1
