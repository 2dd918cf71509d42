"""The figures of the real mirror, found again by another path: plain SQL on the publishers' files.

Nothing of what builds the register is used below: the rules of the specification are written a second
time, in SQL, and must give the same numbers.
"""

import json

import duckdb
import pytest

from essor.cli.run import main
from essor.home import Home
from essor.release.building import build_release
from essor.release.opened import open_release
from essor.sources.catalogue import SOURCES
from essor.warehouse.sync import sync

COOPERATIVES = """
5458 5558 5658 5460 5560 5660 5453 5553 5653 5451 5551 5651 5455 5555 5655 5454 5554 5654 5552 5652
5459 5559 5659 5443 5543 5643 6317 6318 6316 5203 5307 5309 6543 6551 6554 6558 6560 5195
5191 5192 5193 5194 5196 6100 6595 6596 5432 5532 5632 6532 5547 5647
"""
OTHER_FAMILIES = "6411 8210 8250 8290 9220 9221 9222 9223 9230 9260 9210 9240 9300"
NEVER = "8510 8410 8420 8310 8311 6220 7410 9224 9150 9110"
BANDS = [
    ("00", 0, 0), ("01", 1, 2), ("02", 3, 5), ("03", 6, 9), ("11", 10, 19), ("12", 20, 49),
    ("21", 50, 99), ("22", 100, 199), ("31", 200, 249), ("32", 250, 499), ("41", 500, 999),
    ("42", 1000, 1999), ("51", 2000, 4999), ("52", 5000, 9999), ("53", 10000, 10000),
]  # fmt: skip

# Luhn's key: every second digit from the right doubled, less nine when it passes nine.
MACROS = """
CREATE MACRO doubled(digit, place) AS
    CASE WHEN place % 2 = 0 THEN digit WHEN digit > 4 THEN 2 * digit - 9 ELSE 2 * digit END;
CREATE MACRO has_key(code) AS
    list_sum([doubled(d, i - 1) FOR d, i IN [x::INT FOR x IN string_split(reverse(code), '')]]) % 10 = 0;
CREATE MACRO is_industry(naf) AS
    TRY_CAST(left(naf, 2) AS INT) BETWEEN 5 AND 39 AND left(naf, 2) <> '34';
"""

UNITS = """
CREATE TABLE units AS
SELECT
    siren, etatAdministratifUniteLegale = 'A' AS is_active, trancheEffectifsUniteLegale AS band,
    categorieJuridiqueUniteLegale::VARCHAR AS category,
    CASE WHEN nomenclatureActivitePrincipaleUniteLegale = 'NAFRev2'
        THEN activitePrincipaleUniteLegale END AS naf,
    economieSocialeSolidaireUniteLegale AS flag,
    upper(coalesce(denominationUniteLegale, denominationUsuelle1UniteLegale)) AS name,
    siren || lpad(nicSiegeUniteLegale::VARCHAR, 5, '0') AS seat,
    siren IN (SELECT lpad("SIREN", 9, '0') FROM read_csv($ess_france, all_varchar = true))
        OR siren IN (SELECT siren FROM read_csv($esus, all_varchar = true)
                     WHERE methode_jointure <> 'scoring') AS is_listed
FROM read_parquet($units)
WHERE coalesce(categorieJuridiqueUniteLegale, 0) NOT BETWEEN 1000 AND 1999
"""

JUDGED = """
CREATE TABLE judged AS
WITH told AS (
    SELECT *,
        coalesce(category LIKE '5%', true) AND coalesce(regexp_matches(
            name, '(^|[^A-Z0-9_])(SCOP|SCIC|COOPERATIVES?|COOPÉRATIVES?)([^A-Z0-9_]|$)'), false)
            AND (is_listed OR coalesce(flag, '') <> 'N') AS is_named,
        is_listed OR coalesce(flag = 'O', false) AS is_declared,
        coalesce(is_industry(naf), false) AS is_industrial
    FROM units
)
SELECT *,
    CASE
        WHEN category IN (SELECT unnest($never)) THEN NULL
        WHEN category IN (SELECT unnest($cooperatives)) THEN 'cooperative'
        WHEN category IN (SELECT unnest($others)) THEN 'other'
        WHEN is_named AND (is_declared OR is_industrial) THEN 'cooperative'
        WHEN is_declared THEN 'other'
    END AS family
FROM told
"""

