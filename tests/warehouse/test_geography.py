"""The sources of territory become the published tables, whatever is missing among them."""

import duckdb
import ibis
import pytest
from tests.territory.small_country import DEPARTEMENTS, NAMED, REGIONS, opened, staged, table

from essor.tables.geography import COMMUNES, FORMER_COMMUNES, NEIGHBOURS, TERRITORIES
from essor.warehouse.geography import geography

TABLES = (COMMUNES, FORMER_COMMUNES, TERRITORIES, NEIGHBOURS)
OPTIONAL = ("territoires_industrie", "zones_emploi", "former_communes", "voisinages")


@pytest.fixture(scope="module")
def country():
    with opened() as connection:
        yield connection


def rows(connection, sql):
    return connection.execute(sql).fetchall()


@pytest.mark.parametrize("promised", TABLES, ids=lambda each: each.name)
def test_each_table_has_the_columns_it_promises_and_its_key_is_unique(country, promised):
    described = country.execute(f"SELECT * FROM {promised.name} LIMIT 0").description

    keys = ", ".join(promised.key)
    count = f"SELECT count(*), count(DISTINCT ({keys})) FROM {promised.name}"
    ((total, distinct),) = rows(country, count)

    assert tuple(column[0] for column in described) == promised.names
    assert total == distinct > 0


@pytest.mark.parametrize("promised", TABLES, ids=lambda each: each.name)
def test_a_column_that_may_not_be_empty_never_is(country, promised):
    required = [column.name for column in promised.columns if not column.nullable]

    holes = " OR ".join(f"{name} IS NULL" for name in required)

    assert rows(country, f"SELECT * FROM {promised.name} WHERE {holes}") == []


@pytest.mark.parametrize("promised", TABLES, ids=lambda each: each.name)
def test_the_types_are_those_promised_even_when_every_optional_source_is_absent(promised):
    sources = {name: each for name, each in staged().items() if name not in OPTIONAL}

    expression = geography(sources)[promised.name]

    assert expression.schema() == ibis.schema(promised.types)


def test_a_parquet_of_territories_holds_whole_numbers_of_inhabitants(country, tmp_path):
    file = tmp_path / "territories.parquet"
    connection = ibis.duckdb.connect()

    connection.to_parquet(geography(staged())["territories"], file)

    described = duckdb.sql(f"DESCRIBE SELECT population, communes FROM '{file}'").fetchall()
    assert [each[1] for each in described] == ["BIGINT", "BIGINT"]


def test_an_arrondissement_inherits_the_zonings_listed_for_its_commune(country):
    found = rows(country, "SELECT code, zone_emploi FROM communes WHERE parent IS NOT NULL")

    assert sorted(found) == [("75101", "1109"), ("75112", "1109")]


def test_arrondissements_are_counted_once_above_their_commune(country):
    found = rows(
        country,
        "SELECT level, population, communes FROM territories WHERE name = 'Paris' ORDER BY level",
    )

    assert found == [
        ("commune", 200_000, 1),
        ("departement", 200_000, 1),
        ("zone_emploi", 389_000, 3),
    ]


def test_every_level_sums_to_the_communes_it_covers(country):
    ((france,),) = rows(country, "SELECT population FROM territories WHERE level = 'france'")
    ((communes,),) = rows(country, "SELECT sum(population) FROM communes WHERE parent IS NULL")
    ((regions,),) = rows(country, "SELECT sum(population) FROM territories WHERE level = 'region'")

    outside = 5_000

    assert france == communes
    assert regions == communes - outside


def test_a_collectivite_doutre_mer_is_in_no_region(country):
    assert rows(country, "SELECT region FROM communes WHERE code = '97502'") == [(None,)]
    assert rows(country, "SELECT name FROM territories WHERE level = 'region' ORDER BY name") == [
        ("Grand Est",),
        ("La Réunion",),
        ("Île-de-France",),
    ]


def test_the_centre_of_a_territory_is_weighted_by_population(country):
    ((lon, lat),) = rows(country, "SELECT lon, lat FROM territories WHERE name = 'Metz Métropole'")

    assert lon == pytest.approx((6.196 * 122 + 6.152 * 22) / 144, abs=1e-6)
    assert lat == pytest.approx((49.108 * 122 + 49.095 * 22) / 144, abs=1e-6)


