"""Estimate how far public contracts are won in each trade, from the award data of a mirror.

    python -m scripts.estimate_distance_decay MIRROR

writes `src/essor/matching/distance_decay.toml`. A contract counts when the place of its execution
is known to the commune (its commune or its postcode, else the commune that buys), and the commune
of its first winner too. Few contracts say little: the quantiles of a trade are drawn towards those
of all trades, as if fifty contracts of all trades were added to its own.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

TARGET = Path(__file__).parents[1] / "src" / "essor" / "matching" / "distance_decay.toml"
FEWEST, PRIOR = 30, 50
SHARES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05)

# Division of the NAF rév. 2, label, divisions of the CPV that it mostly answers (both official
# nomenclatures; the correspondence is ours, by reading their labels).
ANSWERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "01": ("Agriculture", ("03", "77")),
    "08": ("Minéraux, granulats", ("14", "44")),
    "10": ("Industries alimentaires", ("15", "55")),
    "13": ("Textile", ("19", "39")),
    "14": ("Habillement", ("18",)),
    "15": ("Cuir", ("18", "19")),
    "16": ("Bois", ("03", "44")),
    "17": ("Papier, carton", ("22", "30")),
    "18": ("Imprimerie", ("22", "79")),
    "20": ("Chimie", ("24",)),
    "21": ("Pharmacie", ("33",)),
    "22": ("Caoutchouc, plastiques", ("44", "19")),
    "23": ("Verre, béton, céramique", ("44",)),
    "24": ("Métallurgie", ("14", "44")),
    "25": ("Produits métalliques", ("44",)),
    "26": ("Électronique, informatique", ("30", "31", "32", "38", "48")),
    "27": ("Équipements électriques", ("31",)),
    "28": ("Machines", ("42", "43", "16")),
    "29": ("Automobile", ("34",)),
    "30": ("Autres matériels de transport", ("34",)),
    "31": ("Meubles", ("39",)),
    "32": ("Autres industries manufacturières", ("33", "37", "39")),
    "33": ("Réparation, installation de machines", ("50", "51")),
    "35": ("Énergie", ("09", "65")),
    "36": ("Eau", ("65", "41")),
    "37": ("Assainissement", ("90",)),
    "38": ("Déchets, récupération", ("90",)),
    "39": ("Dépollution", ("90",)),
    "41": ("Construction de bâtiments", ("45",)),
    "42": ("Génie civil", ("45",)),
    "43": ("Travaux spécialisés", ("45",)),
    "45": ("Commerce et réparation automobile", ("34", "50")),
    "46": ("Commerce de gros", ("30", "33", "39")),
    "49": ("Transports terrestres", ("60",)),
    "52": ("Entreposage, services de transport", ("63", "60")),
    "62": ("Services informatiques", ("72", "48")),
    "71": ("Ingénierie, contrôle", ("71",)),
    "78": ("Emploi", ("79", "75")),
    "81": ("Nettoyage, espaces verts", ("90", "77")),
    "82": ("Services de bureau, conditionnement", ("79",)),
    "95": ("Réparation de biens", ("50",)),
    "96": ("Blanchisserie, services personnels", ("98",)),
}

_FIELDS = {
    "2018-2019": ('"acheteur.id"', '"titulaire.id"', '"lieuExecution.typeCode"', '"lieuExecution.code"'),
    "2017-2020_10000": ('"acheteur.id"', '"titulaires.1.id"', '"lieuExecution.typeCode"', '"lieuExecution.code"'),
    "2024_travaux": ("acheteur_id", "titulaire_id", "NULL", "NULL"),
}  # fmt: skip

# A commune's SIREN is 21, its département, a zero, its number in the département, a check digit.
_DISTANCES = """
CREATE TABLE distances AS
WITH points AS (SELECT code, lon, lat, unnest(codes_postaux) AS postcode, population
                FROM read_parquet($communes) WHERE type = 'commune-actuelle' AND lon IS NOT NULL),
