"""A small country for the tests: enough homonyms, zonings and arrondissements to be France."""

import duckdb
import ibis
import pyarrow as pa

from essor.warehouse.geography import geography

COMMUNE_COLUMNS = (
    "code",
    "name",
    "kind",
    "parent",
    "population",
    "siren_epci",
    "departement",
    "region",
    "postcodes",
    "lon",
    "lat",
    "town_hall_lon",
    "town_hall_lat",
    "area_km2",
)
METZ_METROPOLE, GRAND_PARIS, CINOR = "200039865", "200054781", "249740119"
# Code, name, commune of an arrondissement, population, EPCI, département, postcodes.
COMMUNES = (
    ("57463", "Metz", None, 122_000, METZ_METROPOLE, "57", "57000 | 57050"),
    ("57480", "Montigny-lès-Metz", None, 22_000, METZ_METROPOLE, "57", "57950"),
    ("57672", "Thionville", None, 42_000, "245701362", "57", "57100"),
    ("54395", "Nancy", None, 104_000, "245400676", "54", "54000 | 54100"),
    ("54549", "Toul", None, 16_000, "200070563", "54", "54200"),
    ("75056", "Paris", None, 200_000, GRAND_PARIS, "75", "75001 | 75012 | 75116"),
    ("75101", "Paris 1er Arrondissement", "75056", 60_000, GRAND_PARIS, "75", "75001"),
    ("75112", "Paris 12e Arrondissement", "75056", 140_000, GRAND_PARIS, "75", "75012"),
    ("93066", "Saint-Denis", None, 149_000, GRAND_PARIS, "93", "93200 | 93210"),
    ("97411", "Saint-Denis", None, 153_000, CINOR, "974", "97400 | 97490"),
    ("97418", "Sainte-Marie", None, 34_000, CINOR, "974", "97438"),
    ("97502", "Saint-Pierre", None, 5_000, None, "975", "97500"),
    ("94043", "Marcq-en-Barœul", None, 40_000, GRAND_PARIS, "93", "93300"),
)
# Longitude and latitude of the centre, of the town hall (Nancy's lost a sign), area.
POSITIONS = {
    "57463": (6.196, 49.108, 6.176, 49.12, 41.9),
    "57480": (6.152, 49.095, None, None, 6.7),
    "57672": (6.168, 49.369, 6.168, 49.358, 50.1),
    "54395": (6.176, 48.689, -6.184, 48.694, 15.0),
    "54549": (5.894, 48.684, 5.891, 48.675, 30.5),
    "75056": (2.343, 48.857, 2.351, 48.857, 105.2),
    "75101": (2.337, 48.864, 2.341, 48.86, 1.8),
    "75112": (2.421, 48.835, 2.388, 48.841, 16.3),
    "93066": (2.359, 48.93, 2.36, 48.936, 12.4),
    "97411": (55.448, -20.934, 55.449, -20.88, 142.8),
    "97418": (55.55, -20.934, 55.549, -20.897, 87.2),
    "94043": (2.4, 48.95, None, None, 14.0),
}
UNKNOWN = (None, None, None, None, None)
NAMED = ("code", "name")
EPCI = (
    (METZ_METROPOLE, "Metz Métropole", "METRO"),
    ("245701362", "CA Portes de France-Thionville", "CA"),
    ("245400676", "Métropole du Grand Nancy", "METRO"),
    ("200070563", "CC Terres Touloises (CC2T)", "CC"),
    (GRAND_PARIS, "Métropole du Grand Paris", "METRO"),
    (CINOR, "CA CINOR", "CA"),
)
DEPARTEMENTS = (
    ("54", "Meurthe-et-Moselle", "44"),
    ("57", "Moselle", "44"),
    ("75", "Paris", "11"),
    ("93", "Seine-Saint-Denis", "11"),
    ("974", "La Réunion", "04"),
    ("975", "Saint-Pierre-et-Miquelon", "975"),
)
REGIONS = (
    ("44", "Grand Est"),
    ("11", "Île-de-France"),
    ("04", "La Réunion"),
    ("975", "Saint-Pierre-et-Miquelon"),
)
# Listed for the whole commune of Paris, and with the code of a commune since merged into Metz.
ZONES_EMPLOI = (
    ("4410", "Metz", "57463"),
    ("4410", "Metz", "57480"),
    ("4413", "Thionville", "57672"),
    ("4413", "Thionville", "57998"),
    ("4411", "Nancy", "54395"),
    ("4411", "Nancy", "54549"),
    ("1109", "Paris", "75056"),
    ("1109", "Paris", "93066"),
    ("1109", "Paris", "94043"),
    ("0401", "Le Nord", "97411"),
    ("0401", "Le Nord", "97418"),
)
TERRITOIRES_INDUSTRIE = (
    ("ti-4408", "Nord Lorraine", "57672"),
    ("ti-4408", "Nord Lorraine", "54549"),
    ("ti-0401", "Saint-Denis", "97411"),
)
FORMER_COMMUNES = (
    ("57998", "Borny", "57463"),
    ("57999", "Vallières-lès-Metz", "57998"),
    ("54395", "Nancy", "54549"),
    ("99999", "Nulle-Part", "00000"),
)
# Given one way only, once twice, once with a commune that does not exist.
VOISINAGES = (
    ("57463", "57480"),
    ("57480", "57463"),
    ("57672", "57463"),
    ("54549", "54395"),
    ("75056", "93066"),
    ("93066", "94043"),
    ("57463", "00000"),
    ("97411", "97418"),
)


def commune(row):
    """Return the staged row of a commune."""
    code, name, parent, population, epci, departement, postcodes = row
    kind = "arrondissement-municipal" if parent else "commune-actuelle"
    region = next(region for other, _, region in DEPARTEMENTS if other == departement)
    place = (epci, departement, region, postcodes)
    return (code, name, kind, parent, population, *place, *POSITIONS.get(code, UNKNOWN))


def table(columns, rows):
    """Return an Ibis table of `rows`; a column of numbers is one of reals, population apart."""
    types = {"population": pa.int64()}
    reals = {"lon", "lat", "town_hall_lon", "town_hall_lat", "area_km2"}
    schema = pa.schema(
        [
            (name, types.get(name, pa.float64() if name in reals else pa.string()))
            for name in columns
        ]
    )
    return ibis.memtable(
        pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema=schema)
    )


def staged():
    """Return the staged tables of the small country, every source present."""
    return {
        "communes": table(COMMUNE_COLUMNS, [commune(row) for row in COMMUNES]),
        "epci": table((*NAMED, "kind"), EPCI),
        "departements": table((*NAMED, "region"), DEPARTEMENTS),
        "regions": table(NAMED, REGIONS),
        "zones_emploi": table((*NAMED, "commune"), ZONES_EMPLOI),
        "territoires_industrie": table((*NAMED, "commune"), TERRITOIRES_INDUSTRIE),
        "former_communes": table((*NAMED, "current"), FORMER_COMMUNES),
        "voisinages": table(("commune", "neighbour"), VOISINAGES),
    }


def opened(sources=None):
    """Return a connection with the published tables, as a release gives it."""
    connection = duckdb.connect()
    for name, expression in geography(staged() if sources is None else sources).items():
        arrow = expression.to_pyarrow()
        connection.register(f"{name}_arrow", arrow)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_arrow")
    return connection
