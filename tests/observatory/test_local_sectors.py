import pytest
from tests.observatory.small_release import small_release

from essor.observatory.indicators import specialise
from essor.observatory.interval import Interval
from essor.observatory.local_sectors import Choice, Sector, read_local_sectors
from essor.territory.level import Level

NAF = [
    {"code": "C", "level": 1, "section": "C", "label": "Industrie manufacturière"},
    {"code": "31", "level": 2, "section": "C", "label": "Fabrication de meubles"},
    {"code": "32", "level": 2, "section": "C", "label": "Autres industries"},
    {"code": "47", "level": 2, "section": "G", "label": "Commerce de détail"},
]
COMMUNES = [
    {"code": "01001", "name": "Un", "epci": "200000001", "departement": "01", "region": "84"},
    {"code": "01002", "name": "Deux", "epci": "200000001", "departement": "01", "region": "84"},
    {"code": "02001", "name": "Trois", "epci": "200000002", "departement": "02", "region": "32"},
    {"code": "69123", "name": "Lyon", "departement": "69", "region": "84"},
    {"code": "69381", "name": "Lyon 1er", "parent": "69123", "departement": "69", "region": "84"},
]
TERRITORIES = [
    {"level": "epci", "code": "200000001", "name": "CC des Deux"},
    {"level": "epci", "code": "200000002", "name": "CC de Trois"},
]


def employed(commune, division, mid, establishments=5):
    return {
        "commune": commune,
        "division": division,
        "establishments": establishments,
        "staff_lower": int(mid) - 5,
        "staff_mid": mid,
        "staff_upper": int(mid) + 5,
    }


EMPLOYMENT = [
    employed("01001", "31", 60.0),
    employed("01002", "31", 40.0),
    employed("01001", "47", 100.0),
    employed("02001", "32", 100.0),
    employed("02001", "47", 300.0),
    employed("69381", "47", 50.0),
    employed("", "31", 10.0),
    employed("02001", "", 999.0),
]


def fabric(**more):
    return small_release(
        naf=NAF, communes=COMMUNES, territories=TERRITORIES, employment=EMPLOYMENT, **more
    )


def test_jobs_of_communes_add_up_in_their_epci():
    sectors = read_local_sectors(fabric(), Level.EPCI, choice=Choice(territory="200000001"))

    assert [(c.name, c.label, c.establishments, c.jobs) for c in sectors] == [
        ("CC des Deux", "Fabrication de meubles", 10, Interval(90, 100.0, 110)),
        ("CC des Deux", "Commerce de détail", 5, Interval(95, 100.0, 105)),
    ]


def test_totals_count_the_jobs_of_unknown_commune_and_not_those_of_unknown_activity():
    sectors = read_local_sectors(fabric(), Level.EPCI, choice=Choice(("31",)))

    assert [(c.territory_jobs, c.sector_jobs, c.total_jobs) for c in sectors] == [
        (200.0, 110.0, 660.0)
    ]


def test_an_arrondissement_counts_in_its_commune():
    sectors = read_local_sectors(fabric(), Level.COMMUNE, choice=Choice(territory="69123"))

    assert [(c.territory, c.jobs.value) for c in sectors] == [("69123", 50.0)]


def test_an_arrondissement_may_be_asked_for_itself():
    sectors = read_local_sectors(fabric(), Level.COMMUNE, choice=Choice(territory="69381"))

    assert [(c.territory, c.jobs.value) for c in sectors] == [("69381", 50.0)]


def test_sections_gather_their_divisions():
    sectors = read_local_sectors(fabric(), Level.FRANCE, Sector.SECTION)

    assert [(c.sector, c.jobs.value) for c in sectors] == [("C", 200.0), ("G", 450.0)]


@pytest.mark.parametrize("level", list(Level))
def test_every_level_holds_the_same_jobs_in_a_sector_as_its_territories(level):
    sectors = read_local_sectors(fabric(), level)

    assert all(
        0 < sector.jobs.value <= sector.sector_jobs <= sector.total_jobs for sector in sectors
    )


def test_small_sectors_may_be_left_out():
    sectors = read_local_sectors(fabric(), Level.EPCI, choice=Choice(least_jobs=200))

    assert [(c.territory, c.sector) for c in sectors] == [("200000002", "47")]


def test_ess_jobs_are_those_of_open_establishments_of_active_ess_organisations():
    units = [
        {"siren": "1", "is_active": True, "ess_family": "cooperative"},
        {"siren": "2", "is_active": False, "ess_family": "cooperative"},
        {"siren": "3", "is_active": True},
    ]
    place = {"naf": "31.01Z", "commune": "01001", "staff_lower": 20, "staff_upper": 49}
    places = [
        place | {"siret": "1a", "siren": "1", "is_active": True, "staff_mid": 34.5},
        place | {"siret": "1b", "siren": "1", "is_active": False, "staff_mid": 34.5},
        place | {"siret": "2a", "siren": "2", "is_active": True, "staff_mid": 34.5},
        place
        | {"siret": "3a", "siren": "3", "is_active": True, "staff_mid": 55.0, "staff_upper": 60},
    ]

    (sector,) = read_local_sectors(
        fabric(organisations=units, establishments=places), Level.EPCI, choice=Choice(("31",))
    )

    assert (sector.ess_establishments, sector.ess_jobs) == (1, Interval(20, 34.5, 49))
    assert (sector.largest, sector.ess_largest) == (60.0, 49.0)


def test_staff_of_the_open_band_counts_its_lower_bound_as_its_upper():
    units = [{"siren": "1", "is_active": True, "ess_family": "mutuelle"}]
    giant = {
        "siret": "1a",
        "siren": "1",
        "naf": "31.01Z",
        "commune": "01001",
        "is_active": True,
        "staff_lower": 10_000,
        "staff_mid": 10_000.0,
    }

    (sector,) = read_local_sectors(
        fabric(organisations=units, establishments=[giant]), Level.EPCI, choice=Choice(("31",))
    )

    assert sector.ess_jobs == Interval(10_000, 10_000.0, 10_000)


def test_the_quotient_of_the_query_is_that_of_plain_sql():
    connection = fabric()

    readings = {c.territory: specialise(c) for c in read_local_sectors(connection, Level.EPCI)}

    expected = connection.execute("""
        SELECT (100.0 / 200) / (
            (SELECT sum(staff_mid) FROM employment WHERE division = '31')
            / (SELECT sum(staff_mid) FROM employment WHERE division <> ''))
    """).fetchone()[0]
    first = specialise(read_local_sectors(connection, Level.EPCI, choice=Choice(("31",)))[0])
    assert first is not None
    assert first.quotient == pytest.approx(expected)
    assert set(readings) == {"200000001", "200000002"}
