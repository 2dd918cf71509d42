"""A national Sirene-shaped stock, generated in bounded memory: official headers, realistic skew, nobody's data.

Sizes at scale 1: 29 M legal units, 42 M establishments, 42 M positions, 1.1 M lines of the list of the
social economy: what Insee and ESS France publish in 2026. Every SIREN and SIRET passes Luhn.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

UNITS = 29_000_000
PLACES = 100_000

# Share of the stock, legal category; order of magnitude of Insee's stock of 2026.
LEGAL_CATEGORIES = (
    (600, "1000"), (130, "5499"), (90, "5710"), (75, "6540"), (60, "9220"), (20, "5498"),
    (6, "5599"), (5, "6317"), (4, "9230"), (3, "5458"), (2, "5460"), (2, "9221"), (1, "9300"),
    (1, "8210"), (1, "7210"),
)  # fmt: skip

# Share of the units, two-digit division and sub-class: 5 % industrial, the rest services, trade, building.
ACTIVITIES = (
    (12, "10.71C"), (5, "25.62B"), (5, "33.12Z"), (4, "32.12Z"), (4, "18.12Z"), (3, "14.13Z"),
    (3, "31.09B"), (3, "38.11Z"), (2, "16.23Z"), (2, "11.02B"), (2, "22.29A"), (2, "35.11Z"),
    (1, "28.29B"), (1, "38.32Z"), (1, "20.42Z"), (250, "68.20B"), (120, "94.99Z"), (90, "47.91B"),
    (80, "70.22Z"), (70, "43.39Z"), (60, "56.10A"), (60, "86.90E"), (60, "96.09Z"), (50, "62.01Z"),
    (50, "49.32Z"), (40, "01.11Z"), (30, "81.21Z"),
)  # fmt: skip

# Share of the establishments, staff band (empty: null).
BANDS = (
    (640, "NN"), (230, ""), (60, "00"), (40, "01"), (14, "02"), (7, "03"), (5, "11"), (3, "12"),
    (1, "21"), (1, "22"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stock:
    """A generated mirror: its folder and how many units it holds."""

    folder: Path
    units: int


def generate(folder: Path, embedded: Path, scale: float = 1.0) -> Stock:
    """Write the stock into `folder` as a mirror; geography and nomenclatures are linked from `embedded`."""
    units = int(UNITS * scale)
    (folder / "sirene").mkdir(parents=True, exist_ok=True)
    (folder / "ess").mkdir(exist_ok=True)
    for name in ("territoires", "nomenclatures"):
        if not (folder / name).exists():
            (folder / name).symlink_to((embedded / name).resolve(), target_is_directory=True)
    with duckdb.connect(
        config={"memory_limit": "3GB", "temp_directory": str(folder / "spill")}
    ) as connection:
        _prepare(connection, folder)
        _write(connection, _UNITS, folder / "sirene/StockUniteLegale_utf8.parquet", units)
        _write(
            connection, _ESTABLISHMENTS, folder / "sirene/StockEtablissement_utf8.parquet", units
        )
        _write(
            connection,
            _POSITIONS,
            folder / "sirene/GeolocalisationEtablissement_Sirene.parquet",
            units,
        )
        listed = _rendered(connection, _ESS_LIST, units)
        connection.execute(f"COPY ({listed}) TO '{folder}/ess/entreprisesess.csv' (HEADER)")
    return Stock(folder, units)


def _prepare(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute(_DRAW)
    communes = f"{folder}/territoires/communes.parquet"
    connection.execute(_PLACES.format(communes=communes, places=PLACES))
    for name, shares in (("forms", LEGAL_CATEGORIES), ("activities", ACTIVITIES), ("bands", BANDS)):
        values = [code for share, code in shares for _ in range(share)]
        connection.execute(
            f"CREATE TABLE {name} AS SELECT (i - 1) AS number, nullif(v[i], '') AS code FROM (SELECT ? AS v), range(1, ?) r(i)",
            [values, len(values) + 1],
        )


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path, units: int) -> None:
    rendered = _rendered(connection, query, units)
    connection.execute(f"COPY ({rendered}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _rendered(connection: duckdb.DuckDBPyConnection, query: str, units: int) -> str:
    sizes = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        for name in ("forms", "activities", "bands")
    }
    return query.format(units=units, places=PLACES, **sizes)


_DRAW = "CREATE MACRO draw(i, salt, size) AS (hash(i * 31 + salt) % size)::BIGINT"


def _luhn(number: str, places: int) -> str:
    """Return the SQL of the digit that completes `number`, of `places` digits, under Luhn's formula."""
    digits = (f"(({number}) // {10**place} % 10)" for place in range(places))
    terms = (
        f"(2 * {digit} - 9 * ({digit} > 4)::INTEGER)" if place % 2 == 0 else digit
        for place, digit in enumerate(digits)
    )
    return f"((10 - ({' + '.join(terms)}) % 10) % 10)"


