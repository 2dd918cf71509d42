"""The fictional population says what the study says, counted in plain SQL on the shipped files."""

import duckdb
import pytest

from essor.demonstration import folder

MIDDLES = {
    "01": 1.5, "02": 4, "03": 7.5, "11": 14.5, "12": 34.5, "21": 74.5, "22": 149.5, "31": 224.5,
    "32": 374.5, "41": 749.5, "42": 1499.5, "51": 3499.5, "52": 7499.5, "53": 10000,
}  # fmt: skip

COOPERATIVES = """
    '5458','5558','5658','5460','5560','5660','5453','5553','5459','5559','6316','6317','6318','5432','6532'
"""
OTHER_FORMS = "'8210','8250','8290','6411','9220','9221','9222','9223','9230','9260','9300'"


@pytest.fixture(scope="module")
def files():
    connection = duckdb.connect()
    mirror = folder()
    for name, path in {
        "units": "sirene/StockUniteLegale_utf8.parquet",
        "establishments": "sirene/StockEtablissement_utf8.parquet",
    }.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{mirror / path}'")
    for name, path in {
        "listed": "ess/liste-ess-france-extrait.csv",
        "esus": "ess/esus_numerique_extrait.csv",
        "siae": "inclusion/siae_2020.csv",
        "adapted": "inclusion/entreprises_adaptees.csv",
        "esat": "finess/esat_2025.csv",
        "market": "inclusion/marche_inclusion.csv",
    }.items():
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_csv('{mirror / path}', all_varchar = true)"
        )
    middles = ", ".join(f"('{band}', {middle})" for band, middle in MIDDLES.items())
    connection.execute(f"CREATE VIEW middles AS SELECT * FROM (VALUES {middles}) AS m(band, jobs)")
    connection.execute(f"""
        CREATE TABLE industry AS
        WITH persons AS (
            SELECT *, categorieJuridiqueUniteLegale::VARCHAR AS form FROM units
            WHERE etatAdministratifUniteLegale = 'A'
              AND categorieJuridiqueUniteLegale >= 2000
              AND left(activitePrincipaleUniteLegale, 2)::INT BETWEEN 5 AND 39
        )
        SELECT siren, coalesce(jobs, 0) AS jobs,
            CASE
                WHEN form IN ({COOPERATIVES}) THEN 'cooperative'
                WHEN form IN ({OTHER_FORMS}) THEN 'other'
                WHEN form LIKE '5%' AND regexp_matches(
                    upper(denominationUniteLegale), '\\b(SCOP|SCIC|COOP[EÉ]RATIVE)\\b'
                ) THEN 'cooperative'
                WHEN form LIKE '5%' AND (
                    economieSocialeSolidaireUniteLegale = 'O'
                    OR siren IN (SELECT siren FROM listed) OR siren IN (SELECT siren FROM esus)
                ) THEN 'company'
            END AS family
        FROM persons LEFT JOIN middles ON band = trancheEffectifsUniteLegale
    """)
    return connection


@pytest.fixture(scope="module")
def industrial_offers(files):
    """Each establishment of the Marché, and whether the sectors it declares are industrial."""
    files.execute("""
        CREATE TABLE offers AS SELECT siret, kind,
            list_has_any(string_split(sector_groups, '|'), ['68', '80', '85'])
            OR (list_has_any(string_split(sector_groups, '|'), ['65', '54'])
                AND presta_types LIKE '%BUILD%') AS is_industrial
        FROM market
    """)
    return files


def one(connection, sql):
    return connection.execute(sql).fetchone()


def test_social_industry_has_1367_organisations_and_43000_jobs(files):
    count, jobs = one(files, "SELECT count(*), sum(jobs) FROM industry WHERE family IS NOT NULL")

    assert count == 1367
    assert jobs == pytest.approx(43_000, rel=0.01)


def test_industry_has_177800_legal_persons_and_the_social_economy_0_8_and_1_3_percent(files):
    persons, jobs, social_jobs = one(
        files, "SELECT count(*), sum(jobs), sum(jobs) FILTER (family IS NOT NULL) FROM industry"
    )

    assert persons == 177_800
    assert jobs == pytest.approx(3_300_000, rel=0.01)
    assert 1367 / persons == pytest.approx(0.008, abs=0.0005)
    assert float(social_jobs / jobs) == pytest.approx(0.013, abs=0.0005)


def test_cooperatives_are_two_thirds_of_structures_and_of_jobs(files):
    structures, jobs = one(
        files,
        """
        SELECT avg((family = 'cooperative')::INT),
               sum(jobs) FILTER (family = 'cooperative') / sum(jobs)
        FROM industry WHERE family IS NOT NULL
        """,
    )

    assert structures == pytest.approx(2 / 3, abs=0.01)
    assert jobs == pytest.approx(2 / 3, abs=0.01)