def test_the_centre_of_a_territory_without_any_placed_commune_is_unknown(country):
    found = rows(country, "SELECT lon, lat, area_km2 FROM territories WHERE code = '975'")

    assert found == [(None, None, None)]


def test_a_merged_commune_follows_the_chain_to_the_current_one(country):
    found = rows(country, "SELECT code, name, current FROM former_communes ORDER BY code")

    assert found == [("57998", "Borny", "57463"), ("57999", "Vallières-lès-Metz", "57463")]


def test_the_zone_listed_for_the_current_code_wins_over_that_of_a_merged_part(country):
    assert rows(country, "SELECT zone_emploi FROM communes WHERE code = '57463'") == [("4410",)]


def test_the_zone_listed_only_for_a_merged_part_is_that_of_the_current_commune():
    sources = staged()
    sources["zones_emploi"] = table((*NAMED, "commune"), [("4413", "Thionville", "57998")])

    with opened(sources) as connection:
        found = rows(connection, "SELECT code FROM communes WHERE zone_emploi = '4413'")

    assert found == [("57463",)]


def test_neighbours_go_both_ways_between_existing_communes_once_each(country):
    found = rows(country, "SELECT commune, neighbour FROM neighbours")

    assert len(found) == len(set(found)) == 12
    assert set(found) == {(there, here) for here, there in found}


@pytest.mark.parametrize("absent", OPTIONAL)
def test_an_absent_source_leaves_its_column_or_its_table_empty_and_the_rest_whole(absent):
    sources = {**staged(), absent: None}

    with opened(sources) as connection:
        communes = rows(connection, "SELECT count(*) FROM communes")
        levels = {level for (level,) in rows(connection, "SELECT DISTINCT level FROM territories")}
        filled = {
            "territoires_industrie": "SELECT count(territoire_industrie) FROM communes",
            "zones_emploi": "SELECT count(zone_emploi) FROM communes",
            "former_communes": "SELECT count(*) FROM former_communes",
            "voisinages": "SELECT count(*) FROM neighbours",
        }
        left = rows(connection, filled[absent])

    assert communes == [(13,)]
    assert left == [(0,)]
    assert {"france", "region", "departement", "epci", "commune"} <= levels


def test_a_territory_whose_name_is_not_published_shows_its_code():
    sources = staged()
    sources["departements"] = table((*NAMED, "region"), DEPARTEMENTS[1:])

    with opened(sources) as connection:
        found = rows(connection, "SELECT name FROM territories WHERE code = '54'")

    assert found == [("54",)]


def test_the_real_geography_agrees_with_plain_sql(mirror):
    folder = mirror / "territoires"
    connection = ibis.duckdb.connect()
    raw = connection.read_parquet(folder / "communes.parquet")
    communes = raw.rename(
        name="nom",
        kind="type",
        parent="commune_parent",
        town_hall_lon="mairie_lon",
        town_hall_lat="mairie_lat",
        area_km2="surface_km2",
    ).mutate(postcodes=raw.codes_postaux.join(" | "))
    zones = connection.read_csv(folder / "zones_emploi_communes.csv", all_varchar=True)
    epci = connection.read_csv(folder / "epci.csv", all_varchar=True)
    sources = {
        **staged(),
        "communes": communes,
        "epci": epci.select(code="code", name="nom", kind="type"),
        "departements": table((*NAMED, "region"), DEPARTEMENTS),
        "regions": table(NAMED, REGIONS),
        "zones_emploi": zones.select(code="ze2020", name="libze2020", commune="codgeo"),
    }

    built = geography(sources)
    territories = connection.to_pyarrow(built["territories"]).to_pylist()
    placed = connection.to_pyarrow(built["communes"]).num_rows

    expected = duckdb.sql(
        f"SELECT siren_epci, sum(population)::BIGINT FROM '{folder}/communes.parquet' "
        "WHERE type = 'commune-actuelle' AND siren_epci IS NOT NULL GROUP BY 1"
    ).fetchall()
    found = {each["code"]: each["population"] for each in territories if each["level"] == "epci"}
    assert (
        placed == duckdb.sql(f"SELECT count(*) FROM '{folder}/communes.parquet'").fetchall()[0][0]
    )
    assert found == dict(expected)
    assert sum(each["communes"] for each in territories if each["level"] == "zone_emploi") == 34_875