# Communes drawn by population: place i of 100 000 is a commune, big ones hold many places.
_PLACES = """
CREATE TABLE places AS
WITH c AS (SELECT code, nom, codes_postaux[1] AS postcode, coalesce(lon, 2.5) AS lon, coalesce(lat, 46.5) AS lat,
                  sum(coalesce(population, 1) + 50) OVER (ORDER BY code) AS upto
           FROM read_parquet('{communes}') WHERE type = 'commune-actuelle'),
     g AS (SELECT i, (i + 0.5) / {places} * (SELECT max(upto) FROM c) AS point FROM range({places}) r(i))
SELECT g.i AS number, c.code, c.nom, c.postcode, c.lon, c.lat FROM g ASOF JOIN c ON g.point <= c.upto
"""

_BASE = f"""
drawn AS (
    SELECT i, (10000000 + i * 3) AS stem, {_luhn("10000000 + i * 3", 8)} AS key, draw(i, 1, {{forms}}) AS form, draw(i, 2, {{activities}}) AS activity,
           draw(i, 3, {{bands}}) AS band, draw(i, 4, {{places}}) AS place, draw(i, 5, 100) AS percent,
           draw(i, 6, 1000) AS mille
    FROM range({{units}}) r(i)),
base AS (SELECT *, stem * 10 + key AS siren_number FROM drawn)
"""

_UNITS = (
    "WITH "
    + _BASE
    + """
SELECT siren_number::VARCHAR AS siren,
    CASE WHEN mille < 30 THEN 'P' ELSE 'O' END AS statutDiffusionUniteLegale,
    NULL::BOOLEAN AS unitePurgeeUniteLegale,
    DATE '1975-01-01' + (percent * 180 + mille // 10)::INTEGER AS dateCreationUniteLegale,
    CASE WHEN percent < 8 THEN 'SIG' || mille END AS sigleUniteLegale,
    CASE WHEN f.code = '1000' THEN CASE WHEN percent < 60 THEN 'M' ELSE 'F' END END AS sexeUniteLegale,
    CASE WHEN f.code = '1000' THEN 'PRENOM' || (mille % 400) END AS prenom1UniteLegale,
    NULL::VARCHAR AS prenom2UniteLegale, NULL::VARCHAR AS prenom3UniteLegale, NULL::VARCHAR AS prenom4UniteLegale,
    CASE WHEN f.code = '1000' THEN 'PRENOM' || (mille % 400) END AS prenomUsuelUniteLegale,
    NULL::VARCHAR AS pseudonymeUniteLegale,
    CASE WHEN f.code LIKE '9%' THEN 'W' || lpad((i % 1000000000)::VARCHAR, 9, '0') END AS identifiantAssociationUniteLegale,
    CASE WHEN percent < 45 THEN b.code ELSE 'NN' END AS trancheEffectifsUniteLegale,
    CASE WHEN b.code NOT IN ('NN') THEN 2023 END::BIGINT AS anneeEffectifsUniteLegale,
    TIMESTAMP '2024-03-01' + INTERVAL (mille) HOUR AS dateDernierTraitementUniteLegale,
    (1 + percent % 6)::BIGINT AS nombrePeriodesUniteLegale,
    CASE WHEN percent < 20 THEN 'PME' WHEN percent = 20 THEN 'ETI' END AS categorieEntreprise,
    CASE WHEN percent < 21 THEN 2022 END::BIGINT AS anneeCategorieEntreprise,
    DATE '2008-01-01' + (mille * 5)::INTEGER AS dateDebut,
    CASE WHEN percent < 45 THEN 'A' ELSE 'C' END AS etatAdministratifUniteLegale,
    CASE WHEN f.code = '1000' THEN 'NOM' || (hash(i) % 90000) END AS nomUniteLegale,
    NULL::VARCHAR AS nomUsageUniteLegale,
    CASE WHEN f.code <> '1000' THEN CASE WHEN f.code = '5710' AND mille < 3 THEN 'SCOP ' ELSE '' END
        || list_extract(['ATELIER', 'SOCIETE', 'ASSOCIATION', 'ETABLISSEMENTS', 'GROUPE', 'MAISON', 'COMPAGNIE', 'FABRIQUE'], 1 + (i % 8)::INTEGER)
        || ' ' || upper(p.nom) || ' ' || (hash(i) % 100000) END AS denominationUniteLegale,
    CASE WHEN f.code <> '1000' AND percent < 5 THEN 'ENSEIGNE ' || (hash(i) % 5000) END AS denominationUsuelle1UniteLegale,
    NULL::VARCHAR AS denominationUsuelle2UniteLegale, NULL::VARCHAR AS denominationUsuelle3UniteLegale,
    f.code::BIGINT AS categorieJuridiqueUniteLegale,
    a.code AS activitePrincipaleUniteLegale, 'NAFRev2' AS nomenclatureActivitePrincipaleUniteLegale,
    (10 + HEAD_KEY)::BIGINT AS nicSiegeUniteLegale,
    CASE WHEN f.code = '1000' THEN NULL WHEN f.code IN ('5458', '5460', '6317', '9221', '9300', '8210') THEN 'O'
         WHEN f.code = '9220' AND percent < 15 THEN 'O' WHEN f.code LIKE '5%' AND mille < 2 THEN 'O' ELSE 'N' END AS economieSocialeSolidaireUniteLegale,
    CASE WHEN mille = 7 THEN 'O' ELSE 'N' END AS societeMissionUniteLegale,
    CASE WHEN percent < 12 THEN 'O' ELSE 'N' END AS caractereEmployeurUniteLegale,
    CASE WHEN percent < 45 THEN a.code END AS activitePrincipaleNAF25UniteLegale
FROM base JOIN forms f ON f.number = base.form JOIN activities a ON a.number = base.activity JOIN bands b ON b.number = base.band
JOIN places p ON p.number = base.place
"""
).replace("HEAD_KEY", _luhn("siren_number * 10000 + 1", 13))