def test_some_cooperatives_in_sas_form_are_known_by_their_name_alone(files):
    (alone,) = one(
        files,
        """
        SELECT count(*) FROM industry JOIN units USING (siren)
        WHERE family = 'cooperative' AND categorieJuridiqueUniteLegale = 5710
          AND economieSocialeSolidaireUniteLegale IS NULL
          AND siren NOT IN (SELECT siren FROM listed) AND siren NOT IN (SELECT siren FROM esus)
        """,
    )

    assert 1 <= alone <= 14


@pytest.mark.parametrize(
    ("kinds", "share", "least", "most"),
    [
        (("EI", "ETTI"), 0.21, 1_700, 1_760),
        (("GEIQ",), 0.08, 215, 230),
        (("EA",), 0.5, 770, 800),
        (("ESAT",), 0.8, 1_500, 1_500),
    ],
)
def test_the_share_of_industrial_structures_is_the_study_s(
    industrial_offers, kinds, share, least, most
):
    count, industrial = industrial_offers.execute(
        "SELECT count(*), avg(is_industrial::INT) FROM offers WHERE list_contains(?, kind)",
        [list(kinds)],
    ).fetchone()

    assert least <= count <= most
    assert industrial == pytest.approx(share, abs=0.002)


def test_3_5_percent_of_esus_are_industrial_by_their_main_activity(files):
    count, share, of_the_social_industry = one(
        files,
        """
        SELECT
            count(*),
            avg((left(activitePrincipaleUniteLegale, 2)::INT BETWEEN 5 AND 39)::INT),
            count(*) FILTER (siren IN (SELECT siren FROM industry WHERE family IS NOT NULL))
        FROM esus JOIN units USING (siren)
        """,
    )

    assert count == 2914
    assert round(100 * share, 1) == 3.5
    assert of_the_social_industry == 101


def test_the_esus_list_declares_no_activity_as_the_official_one(files):
    columns = [name for name, *_ in files.execute("DESCRIBE esus").fetchall()]

    assert columns == ["siren", "denomination", "is_fictional"]


def test_geiq_of_industry_say_so_in_their_name(files):
    named, all_of_them = one(
        files,
        """
        SELECT count(*) FILTER (name LIKE 'GEIQ Industrie %'), count(*)
        FROM siae WHERE kind = 'GEIQ'
        """,
    )

    assert named / all_of_them == pytest.approx(0.08)


def test_industrial_esus_are_industrial_for_every_source_that_speaks_of_them(industrial_offers):
    (contradictions,) = one(
        industrial_offers,
        """
        SELECT count(*) FROM esus JOIN units USING (siren) JOIN offers ON left(siret, 9) = siren
        WHERE is_industrial <> (left(activitePrincipaleUniteLegale, 2)::INT BETWEEN 5 AND 39)
        """,
    )

    assert contradictions == 0


def test_industry_weighs_13_percent_of_the_jobs_of_establishments(files):
    (share,) = one(
        files,
        """
        SELECT sum(jobs) FILTER (left(activitePrincipaleEtablissement, 2)::INT BETWEEN 5 AND 39)
               / sum(jobs)
        FROM establishments JOIN middles ON band = trancheEffectifsEtablissement
        WHERE etatAdministratifEtablissement = 'A'
        """,
    )

    assert share == pytest.approx(0.13, abs=0.01)


def test_every_listed_structure_is_an_establishment_of_sirene(files):
    (orphans,) = one(
        files,
        """
        SELECT count(*) FROM (
            SELECT siret FROM siae UNION SELECT siret FROM adapted
            UNION SELECT siret FROM market UNION SELECT "ET-SIRET" FROM esat
        ) ANTI JOIN establishments USING (siret)
        """,
    )

    assert orphans == 0


def test_closed_unknown_natural_and_undiffused_units_are_there(files):
    closed, unknown, natural, undiffused = one(
        files,
        """
        SELECT count(*) FILTER (etatAdministratifUniteLegale = 'C'),
               count(*) FILTER (trancheEffectifsUniteLegale = 'NN'),
               count(*) FILTER (categorieJuridiqueUniteLegale = 1000),
               count(*) FILTER (statutDiffusionUniteLegale = 'P')
        FROM units
        """,
    )

    assert min(closed, unknown, natural, undiffused) > 5_000


def test_a_well_known_basin_has_its_speciality(files):
    oyonnax, france = one(
        files,
        """
        SELECT avg((left(activitePrincipaleEtablissement, 2) = '22')::INT)
                   FILTER (codeCommuneEtablissement = '01283'),
               avg((left(activitePrincipaleEtablissement, 2) = '22')::INT)
        FROM establishments
        WHERE left(activitePrincipaleEtablissement, 2)::INT BETWEEN 5 AND 39
        """,
    )

    assert oyonnax > 5 * france