PLACES = """
CREATE TABLE places AS
SELECT
    p.siret, p.siren, p.etablissementSiege AS is_seat, p.etatAdministratifEtablissement = 'A' AS is_open,
    coalesce(f.code_actuel, p.codeCommuneEtablissement) AS commune
FROM read_parquet($places) AS p
LEFT JOIN read_csv($former, all_varchar = true) AS f
    ON f.code = p.codeCommuneEtablissement
    AND f.code NOT IN (SELECT code FROM read_parquet($communes))
"""

# The head office: the one named, else the one flagged (open first), else the only one.
SEATED = """
CREATE TABLE seated AS
WITH guessed AS (
    SELECT siren, coalesce(
        max(siret) FILTER (is_seat AND is_open), max(siret) FILTER (is_seat),
        CASE WHEN count(*) = 1 THEN max(siret) END) AS siret
    FROM places GROUP BY siren
)
SELECT j.*, c.code AS commune, c.region
FROM judged AS j
LEFT JOIN guessed AS g USING (siren)
LEFT JOIN places AS named ON named.siret = j.seat
LEFT JOIN places AS other ON other.siret = g.siret
LEFT JOIN read_parquet($communes) AS c ON c.code = coalesce(named.commune, other.commune)
"""

# A SIREN whose key is false attests nothing; a SIRET whose key is false leaves the status to the unit.
CLAIMS = """
CREATE TABLE claims AS
WITH written AS (
    SELECT siret, lower(kind) AS kind, name, naf, 'siae' AS source
    FROM read_csv($siae, all_varchar = true)
    UNION ALL
    SELECT "SIRET", lower("MESURE"), "DENOMINATION_SOCIALE", "CODE_NAF2", 'siae_asp'
    FROM read_csv($siae_asp, all_varchar = true)
    UNION ALL
    SELECT "SIRET", 'geiq', "GEIQ", "NAF", 'geiq' FROM read_csv($geiq, all_varchar = true)
    UNION ALL
    SELECT "ET-SIRET", 'esat', NULL, NULL, 'esat' FROM read_csv($esat, all_varchar = true)
),
plain AS (
    SELECT * REPLACE (lpad(regexp_replace(siret, '[^0-9A-Za-z]', '', 'g'), 14, '0') AS siret) FROM written
    WHERE length(trim(siret)) >= 11
)
SELECT left(siret, 9) AS siren,
    CASE WHEN has_key(siret) OR siret LIKE '356000000%' THEN siret ELSE '' END AS siret,
    kind, source, upper(strip_accents(name)) AS name, left(naf, 2) AS division
FROM plain
WHERE regexp_full_match(siret, '[0-9]{14}') AND has_key(left(siret, 9))
"""

# What a convention says of industry: its NAF, unless it is that of a status; for a GEIQ, its name.
DECLARED = """
WITH told AS (
    SELECT siren, siret,
        CASE
            WHEN kind = 'geiq' AND regexp_matches(name, $industrial) THEN true
            WHEN kind = 'geiq' AND regexp_matches(name, $several) THEN NULL
            WHEN kind = 'geiq' AND regexp_matches(name, $others) THEN false
        END AS by_name,
        CASE
            WHEN is_industry(division) THEN true
            WHEN kind IN ('geiq', 'etti', 'esat') OR division IN ('78', '88', '94') THEN NULL
            WHEN division IS NOT NULL THEN false
        END AS by_naf
    FROM claims WHERE kind IN (SELECT unnest($kinds))
),
structures AS (
    SELECT siren, siret, bool_or(coalesce(by_name, by_naf)) AS is_industrial
    FROM told GROUP BY ALL
)
SELECT count(*), count(*) FILTER (is_industrial), count(*) FILTER (NOT is_industrial)
FROM structures
WHERE siret NOT IN (SELECT siret FROM places WHERE NOT is_open)
    AND siren NOT IN (SELECT siren FROM units WHERE NOT is_active)
"""
GEIQ_NAMES = {
    "industrial": "INDUS|METALLURG|METAUX|PLASTURG|CHIMIE|TEXTILE|PAPIER|AGRO-?ALIMENTAIRE"
    "|(^| )AERO($| |NAUT|SPAT)",
    "several": "MULTI|INTERPRO|ENVIRONNEMENT|ECO-ACTIVITE",
    "others": "BTP|BATIMENT|CONSTRUCTION|(^| )TP( |$)|PAYSAGE|AGRI|FRUITS ET LEGUMES|PROPRETE"
    "|TRANSPORT|LOGISTIQUE|SANTE|SANITAIRE|SILVER|DOMICILE|(^| )(AAD|SAP)( |$)|SPORT|TOURISME"
    "|HOTEL|RESTAURATION|(^| )CHR( |$)|THEATRE|SCENIQUE",
}


