"""A register of fictional organisations, always the same: names from word lists, real communes and activities."""

import random
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from essor.demonstration import folder as embedded

SEED = 20_240_701
TRADES = [
    "menuiserie",
    "charpente",
    "mécanique",
    "chaudronnerie",
    "couture",
    "blanchisserie",
    "imprimerie",
    "plasturgie",
    "fonderie",
    "usinage",
    "recyclage",
    "verrerie",
    "tôlerie",
    "électronique",
    "câblage",
    "conditionnement",
    "emballage",
    "palettes",
    "textile",
    "maroquinerie",
    "brasserie",
    "boulangerie",
    "conserverie",
    "cosmétique",
    "outillage",
    "décolletage",
]
FORMS = [
    "ateliers",
    "société",
    "établissements",
    "association",
    "coopérative",
    "fabrique",
    "manufacture",
    "groupe",
]
STATUSES = ("ei", "etti", "aci", "ai", "ea", "esat", "geiq", "esus", "scop")

_PLACES = ["val", "plaine", "colline", "forêt", "rivière", "pont", "mont", "vallée", "rive", "lac"]
_ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "j",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "cl",
    "dr",
    "fl",
    "gr",
    "pl",
    "pr",
    "tr",
    "ch",
]
_VOWELS = ["a", "e", "i", "o", "u", "ou", "ai", "on", "an", "eau"]
_FAMILIES = ("association", "cooperative", "fondation", "mutuelle", "societe_commerciale")
_BANDS = ("NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32")
_BATCH = 100_000
_ESS_SHARE, _STATUS_SHARE = 0.1, 0.3
_DRAWN = ("siren", "name", "naf", "commune", "family", "status", "band", "lon", "lat")

# The tables of a release that an index is built from, with the columns that it reads.
_GEOGRAPHY = """
CREATE TABLE communes AS SELECT code, nom AS name, departement, region, siren_epci AS epci, lon, lat
FROM read_parquet($communes) WHERE lon IS NOT NULL;
CREATE TABLE territories AS SELECT 'departement' AS level, code, nom AS name
FROM read_csv($departements, all_varchar = true);
CREATE TABLE naf AS
WITH positions AS (FROM read_csv($naf, all_varchar = true))
SELECT DISTINCT NIV5 AS code, 5 AS level, NIV1 AS section, NIV4 AS parent, LIB_NIV5 AS label
FROM positions
UNION ALL SELECT DISTINCT NIV4, 4, NIV1, NIV3, LIB_NIV4 FROM positions
UNION ALL SELECT DISTINCT NIV3, 3, NIV1, NIV2, LIB_NIV3 FROM positions
UNION ALL SELECT DISTINCT NIV2, 2, NIV1, NIV1, LIB_NIV2 FROM positions;
CREATE TABLE naf_notes (code VARCHAR, kind VARCHAR, rank INTEGER, "text" VARCHAR);
CREATE TABLE staff_bands AS SELECT '11' AS code, '10 à 19 salariés' AS label;
"""
_REGISTER = """
CREATE TABLE statuses AS
SELECT siren, '' AS siret, status AS kind FROM drawn WHERE status IS NOT NULL;
CREATE TABLE organisations AS
SELECT siren, drawn.name, NULL::VARCHAR AS acronym, naf, family AS ess_family, band AS staff_band,
    siren || '00000' AS head_office, commune, epci, departement, region,
    NULL::VARCHAR AS territoire_industrie, NULL::VARCHAR AS zone_emploi,
    naf[:2] BETWEEN '05' AND '39' AS is_industrial_p1, NULL::BOOLEAN AS is_industrial_p2,
    true AS is_active, true AS is_fictional, drawn.lon, drawn.lat
FROM drawn JOIN communes ON code = commune;
CREATE TABLE establishments AS
SELECT siren || '00000' AS siret, siren, naf, staff_band, NULL::VARCHAR AS postcode, commune, epci,
    departement, region, territoire_industrie, zone_emploi, lon, lat, is_industrial_p1, is_active,
    is_fictional, NULL::VARCHAR AS name
FROM organisations;
"""


def generate(connection: duckdb.DuckDBPyConnection, organisations: int) -> None:
    """Create the tables of so many organisations, each with one establishment, its head office."""
    mirror = embedded()
    _create_geography(connection, mirror)
    towns = connection.execute("SELECT code, lon, lat FROM communes ORDER BY code").fetchall()
    activities = [
        code
        for (code,) in connection.execute(
            "SELECT code FROM naf WHERE level = 5 ORDER BY code"
        ).fetchall()
    ]
    drawn = random.Random(SEED)
    for start in range(0, organisations, _BATCH):
        numbers = range(start, min(start + _BATCH, organisations))
        rows = [_organisation(drawn, number, towns, activities) for number in numbers]
        batch = pa.table(dict(zip(_DRAWN, zip(*rows, strict=True), strict=True)))
        connection.register("batch", batch)
        made = "INSERT INTO drawn" if start else "CREATE TABLE drawn AS"
        connection.execute(f"{made} SELECT * FROM batch")
        connection.unregister("batch")
    connection.execute(_REGISTER)


def surname(drawn: random.Random) -> str:
    """Return a name that nobody has, of two to four syllables."""
    syllables = (drawn.choice(_ONSETS) + drawn.choice(_VOWELS) for _ in range(drawn.randint(2, 4)))
    return "".join(syllables)


def _create_geography(connection: duckdb.DuckDBPyConnection, mirror: Path) -> None:
    files = {
        "communes": mirror / "territoires" / "communes.parquet",
        "departements": mirror / "territoires" / "departements.csv",
        "naf": mirror / "nomenclatures" / "naf_rev2.csv",
    }
    statements = _GEOGRAPHY
    for name, path in files.items():
        statements = statements.replace(f"${name}", f"'{path}'")
    connection.execute(statements)


def _organisation(
    drawn: random.Random,
    number: int,
    towns: Sequence[tuple[str, float, float]],
    activities: Sequence[str],
) -> tuple[object, ...]:
    commune, lon, lat = drawn.choice(towns)
    is_ess = drawn.random() < _ESS_SHARE
    return (
        f"{number:09d}",
        _name(drawn),
        drawn.choice(activities),
        commune,
        drawn.choice(_FAMILIES) if is_ess else None,
        drawn.choice(STATUSES) if is_ess and drawn.random() < _STATUS_SHARE else None,
        drawn.choice(_BANDS),
        lon + drawn.uniform(-0.03, 0.03),
        lat + drawn.uniform(-0.03, 0.03),
    )


def _name(drawn: random.Random) -> str:
    match drawn.randrange(4):
        case 0:
            return f"{drawn.choice(TRADES)} {surname(drawn)}".upper()
        case 1:
            return f"{drawn.choice(FORMS)} {surname(drawn)} {drawn.choice(TRADES)}".upper()
        case 2:
            return f"{drawn.choice(FORMS)} du {drawn.choice(_PLACES)} {surname(drawn)}"
        case _:
            return f"{surname(drawn)} {surname(drawn)}".upper()
