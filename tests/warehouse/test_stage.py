import json
from datetime import date

import duckdb
import ibis
import pytest
from tests.small_mirror import BY_NAME, METZ, PLACES, UNITS, siren, siret, unit, write_source

from essor.errors import SourceError
from essor.home import Home
from essor.sources.catalogue import CATALOGUE
from essor.sources.contours import SOURCES as CONTOURS
from essor.warehouse.anomalies import Problem
from essor.warehouse.engine import start_engine
from essor.warehouse.stage import copy_contours, empty, stage
from essor.warehouse.sync import sync

ENTRIES = {entry[0].name: entry for entry in CATALOGUE}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def engine(tmp_path):
    with start_engine("duckdb", tmp_path) as started:
        yield started


def synchronised(home, tmp_path, name, *rows):
    source = BY_NAME[name]
    write_source(tmp_path / "mirror", source, rows)
    sync([source], home, from_dir=tmp_path / "mirror")


def staged(engine, home, tmp_path, name):
    return stage(engine, duckdb.connect(), home, tmp_path, ENTRIES[name])


def listed(table):
    return table.to_pyarrow().to_pylist()


def test_an_essential_source_that_was_never_synchronised_stops_the_build(engine, home, tmp_path):
    with pytest.raises(SourceError, match=r"stock des unités légales » absente.*essor sync"):
        staged(engine, home, tmp_path, UNITS)


def test_another_absent_source_is_an_empty_table_and_said_absent(engine, home, tmp_path):
    absent = staged(engine, home, tmp_path, "scop")

    assert absent.record.is_present is False
    assert listed(absent.table) == []
    assert tuple(absent.table.columns) == absent.source.table.names
    assert list(absent.unread()) == []


def test_a_source_is_staged_with_the_columns_of_its_table(engine, home, tmp_path):
    synchronised(home, tmp_path, UNITS, unit(siren(1)))

    found = staged(engine, home, tmp_path, UNITS)

    assert found.table.schema() == ibis.schema(found.source.table.types)
    assert [row["siren"] for row in listed(found.table)] == [siren(1)]
    assert found.record.is_fictional is False


def test_a_file_that_holds_one_invented_row_is_fictional(engine, home, tmp_path):
    synchronised(
        home,
        tmp_path,
        UNITS,
        unit(siren(1)),
        unit("999000001", is_fictional=True),
    )

    found = staged(engine, home, tmp_path, UNITS)

    assert found.record.is_fictional is True
    assert sorted(row["is_fictional"] for row in listed(found.table)) == [False, True]


def test_a_file_that_only_has_the_column_of_fiction_is_not_fictional(engine, home, tmp_path):
    synchronised(home, tmp_path, UNITS, unit(siren(1), is_fictional=None))

    assert staged(engine, home, tmp_path, UNITS).record.is_fictional is False


def test_a_truncated_parquet_file_is_refused(engine, home, tmp_path):
    synchronised(home, tmp_path, UNITS, unit(siren(1)))
    file = home.downloads / UNITS / "StockUniteLegale_utf8.parquet"
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(SourceError, match=r"StockUniteLegale_utf8\.parquet"):
        staged(engine, home, tmp_path, UNITS)


def test_a_renamed_column_is_refused_with_its_name(engine, home, tmp_path):
    source = BY_NAME["siae"]
    target = tmp_path / "mirror" / source.files[0]
    target.parent.mkdir(parents=True)
    target.write_text("siret,type_structure,name\n55210055400013,EI,ACME\n", encoding="utf-8")
    sync([source], home, from_dir=tmp_path / "mirror")

    with pytest.raises(SourceError, match="kind"):
        staged(engine, home, tmp_path, "siae")


def test_a_file_that_lost_most_of_its_rows_is_refused(engine, home, tmp_path):
    bands = [{"code": "01", "libelle": "1 ou 2", "effectif_min": 1, "effectif_max": 2}] * 3
    synchronised(home, tmp_path, "tranches_effectifs", *bands)

    with pytest.raises(SourceError, match=r"3 lignes, 15 attendues au moins"):
        staged(engine, home, tmp_path, "tranches_effectifs")


def test_lines_that_a_source_leaves_out_are_counted(engine, home, tmp_path):
    prison = {"siret": siret(siren(1)), "kind": "SEP", "name": "ATELIER"}
    nobody = {"siret": "", "kind": "EI", "name": "SANS SIRET"}
    synchronised(
        home,
        tmp_path,
        "siae",
        {"siret": siret(siren(1)), "kind": "EI", "name": "ACME"},
        prison,
        nobody,
    )

    found = staged(engine, home, tmp_path, "siae")

    assert len(listed(found.table)) == 1
    (left_out,) = found.unread()
    assert (left_out.problem, left_out.rows, left_out.is_row_kept) == (Problem.ORPHAN, 2, False)