@pytest.fixture(scope="module")
def raw(mirror):
    """Return a connection where the rules were applied to the publishers' files."""
    files = {
        "units": "sirene/StockUniteLegale_utf8.parquet",
        "places": "sirene/StockEtablissement_utf8.parquet",
        "communes": "territoires/communes.parquet",
        "former": "territoires/communes_anciennes.csv",
        "ess_france": "ess/liste-ess-france-extrait.csv",
        "esus": "ess/esus_numerique_extrait.csv",
        "siae": "inclusion/siae_2020.csv",
        "siae_asp": "inclusion/siae_2019.csv",
        "geiq": "inclusion/geiq_2019.csv",
        "esat": "finess/esat_2025.csv",
    }
    values = {name: str(mirror / file) for name, file in files.items()}
    codes = {"never": NEVER, "cooperatives": COOPERATIVES, "others": OTHER_FAMILIES}
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        connection.execute(UNITS, only(values, "units", "ess_france", "esus"))
        connection.execute(JUDGED, {name: text.split() for name, text in codes.items()})
        connection.execute(PLACES, only(values, "places", "former", "communes"))
        connection.execute(SEATED, only(values, "communes"))
        connection.execute(CLAIMS, only(values, "siae", "siae_asp", "geiq", "esat"))
        connection.execute("CREATE TABLE bands (band VARCHAR, lower INT, upper INT)")
        connection.executemany("INSERT INTO bands VALUES (?, ?, ?)", BANDS)
        connection.execute(
            "CREATE TABLE communes AS SELECT * FROM read_parquet(?)", [values["communes"]]
        )
        yield connection


def only(values, *names):
    return {name: values[name] for name in names}


@pytest.fixture(scope="module")
def home(mirror, tmp_path_factory):
    """Return a home where the mirror was synchronised, and one release built."""
    place = Home(tmp_path_factory.mktemp("home"))
    sync(SOURCES, place, from_dir=mirror)
    build_release(place)
    return place


@pytest.fixture(scope="module")
def release(home):
    """Return a connection to the release."""
    return open_release(home).connect()


@pytest.fixture
def shown(home, monkeypatch, capsys):
    """Return a function that gives the figures that the command prints of a territory."""

    def figures(*options):
        monkeypatch.setenv("ESSOR_HOME", str(home.root))
        assert main(["figures", "--json", *options]) == 0
        answer = json.loads(capsys.readouterr().out)
        return {figure["id"]: figure for figure in answer["figures"]}

    return figures


def one(connection, query, values=None):
    (row,) = connection.execute(query, values or {}).fetchall()
    return row


MEMBERS = "FROM seated WHERE is_active AND is_industrial AND family IS NOT NULL"
INDUSTRY = "FROM seated WHERE is_active AND is_industrial"


def staff_of(raw, condition="true"):
    query = f"""
        SELECT coalesce(sum(lower), 0), coalesce(sum((lower + upper) / 2.0), 0), coalesce(sum(upper), 0)
        FROM seated LEFT JOIN bands USING (band)
        WHERE is_active AND is_industrial AND family IS NOT NULL AND {condition}
    """
    return one(raw, query)


def interval(figure):
    return figure["lower"], figure["value"], figure["upper"]


def test_the_mirror_is_not_empty(raw):
    assert one(raw, f"SELECT count(*) {MEMBERS}")[0] > 50
    assert one(raw, f"SELECT count(*) {INDUSTRY}")[0] > 1_000
    assert one(raw, "SELECT count(*) FROM claims")[0] > 5_000


def test_k03_counts_the_industrial_organisations_of_the_social_economy(raw, shown):
    (members,) = one(raw, f"SELECT count(*) {MEMBERS}")

    assert interval(shown()["K03"]) == (members, members, members)


def test_k05_sums_their_staff_with_its_bounds(raw, shown):
    lower, mid, upper = staff_of(raw)

    assert lower < mid < upper
    assert interval(shown()["K05"]) == (lower, mid, upper)


def test_k07_counts_the_whole_of_industry(raw, shown):
    (units,) = one(raw, f"SELECT count(*) {INDUSTRY}")

    assert interval(shown()["K07"]) == (units, units, units)


