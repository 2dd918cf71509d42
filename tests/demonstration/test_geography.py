"""The real geography of the mirror holds together."""

import csv
import json

import duckdb
import pytest
import shapely

from essor.demonstration import folder

TERRITORIES = folder() / "territoires"

# Islands that are one commune, alone.
ISLANDS = {
    "17004", "22016", "29082", "29083", "29084", "29155", "56069", "56085", "56086", "56087",
    "56088", "85113", "97110", "97130", "97131",
}  # fmt: skip
# Restored or merged communes whose contour the package lacks (15…) or has wrong (62447).
WITHOUT_CONTOUR = {"15031", "15035", "15047", "15171", "62447"}


@pytest.fixture(scope="module")
def communes():
    rows = duckdb.sql(f"SELECT * FROM '{TERRITORIES}/communes.parquet'").fetchall()
    names = duckdb.sql(f"DESCRIBE SELECT * FROM '{TERRITORIES}/communes.parquet'").fetchall()
    return [dict(zip([name for name, *_ in names], row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def pairs():
    return set(duckdb.sql(f"SELECT * FROM '{TERRITORIES}/voisinages.parquet'").fetchall())


def rows_of(name):
    with (TERRITORIES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features_of(level):
    return json.loads((TERRITORIES / f"contours/{level}.geojson").read_text("utf-8"))["features"]


def test_there_are_as_many_territories_as_in_2026(communes):
    current = [row for row in communes if row["type"] == "commune-actuelle"]

    assert len(current) == 34_969
    assert len(communes) - len(current) == 45
    assert len(rows_of("epci.csv")) == 1_255
    assert len(rows_of("departements.csv")) == 109
    assert len(rows_of("regions.csv")) == 26


def test_every_commune_is_in_a_departement_a_region_and_nearly_always_an_epci(communes):
    tables = ("departements", "regions", "epci")
    codes = {name: {row["code"] for row in rows_of(f"{name}.csv")} for name in tables}
    alone = {row["code"] for row in communes if row["siren_epci"] is None and row["lon"]}

    assert all(row["departement"] in codes["departements"] for row in communes)
    assert all(row["region"] in codes["regions"] for row in communes)
    assert all(row["siren_epci"] in codes["epci"] | {None} for row in communes)
    assert alone == {"22016", "29083", "29155", "85113"}


def test_the_population_of_france_is_that_of_its_communes(communes):
    population = sum(
        row["population"] or 0 for row in communes if row["type"] == "commune-actuelle"
    )

    assert 68_000_000 < population < 70_500_000


def test_centres_and_town_halls_are_close(communes):
    known = [row for row in communes if row["lon"] and row["mairie_lon"]]

    distances = sorted(
        abs(row["lon"] - row["mairie_lon"]) + abs(row["lat"] - row["mairie_lat"]) for row in known
    )

    assert len(known) > 34_000
    assert distances[len(distances) // 2] < 0.03


def test_areas_are_those_of_the_ground(communes):
    by_code = {row["code"]: row["surface_km2"] for row in communes}

    total = sum(row["surface_km2"] or 0 for row in communes if not row["commune_parent"])

    assert by_code["13004"] == pytest.approx(759, rel=0.02)
    assert by_code["75056"] == pytest.approx(105.4, rel=0.02)
    assert 630_000 < total < 645_000


def test_neighbours_are_mutual_distinct_and_current(communes, pairs):
    current = {row["code"] for row in communes if row["type"] == "commune-actuelle"}

    assert all((there, here) in pairs for here, there in pairs)
    assert all(here != there for here, there in pairs)
    assert {here for here, _ in pairs} <= current


def test_every_commune_has_a_neighbour_unless_it_is_an_island(communes, pairs):
    drawn = {
        row["code"]
        for row in communes
        if row["type"] == "commune-actuelle" and row["region"] != row["departement"]
    }

    alone = drawn - {here for here, _ in pairs}

    assert alone == ISLANDS | WITHOUT_CONTOUR


def test_known_neighbours_touch_and_far_ones_do_not(pairs):
    assert ("67482", "67043") in pairs  # Strasbourg and Bischheim
    assert ("69266", "69123") in pairs  # Villeurbanne and Lyon
    assert ("67482", "69123") not in pairs


def test_former_communes_lead_to_current_ones_and_have_their_names(communes):
    current = {row["code"] for row in communes if row["type"] == "commune-actuelle"}
    former = rows_of("communes_anciennes.csv")

    assert all(row["code_actuel"] in current for row in former)
    assert not {row["code"] for row in former} & current
    assert len({row["code"] for row in former}) == len(former)
    assert ("93059", "93066", "Pierrefitte-sur-Seine") in {tuple(row.values()) for row in former}


@pytest.mark.parametrize(
    ("level", "count", "keys"),
    [
        ("regions", 18, {"code", "nom"}),
        ("departements", 101, {"code", "nom", "region"}),
        ("epci", 1_255, {"code", "nom", "type"}),
    ],
)
def test_each_level_has_its_contours(level, count, keys):
    features = features_of(level)

    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]

    assert len(features) == count
    assert all(set(feature["properties"]) == keys for feature in features)
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)


def test_borders_stay_shared_once_simplified():
    shapes = {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"])
        for feature in features_of("departements")
    }

    border = shapely.intersection(shapes["69"].boundary, shapes["42"].boundary)
    overlap = shapely.intersection(shapes["69"], shapes["42"])

    assert border.length > 0.5
    assert overlap.area < 1e-4