by_code AS (SELECT DISTINCT code, lon, lat FROM points),
by_postcode AS (SELECT postcode, arg_max(code, population) AS code FROM points GROUP BY postcode),
seats AS (SELECT siret, codeCommuneEtablissement AS commune FROM read_parquet($establishments)),
placed AS (
    SELECT DISTINCT contracts.* EXCLUDE (kind, place), winner.commune AS seller,
        CASE WHEN lower(kind) = 'code commune' AND place IN (SELECT code FROM by_code) THEN place
             WHEN lower(kind) = 'code postal' THEN by_postcode.code
             WHEN buyer LIKE '21%' AND substr(buyer, 5, 1) = '0'
                 THEN substr(buyer, 3, 2) || substr(buyer, 6, 3)
             WHEN kind IS NULL THEN office.commune END AS site
    FROM contracts JOIN seats AS winner ON winner.siret = seller_siret
    LEFT JOIN seats AS office ON office.siret = buyer
    LEFT JOIN by_postcode ON by_postcode.postcode = place)
SELECT cpv, 2 * 6371.0088 * asin(least(1, sqrt(
        sin(radians(s.lat - b.lat) / 2) ** 2
        + cos(radians(s.lat)) * cos(radians(b.lat)) * sin(radians(s.lon - b.lon) / 2) ** 2))) AS km
FROM placed JOIN by_code AS b ON b.code = site JOIN by_code AS s ON s.code = seller
WHERE (substr(site, 1, 2) = '97') = (substr(seller, 1, 2) = '97')
"""

_QUANTILES = (
    "SELECT count(*), quantile_cont(km, $parts) FROM distances WHERE cpv IN (SELECT unnest($cpv))"
)


def main(mirror: Path) -> None:
    """Write the table of the curves from the award data found under `mirror`."""
    with duckdb.connect() as connection:
        _read(connection, mirror)
        found = {division: _curve(connection, cpv) for division, (_, cpv) in ANSWERS.items()}
        every = connection.execute("SELECT list(DISTINCT cpv) FROM distances").fetchall()[0][0]
        overall = _curve(connection, every)
    TARGET.write_text(_written(overall, found), encoding="utf-8")


Curve = tuple[int, Sequence[float]]


def _read(connection: duckdb.DuckDBPyConnection, mirror: Path) -> None:
    parts = " UNION ALL BY NAME ".join(
        f"SELECT {buyer} AS buyer, {seller} AS seller_siret, {kind} AS kind, {place} AS place, "
        f"id, substr(codeCPV, 1, 2) AS cpv "
        f"FROM read_csv('{mirror}/decp/decp_{name}.csv.gz', all_varchar = true)"
        for name, (buyer, seller, kind, place) in _FIELDS.items()
    )
    connection.execute(f"CREATE VIEW contracts AS {parts}")
    connection.execute(
        _DISTANCES,
        {
            "communes": str(mirror / "territoires" / "communes.parquet"),
            "establishments": str(mirror / "sirene" / "StockEtablissement_utf8.parquet"),
        },
    )


def _curve(connection: duckdb.DuckDBPyConnection, cpv: Sequence[str]) -> Curve:
    rows = connection.execute(
        _QUANTILES, {"parts": [round(1 - share, 2) for share in SHARES], "cpv": list(cpv)}
    ).fetchall()
    contracts, distances = rows[0]
    return contracts, distances or ()


def _written(overall: Curve, found: Mapping[str, Curve]) -> str:
    lines = [
        "# How far public contracts are won in each trade: written by scripts/estimate_distance_decay.py.",
        "# `shares[i]` of the contracts are won from farther than `distances_km[i]`, crow flies,",
        "# from the commune of the work to that of the first winner.",
        'source = "Données essentielles de la commande publique (DECP), extraits 2017-2020 et 2024 ; Insee, Sirene"',
        'publisher = "Ministère de l’Économie ; Insee"',
        'licence = "Licence Ouverte 2.0"',
        f"estimated_on = {date.today():%Y-%m-%d}",
        f"prior_contracts = {PRIOR}",
        f"shares = {list(SHARES)}",
        *_entry("all", "Tous métiers", (), overall, overall),
    ]
    for division, (label, cpv) in ANSWERS.items():
        if found[division][0] >= FEWEST:
            lines += _entry(division, label, cpv, found[division], overall)
    return "\n".join(lines) + "\n"


def _entry(
    division: str, label: str, cpv: Sequence[str], curve: Curve, overall: Curve
) -> list[str]:
    contracts, own = curve
    weight = contracts / (contracts + PRIOR)
    drawn = [
        round(weight * mine + (1 - weight) * theirs, 1)
        for mine, theirs in zip(own, overall[1], strict=True)
    ]
    return [
        "",
        f"[naf.{division}]",
        f'label = "{label}"',
        f"cpv = {list(cpv)}".replace("'", '"'),
        f"contracts = {contracts}",
        f"distances_km = {drawn}",
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