def test_k04_is_the_ratio_of_the_two(raw, shown):
    (members,), (units,) = (
        one(raw, f"SELECT count(*) {MEMBERS}"),
        one(raw, f"SELECT count(*) {INDUSTRY}"),
    )

    assert shown()["K04"]["value"] == pytest.approx(members / units)


def test_k08a_is_the_share_of_cooperatives(raw, shown):
    (share,) = one(raw, f"SELECT avg((family = 'cooperative')::INT) {MEMBERS}")

    assert 0 < share < 1
    assert shown()["K08a"]["value"] == pytest.approx(share)


@pytest.mark.parametrize(("figure", "kinds"), [("K10", ["ei", "etti"]), ("K11", ["geiq"])])
def test_the_declared_activities_are_those_of_the_conventions(raw, shown, figure, kinds):
    total, yes, no = one(raw, DECLARED, {"kinds": kinds, **GEIQ_NAMES})

    found = shown()[figure]

    assert total > yes + no > 0
    assert found["total"] == total
    assert found["value"] == pytest.approx(yes / (yes + no))
    assert found["lower"] == pytest.approx(yes / total)
    assert found["upper"] == pytest.approx((total - no) / total)


def test_each_kind_of_status_is_counted_by_source(raw, release):
    expected = raw.execute(
        "SELECT kind, source, count(DISTINCT (siren, siret)) FROM claims GROUP BY ALL ORDER BY ALL"
    ).fetchall()

    found = release.execute(
        "SELECT kind, source, count(*) FROM statuses WHERE source <> 'esus' GROUP BY ALL ORDER BY ALL"
    ).fetchall()

    assert found == expected


def test_the_establishments_of_each_departement_are_those_of_the_stock(raw, release):
    expected = raw.execute(
        """
        SELECT CASE WHEN left(commune, 2) IN ('97', '98') THEN left(commune, 3)
            ELSE left(commune, 2) END AS departement, count(*)
        FROM places WHERE siren IN (
            SELECT siren FROM judged
            WHERE is_industrial OR (is_active AND family IS NOT NULL)
                OR siren IN (SELECT siren FROM claims)
                OR siren IN (SELECT siren FROM units WHERE is_listed)
        ) AND commune IN (SELECT code FROM communes)
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()

    found = release.execute(
        """
        SELECT departement, count(*) FROM establishments WHERE departement IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()

    assert len(expected) > 90
    assert found == expected


def test_the_population_of_france_is_that_of_its_communes(raw, release):
    (expected,) = one(raw, "SELECT sum(population) FROM communes WHERE type = 'commune-actuelle'")

    (found,) = one(release, "SELECT population FROM territories WHERE level = 'france'")

    assert found == expected > 68_000_000


def test_the_population_of_each_epci_is_that_of_its_communes(raw, release):
    expected = raw.execute(
        """
        SELECT siren_epci, sum(population)::BIGINT, count(*) FROM communes
        WHERE type = 'commune-actuelle' AND siren_epci IS NOT NULL GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()

    found = release.execute(
        "SELECT code, population, communes FROM territories WHERE level = 'epci' ORDER BY code"
    ).fetchall()

    assert len(found) == 1255
    assert found == expected


def test_a_region_is_counted_by_the_seats_it_holds(raw, shown):
    (members,) = one(raw, f"SELECT count(*) {MEMBERS} AND region = '84'")
    (units,) = one(raw, f"SELECT count(*) {INDUSTRY} AND region = '84'")

    found = shown("--territory", "region:84")

    assert members > 0
    assert found["K03"]["value"] == members
    assert found["K07"]["value"] == units


def test_a_commune_is_counted_by_the_seats_it_holds(raw, shown):
    (members,) = one(raw, f"SELECT count(*) {MEMBERS} AND commune = '57463'")
    (units,) = one(raw, f"SELECT count(*) {INDUSTRY} AND commune = '57463'")

    found = shown("--territory", "commune:57463")

    assert units > 0
    assert found["K03"]["value"] == members
    assert found["K07"]["value"] == units


def test_the_regions_sum_to_the_units_that_have_one(raw, release):
    expected = raw.execute(
        f"SELECT region, count(*) {MEMBERS} AND length(region) = 2 GROUP BY ALL ORDER BY ALL"
    ).fetchall()

    found = release.execute(
        """
        SELECT region, count(*) FROM organisations
        WHERE is_active AND is_industrial_p1 AND ess_family IS NOT NULL AND region IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()

    assert found == expected
