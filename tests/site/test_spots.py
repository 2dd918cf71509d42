"""Where what is published is: a place has the codes of what holds the whole of it, at the six levels."""

from collections.abc import Iterator

import duckdb
import pytest

from essor.home import Home
from essor.matching.asking import zone_of
from essor.release.opened import open_release
from essor.site.offers.spots import Spot, spots, zone_at
from essor.territory.lookup import look_up

COMMUNES = """
CREATE TABLE communes AS SELECT * FROM (VALUES
    ('57463', 'M', '57', '44', 'T1', '4102'), ('57672', 'M', '57', '44', 'T1', '4103'),
    ('54395', 'N', '54', '44', NULL, '4102'), ('75056', NULL, '75', '11', NULL, '1109'))
AS given(code, epci, departement, region, territoire_industrie, zone_emploi)
"""
TERRITORIES = """
CREATE TABLE territories AS SELECT *, 10.0 AS area_km2 FROM (VALUES
    ('commune', '57463', 'Metz', 6.17, 49.11), ('commune', '75056', 'Paris', 2.35, 48.86),
    ('epci', 'M', 'Metz Métropole', 6.2, 49.1), ('departement', '57', 'Moselle', 6.5, 49.0),
    ('departement', '75', 'Paris', 2.35, 48.86), ('region', '44', 'Grand Est', 6.0, 48.5),
    ('zone_emploi', '4102', 'Metz', NULL, NULL), ('territoire_industrie', 'T1', 'Val', 6.3, 49.2))
AS given(level, code, name, lon, lat)
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(COMMUNES)
        opened.execute(TERRITORIES)
        yield opened


@pytest.mark.parametrize(
    ("selector", "territories"),
    [
        ("commune:57463", ("57463", "M", "57", "44", "T1", "4102")),
        ("commune:75056", ("75056", None, "75", "11", None, "1109")),
        ("epci:M", (None, "M", "57", "44", None, None)),
        ("departement:57", (None, None, "57", "44", None, None)),
        ("region:44", (None, None, None, "44", None, None)),
        ("territoire_industrie:T1", (None, None, "57", "44", "T1", None)),
        # Over two départements: of neither.
        ("zone_emploi:4102", (None, None, None, "44", None, "4102")),
    ],
)
def test_a_place_has_the_codes_of_what_holds_the_whole_of_it(
    connection: duckdb.DuckDBPyConnection, selector: str, territories: tuple[str | None, ...]
):
    found = spots(connection, [selector])[selector]

    assert found
    assert found.territories == territories


def test_many_places_are_read_at_once_each_with_its_centre_and_the_words_for_it(
    connection: duckdb.DuckDBPyConnection,
):
    asked = ["commune:57463", "commune:75056", "departement:57", "zone_emploi:4102"]

    found = spots(connection, asked)

    assert [each and each.words for each in found.values()] == [
        "Metz Moselle 57",
        "Paris 75",
        "Moselle 57",
        "Metz",
    ]
    metz, nowhere = found["commune:57463"], found["zone_emploi:4102"]
    assert isinstance(metz, Spot)
    assert (float(metz.lon or 0), float(metz.lat or 0)) == (6.17, 49.11)
    assert isinstance(nowhere, Spot)
    assert nowhere.lon is None


@pytest.mark.parametrize("selector", ["commune:00000", "france:FR", "planete:3", "", "commune:"])
def test_a_place_that_the_release_does_not_hold_is_nowhere(
    connection: duckdb.DuckDBPyConnection, selector: str
):
    assert spots(connection, [selector, "commune:57463"])[selector] is None


@pytest.mark.parametrize("name", ["Metz", "Moselle", "Grand Est", "Metz Métropole", "Paris"])
def test_a_place_is_the_zone_that_matching_reads(demonstration: Home, name: str):
    with open_release(demonstration).connect() as opened:
        territory = look_up(opened, name).territory
        zone = zone_of(opened, territory)
        spot = spots(opened, [territory.selector])[territory.selector]

    assert spot
    read = zone_at(territory.selector, spot)
    assert (read.name, read.point, read.area_km2) == (zone.name, zone.point, zone.area_km2)
    assert set(read.within) == set(zone.within)
