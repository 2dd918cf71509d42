"""A build, end to end, from the two forms that Insee publishes: Parquet, and a CSV that is all text."""

import csv
import json
from datetime import date

import duckdb
import pytest
from tests.small_mirror import (
    BY_NAME,
    METZ,
    PLACES,
    UNITS,
    Register,
    built_from,
    place,
    register,
    siren,
    siret,
    unit,
    write_mirror,
)

from essor.errors import EngineError, SourceError
from essor.home import Home
from essor.sources.catalogue import SOURCES
from essor.tables.catalogue import TABLES
from essor.warehouse.build import build_tables
from essor.warehouse.promises import check_promises
from essor.warehouse.sync import sync

FICTIONAL = "999000001"
OPEN_UNITS = [
    unit(siren(1), categorieJuridique=5458),
    unit(siren(2), trancheEffectifs="53"),
    unit(siren(3), categorieJuridique=1000, denomination=None),
    unit(siren(4), categorieJuridique=9220, activitePrincipale=None, trancheEffectifs="NN"),
]
OPEN_PLACES = [place(siren(rank)) for rank in range(1, 5)]
CLOSED_UNITS = [
    unit(siren(5), categorieJuridique=5458, etatAdministratif="C"),
    unit(siren(6), categorieJuridique=1000, etatAdministratif="C"),
    unit(FICTIONAL, categorieJuridique=5458, etatAdministratif="C"),
]
CLOSED_PLACES = [
    place(siren(1), 2, etatAdministratif="F", trancheEffectifs="53"),
    place(siren(5), etatAdministratif="F"),
    place(siren(6), etatAdministratif="F"),
]
# The header before the current one had no NAF 2025, and no société à mission.
RECENT = (
    "societeMissionUniteLegale",
    "activitePrincipaleNAF25UniteLegale",
    "activitePrincipaleNAF25Etablissement",
)


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def write_official_csv(mirror, name, rows):
    """Replace the Parquet file of a source by the text form, with the header before the current one."""
    source = BY_NAME[name]
    (mirror / source.files[0]).unlink()
    header = [column.name for column in source.columns if column.name not in RECENT]
    header += ["is_fictional", "coordonneeLambertAbscisse "]
    with (mirror / source.files[1]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            told = row | {"is_fictional": FICTIONAL in (row.get("siren"), row.get("siret", "")[:9])}
            writer.writerow([text(told.get(column)) for column in header])


@pytest.fixture(scope="module")
def from_parquet(tmp_path_factory) -> Register:
    return register(tmp_path_factory.mktemp("parquet"), **{UNITS: OPEN_UNITS, PLACES: OPEN_PLACES})


@pytest.fixture(scope="module")
def from_text(tmp_path_factory) -> Register:
    folder = tmp_path_factory.mktemp("text")
    mirror = write_mirror(folder / "mirror")
    write_official_csv(mirror, UNITS, [*OPEN_UNITS, *CLOSED_UNITS])
    write_official_csv(mirror, PLACES, [*OPEN_PLACES, *CLOSED_PLACES])
    feature = {"type": "Feature", "properties": {"code": "44", "nom": "Grand Est"}}
    contours = mirror / "territoires/contours/regions.geojson"
    contours.parent.mkdir()
    contours.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return built_from(mirror, folder)


def open_ones(rows):
    return [row for row in rows if row["is_active"]]


def test_a_build_writes_every_table_and_counts_its_rows(from_parquet):
    rows = dict(from_parquet.built.tables)

    assert [name for name, _ in from_parquet.built.tables] == [table.name for table in TABLES]
    for table in TABLES:
        path = from_parquet.folder / f"{table.name}.parquet"
        assert check_promises(duckdb.connect(), table, path) == rows[table.name]


def test_a_build_leaves_no_debris(from_parquet):
    folder = from_parquet.folder.parent

    assert [path.name for path in folder.iterdir()] == ["tables"]
    assert {path.suffix for path in from_parquet.folder.iterdir()} == {".parquet"}


def test_a_build_says_which_sources_it_read_and_which_are_absent(from_parquet):
    present = {record.name for record in from_parquet.built.sources if record.is_present}

    assert {record.name for record in from_parquet.built.sources} == set(BY_NAME)
    assert present == {
        UNITS,
        PLACES,
        "communes",
        "communes_anciennes",
        "epci",
        "departements",
        "regions",
        "territoires_industrie",
        "zones_emploi",
        "naf",
        "categories_juridiques",
        "tranches_effectifs",
    }


def test_a_build_says_the_versions_that_made_it(from_parquet):
    assert set(from_parquet.built.versions) == {"essor", "duckdb", "ibis-framework"}


def test_real_rows_make_a_real_release(from_parquet):
    assert from_parquet.built.is_fictional is False
    assert {row["is_fictional"] for row in from_parquet.rows("organisations")} == {False}


def test_one_invented_row_makes_a_release_that_says_so(from_text):
    assert from_text.built.is_fictional is True
    assert from_text.organisation(FICTIONAL)["is_fictional"] is True
    assert from_text.organisation(siren(1))["is_fictional"] is False


def test_the_text_form_gives_the_same_open_organisations_as_the_parquet_form(
    from_parquet, from_text
):
    rows = from_parquet.rows("organisations")

    assert len(rows) == 3
    assert open_ones(from_text.rows("organisations")) == rows


def test_the_text_form_gives_the_same_open_establishments_as_the_parquet_form(
    from_parquet, from_text
):
    rows = from_parquet.rows("establishments")

    assert [row["siret"] for row in rows] == [siret(siren(rank)) for rank in (1, 2, 4)]
    assert open_ones(from_text.rows("establishments")) == rows


@pytest.mark.parametrize("table", ["industrial_units", "employment", "territories", "statuses"])
def test_closed_units_and_establishments_change_no_figure(from_parquet, from_text, table):
    assert from_text.rows(table) == from_parquet.rows(table)


def test_closed_units_are_in_the_register(from_text):
    closed = [row["siren"] for row in from_text.rows("organisations") if not row["is_active"]]

    assert closed == [siren(5), FICTIONAL]


def test_the_whole_of_industry_is_the_sum_of_its_parts(from_parquet):
    cells = from_parquet.rows("industrial_units")

    assert {row["commune"] for row in cells} == {METZ}
    assert sum(row["units"] for row in cells) == 3
    assert sum(row["staff_lower"] for row in cells) == 20 + 10_000 + 20
    assert sum(row["staff_upper"] for row in cells) == 49 + 10_000 + 49


def test_contours_are_copied_beside_the_tables(from_text):
    copied = from_text.folder.parent / "contours"

    assert [path.name for path in copied.iterdir()] == ["regions.geojson"]


def test_a_build_tells_its_steps_and_stops_at_an_absent_essential_source(tmp_path):
    steps: list[str] = []

    with pytest.raises(SourceError, match=r"établissements » absente"):
        build_tables(Home(tmp_path), tmp_path / "release", "duckdb", steps.append)

    assert steps == ["Lecture et croisement des sources"]
    assert list((tmp_path / "release").iterdir()) == [tmp_path / "release" / "tables"]


def test_every_essential_source_is_asked_for_by_name(tmp_path):
    mirror = write_mirror(tmp_path / "mirror", **{UNITS: OPEN_UNITS, PLACES: OPEN_PLACES})
    (mirror / BY_NAME["regions"].files[0]).unlink()
    home = Home(tmp_path / "home")
    sync(SOURCES, home, from_dir=mirror)

    with pytest.raises(SourceError, match=r"« Régions » absente"):
        build_tables(home, tmp_path / "release")


def test_an_unknown_engine_builds_nothing(tmp_path):
    with pytest.raises(EngineError, match="trino"):
        build_tables(Home(tmp_path), tmp_path / "release", "trino")