# One establishment a unit, two for nine units in twenty: 42 M for 29 M.
_SEATS = (
    "WITH "
    + _BASE
    + """,
seats AS (SELECT base.*, unnest(range(1, 2 + (i % 20 < 9)::INTEGER)) AS rank FROM base),
numbered AS (SELECT *, siren_number * 10000 + rank AS trunk FROM seats),
sited AS (SELECT *, trunk * 10 + TRUNK_KEY AS siret_number FROM numbered)
"""
).replace("TRUNK_KEY", _luhn("trunk", 13))

_ESTABLISHMENTS = (
    _SEATS
    + """
SELECT siren_number::VARCHAR AS siren, lpad((siret_number % 100000)::VARCHAR, 5, '0') AS nic,
    siret_number::VARCHAR AS siret,
    CASE WHEN mille < 30 THEN 'P' ELSE 'O' END AS statutDiffusionEtablissement,
    DATE '1975-01-01' + (percent * 180 + mille // 10)::INTEGER AS dateCreationEtablissement,
    CASE WHEN percent < 45 THEN b.code ELSE 'NN' END AS trancheEffectifsEtablissement,
    CASE WHEN b.code NOT IN ('NN') THEN 2023 END::BIGINT AS anneeEffectifsEtablissement,
    NULL::VARCHAR AS activitePrincipaleRegistreMetiersEtablissement,
    TIMESTAMP '2024-03-01' + INTERVAL (mille) HOUR AS dateDernierTraitementEtablissement,
    rank = 1 AS etablissementSiege, (1 + percent % 6)::BIGINT AS nombrePeriodesEtablissement,
    CASE WHEN percent < 10 THEN 'BATIMENT ' || (mille % 30) END AS complementAdresseEtablissement,
    (1 + hash(siret_number) % 180)::VARCHAR AS numeroVoieEtablissement,
    CASE WHEN percent < 4 THEN 'B' END AS indiceRepetitionEtablissement,
    NULL::VARCHAR AS dernierNumeroVoieEtablissement, NULL::VARCHAR AS indiceRepetitionDernierNumeroVoieEtablissement,
    list_extract(['RUE', 'AVENUE', 'CHEMIN', 'ROUTE', 'PLACE'], 1 + percent % 5) AS typeVoieEtablissement,
    'DE LA VOIE ' || (hash(siret_number) % 9000) AS libelleVoieEtablissement,
    p.postcode AS codePostalEtablissement, upper(p.nom) AS libelleCommuneEtablissement,
    NULL::VARCHAR AS libelleCommuneEtrangerEtablissement, NULL::VARCHAR AS distributionSpecialeEtablissement,
    p.code AS codeCommuneEtablissement,
    NULL::VARCHAR AS codeCedexEtablissement, NULL::VARCHAR AS libelleCedexEtablissement, NULL::VARCHAR AS codePaysEtrangerEtablissement,
    NULL::VARCHAR AS libellePaysEtrangerEtablissement, p.code || '_' || (hash(siret_number) % 9000) AS identifiantAdresseEtablissement,
    (600000 + hash(siret_number) % 400000)::VARCHAR AS coordonneeLambertAbscisseEtablissement,
    (6200000 + hash(siret_number) % 800000)::VARCHAR AS coordonneeLambertOrdonneeEtablissement,
    NULL::VARCHAR AS complementAdresse2Etablissement, NULL::VARCHAR AS numeroVoie2Etablissement, NULL::VARCHAR AS indiceRepetition2Etablissement,
    NULL::VARCHAR AS typeVoie2Etablissement, NULL::VARCHAR AS libelleVoie2Etablissement, NULL::VARCHAR AS codePostal2Etablissement,
    NULL::VARCHAR AS libelleCommune2Etablissement, NULL::VARCHAR AS libelleCommuneEtranger2Etablissement,
    NULL::VARCHAR AS distributionSpeciale2Etablissement, NULL::VARCHAR AS codeCommune2Etablissement, NULL::VARCHAR AS codeCedex2Etablissement,
    NULL::VARCHAR AS libelleCedex2Etablissement, NULL::VARCHAR AS codePaysEtranger2Etablissement, NULL::VARCHAR AS libellePaysEtranger2Etablissement,
    DATE '2008-01-01' + (mille * 5)::INTEGER AS dateDebut,
    CASE WHEN percent < 40 OR (rank = 1 AND percent < 45) THEN 'A' ELSE 'F' END AS etatAdministratifEtablissement,
    CASE WHEN percent < 15 THEN 'ENSEIGNE ' || (hash(siret_number) % 5000) END AS enseigne1Etablissement,
    NULL::VARCHAR AS enseigne2Etablissement, NULL::VARCHAR AS enseigne3Etablissement, NULL::VARCHAR AS denominationUsuelleEtablissement,
    a.code AS activitePrincipaleEtablissement, 'NAFRev2' AS nomenclatureActivitePrincipaleEtablissement,
    CASE WHEN percent < 12 THEN 'O' ELSE 'N' END AS caractereEmployeurEtablissement,
    CASE WHEN percent < 45 THEN a.code END AS activitePrincipaleNAF25Etablissement
FROM sited JOIN activities a ON a.number = sited.activity JOIN bands b ON b.number = sited.band
JOIN places p ON p.number = sited.place
"""
)

