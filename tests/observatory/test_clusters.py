import pytest
from tests.observatory.small_release import small_release

from essor.observatory.clusters import codes_within, detect
from essor.territory.level import Level
from essor.territory.territories import territory_at

NAF = [
    {"code": "31", "level": 2, "section": "C", "label": "Fabrication de meubles"},
    {"code": "47", "level": 2, "section": "G", "label": "Commerce de détail"},
]


def commune(code, epci):
    return {
        "code": code,
        "name": f"Commune {code}",
        "epci": epci,
        "departement": "01",
        "region": "84",
        "zone_emploi": "8401",
    }


def employed(commune, division, mid, establishments=10):
    return {
        "commune": commune,
        "division": division,
        "establishments": establishments,
        "staff_lower": int(mid) - 50,
        "staff_mid": mid,
        "staff_upper": int(mid) + 50,
    }


# A and B touch and live by furniture; C touches nobody and does too; D is the rest of the country.
COMMUNES = [commune("A", "1"), commune("B", "2"), commune("C", "3"), commune("D", "4")]
TERRITORIES = [
    *({"level": "epci", "code": code, "name": f"CC {code}"} for code in ("1", "2", "3", "4")),
    {"level": "commune", "code": "B", "name": "Commune B"},
]
NEIGHBOURS = [{"commune": "A", "neighbour": "B"}, {"commune": "B", "neighbour": "A"}]
EMPLOYMENT = [
    employed("A", "31", 500.0),
    employed("A", "47", 500.0),
    employed("B", "31", 300.0),
    employed("B", "47", 700.0),
    employed("C", "31", 400.0),
    employed("C", "47", 600.0),
    employed("D", "31", 100.0),
    employed("D", "47", 20_000.0),
]


def fabric(employment=EMPLOYMENT, **more):
    return small_release(
        naf=NAF,
        communes=COMMUNES,
        territories=TERRITORIES,
        neighbours=NEIGHBOURS,
        employment=employment,
        **more,
    )


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI])
def test_neighbours_specialised_in_the_same_industry_are_one_cluster(level):
    detection = detect(fabric(), level)

    assert [(c.division, len(c.members), c.staff.value) for c in detection.clusters] == [
        ("31", 2, 800.0),
        ("31", 1, 400.0),
    ]


def test_a_cluster_sums_its_bounds_and_its_establishments():
    cluster = detect(fabric(), Level.EPCI).clusters[0]

    assert (cluster.staff.lower, cluster.staff.upper, cluster.establishments) == (700, 900, 20)
    assert cluster.name == "CC 1 et 1\xa0voisine"


def test_a_cluster_says_why_it_is_one():
    cluster = detect(fabric(), Level.EPCI).clusters[0]

    assert cluster.because.replace("\u202f", " ").replace("\xa0", " ") == (
        "Dans ces 2 territoires voisins, cette activité occupe 40,0 % des salariés, contre "
        "5,6 % en France : 6,6 fois la part nationale, une fois corrigé l’effet des petits "
        "nombres. Elle compte 20 établissements employeurs et environ 800 salariés (entre 700 "
        "et 900)."
    )


def test_broad_levels_are_not_merged_into_one_another():
    detection = detect(fabric(), Level.ZONE_EMPLOI)

    assert detection.clusters == ()


def test_only_industry_makes_an_industrial_cluster():
    detection = detect(fabric(), Level.EPCI)

    assert {cluster.division for cluster in detection.clusters} == {"31"}


def test_a_few_jobs_make_no_cluster_even_where_nothing_else_employs():
    lonely = [*EMPLOYMENT[:4], employed("C", "31", 49.0), *EMPLOYMENT[6:]]

    detection = detect(fabric(lonely), Level.EPCI)

    assert [cluster.members[0].code for cluster in detection.clusters] == ["1"]


def test_a_cluster_that_one_employer_dominates_is_kept_from_view():
    units = [{"siren": "9", "is_active": True}]
    giant = {
        "siret": "9a",
        "siren": "9",
        "naf": "31.01Z",
        "commune": "C",
        "is_active": True,
        "staff_upper": 390,
    }

    detection = detect(fabric(organisations=units, establishments=[giant]), Level.EPCI)

    assert [cluster.members[0].code for cluster in detection.clusters] == ["1"]
    assert detection.hidden == 1


def test_organisations_of_the_social_economy_are_named_unless_partly_diffused():
    units = [
        {"siren": "1", "name": "Scop du Meuble", "is_active": True, "ess_family": "cooperative"},
        {
            "siren": "2",
            "name": "Discrète",
            "is_active": True,
            "ess_family": "association",
            "is_partly_diffused": True,
        },
        {"siren": "3", "name": "Meubles SA", "is_active": True},
    ]
    places = [
        {
            "siret": f"{siren}a",
            "siren": siren,
            "naf": "31.01Z",
            "commune": "B",
            "is_active": True,
            "staff_mid": mid,
        }
        for siren, mid in (("1", 34.5), ("2", 14.5), ("3", 74.5))
    ]

    cluster = detect(fabric(organisations=units, establishments=places), Level.EPCI).clusters[0]

    assert [(member.siren, member.name) for member in cluster.ess] == [
        ("1", "Scop du Meuble"),
        ("2", None),
    ]


def test_a_territory_sees_the_clusters_it_belongs_to_whole():
    connection = fabric()

    within = codes_within(connection, Level.EPCI, territory_at(connection, Level.COMMUNE, "B"))
    detection = detect(connection, Level.EPCI, within)

    assert within == {"2"}
    assert [[member.code for member in c.members] for c in detection.clusters] == [["1", "2"]]