def test_values_of_another_type_are_counted_and_read_as_unknown(engine, home, tmp_path):
    source = BY_NAME["esat"]
    target = tmp_path / "mirror" / source.files[0]
    target.parent.mkdir(parents=True)
    target.write_text(
        "ET-SIRET,ET-Raison sociale,Capacité autorisée agrégée\n"
        f"{siret(siren(1))},ESAT A,trente\n{siret(siren(2))},ESAT B,30\n",
        encoding="utf-8",
    )
    sync([source], home, from_dir=tmp_path / "mirror")

    found = staged(engine, home, tmp_path, "esat")

    assert sorted(row["places"] or 0 for row in listed(found.table)) == [0, 30]
    (unread,) = found.unread()
    assert (unread.column, unread.problem) == ("Capacité autorisée agrégée", Problem.UNREADABLE)
    assert (unread.rows, unread.is_row_kept) == (1, True)


def test_lines_that_cannot_be_cut_into_columns_are_counted(engine, home, tmp_path):
    source = BY_NAME["scop"]
    target = tmp_path / "mirror" / source.files[0]
    target.parent.mkdir(parents=True)
    target.write_text(
        f"siren,nom\n{siren(1)},ACME\n{siren(2)},TROP,DE,COLONNES\n{siren(3)},SUITE\n",
        encoding="utf-8",
    )
    sync([source], home, from_dir=tmp_path / "mirror")

    found = staged(engine, home, tmp_path, "scop")

    assert len(listed(found.table)) == 2
    (unread,) = found.unread()
    assert (unread.problem, unread.rows, unread.is_row_kept) == (Problem.UNREADABLE, 1, False)


def test_the_day_of_a_claim_is_that_of_its_file(engine, home, tmp_path):
    row = {"siren": siren(1), "nom": "ACME"}
    mirror = tmp_path / "mirror"
    write_source(mirror, BY_NAME["scop"], [row])
    listed_file = {"path": "ess/scop.csv", "date": "2024-05-17"}
    (mirror / "manifest.json").write_text(json.dumps({"fichiers": [listed_file]}))
    sync([BY_NAME["scop"]], home, from_dir=mirror)

    (claim,) = listed(staged(engine, home, tmp_path, "scop").table)

    assert claim["attested_on"] == date(2024, 5, 17)


def test_an_empty_table_has_the_types_of_its_columns(engine, tmp_path):
    table = BY_NAME[PLACES].table

    assert empty(engine, tmp_path, table).schema() == ibis.schema(table.types)
    assert empty(engine, tmp_path, table).count().to_pyarrow().as_py() == 0


def with_contours(tmp_path, home):
    feature = {"type": "Feature", "properties": {"code": "44"}, "geometry": None}
    target = tmp_path / "mirror/territoires/contours/regions.geojson"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    sync(CONTOURS, home, from_dir=tmp_path / "mirror")
    return tmp_path / "contours"


def test_contours_are_copied_and_the_absent_ones_said_absent(home, tmp_path):
    folder = with_contours(tmp_path, home)

    records = copy_contours(home, CONTOURS, folder)

    assert [file.name for file in folder.iterdir()] == ["regions.geojson"]
    assert {name: record.is_present for name, record in records.items()} == {
        "contours_regions": True,
        "contours_departements": False,
        "contours_epci": False,
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"type": "FeatureCollection"}', "n’est pas une collection GeoJSON"),
        ('{"features": [{"properties": {"nom": "Grand Est"}}]}', "n’est pas une collection"),
        ("[1, 2]", "n’est pas une collection"),
        ('{"features": []}', "aucun territoire"),
    ],
)
def test_contours_that_are_not_contours_are_refused(home, tmp_path, text, why):
    folder = with_contours(tmp_path, home)
    (home.downloads / "contours_regions" / "regions.geojson").write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match=why):
        copy_contours(home, CONTOURS, folder)


def test_metz_is_staged_as_a_commune(engine, home, tmp_path):
    synchronised(
        home,
        tmp_path,
        "communes",
        {
            "code": METZ,
            "nom": "Metz",
            "type": "commune-actuelle",
            "population": 120874,
            "siren_epci": "200039865",
            "departement": "57",
            "region": "44",
            "codes_postaux": ["57000", "57050"],
        },
    )

    (commune,) = listed(staged(engine, home, tmp_path, "communes").table)

    assert (commune["name"], commune["postcodes"]) == ("Metz", "57000 | 57050")