_POSITIONS = (
    _SEATS
    + """
SELECT siret_number::VARCHAR AS siret, (600000 + hash(siret_number) % 400000)::FLOAT AS x,
    (6200000 + hash(siret_number) % 800000)::FLOAT AS y,
    list_extract(['11', '11', '11', '12', '21', '22', '33'], 1 + percent % 7) AS qualite_xy, '2154' AS epsg,
    NULL::VARCHAR AS plg_qp24, p.code || '0101' AS plg_iris, NULL::VARCHAR AS plg_zus, NULL::VARCHAR AS plg_qp15, NULL::VARCHAR AS plg_qva, p.code AS plg_code_commune,
    NULL::FLOAT AS distance_precision, NULL::VARCHAR AS qualite_qp24, NULL::VARCHAR AS qualite_iris, NULL::VARCHAR AS qualite_zus, NULL::VARCHAR AS qualite_qp15, NULL::VARCHAR AS qualite_qva,
    (p.lat + (hash(siret_number) % 1000) / 50000.0)::FLOAT AS y_latitude,
    (p.lon + (hash(siret_number + 1) % 1000) / 50000.0)::FLOAT AS x_longitude
FROM sited JOIN places p ON p.number = sited.place
"""
)

# ESS France lists what the forms and the flags of the stock make of the social economy, and a little more.
_ESS_LIST = (
    "WITH "
    + _BASE
    + """
SELECT siren_number AS "SIREN", 'STRUCTURE ' || i AS "Nom ou raison sociale de l'entreprise",
    CASE WHEN f.code LIKE '9%' THEN 'Associations' ELSE 'Coopératives' END AS "Famille juridique de l'entreprise",
    p.postcode AS "Code postal", upper(p.nom) AS "Libellé de la commune de l'établissement"
FROM base JOIN forms f ON f.number = base.form JOIN places p ON p.number = base.place
WHERE (f.code IN ('9220', '9221', '9230') AND percent < 50) OR f.code IN ('5458', '5460', '6317') OR (f.code = '5710' AND mille < 2)
"""
)
