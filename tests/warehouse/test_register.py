"""One small register, built once from rows that hold every case; then each test looks at one of them."""

from datetime import date

import pytest
from tests.small_mirror import (
    AJACCIO,
    LOMME,
    METZ,
    PAPEETE,
    PLACES,
    POSITIONS,
    SAINT_DENIS,
    UNITS,
    place,
    register,
    siren,
    siret,
    unit,
)

FACTORY, CLOSED, SHOP, PERSON, MASKED, TWICE, STRANGE, WIDE, ABROAD, REMOTE = map(
    siren, range(1, 11)
)
ASSOCIATION, SCOP, NAMED, ESUS, UNION, HOLDING, SEATLESS, LA_POSTE = (
    *map(siren, range(11, 18)),
    "356000000",
)
BAD_LUHN = "000000017"
POST_OFFICE = "35600000049837"
PLAIN_SHOP, NOWHERE = siren(98), siren(99)

STOCK = [
    unit(FACTORY, nicSiege=None),
    unit(CLOSED, etatAdministratif="C"),
    unit(SHOP, activitePrincipale="47.11B"),
    unit(PLAIN_SHOP, activitePrincipale="47.11B"),
    unit(PERSON, categorieJuridique=1000, denomination="CAMILLE UNTEL", trancheEffectifs="01"),
    unit(MASKED, statutDiffusion="P"),
    unit(TWICE, etatAdministratif="C"),
    unit(TWICE, denomination="DEUX FOIS"),
    unit(STRANGE, trancheEffectifs="77", categorieJuridique=5999, activitePrincipale="25.99X"),
    unit(WIDE),
    unit(ABROAD),
    unit(REMOTE),
    unit(BAD_LUHN),
    unit(ASSOCIATION, categorieJuridique=9220, activitePrincipale="88.10C"),
    unit(SCOP, economieSocialeSolidaire="N"),
    unit(NAMED, denomination="SCIC DU NORD"),
    unit(ESUS, activitePrincipale="62.01Z"),
    unit(UNION, categorieJuridique=8410, activitePrincipale="94.20Z"),
    unit(HOLDING, categorieJuridique=8410, activitePrincipale="94.20Z"),
    unit(SEATLESS),
    unit(LA_POSTE, activitePrincipale="53.10Z", economieSocialeSolidaire="O", nicSiege=None),
]
WORKPLACES = [
    place(FACTORY),
    place(FACTORY, 2, codeCommune=LOMME, trancheEffectifs="01"),
    place(FACTORY, 3, etatAdministratif="F", trancheEffectifs="53"),
    place(CLOSED, etatAdministratif="F"),
    place(SHOP, activitePrincipale="47.11B", trancheEffectifs="02"),
    place(PLAIN_SHOP, activitePrincipale="47.11B", codeCommune=AJACCIO),
    place(PERSON, trancheEffectifs="01"),
    place(MASKED, statutDiffusion="P"),
    place(TWICE, libelleVoie="ANCIENNE", etatAdministratif="F"),
    place(TWICE, libelleVoie="NOUVELLE"),
    place(STRANGE, trancheEffectifs="88", codeCommune="99999"),
    place(WIDE, codeCommune=AJACCIO),
    place(WIDE, 2, codeCommune=SAINT_DENIS),
    place(WIDE, 3, codeCommune=PAPEETE),
    place(ABROAD, codeCommune=None, codePaysEtranger="99109", libelleCommuneEtranger="TRIER"),
    place(REMOTE, etablissementSiege=None),
    place(BAD_LUHN) | {"siret": BAD_LUHN + "00010"},
    place(SCOP),
    place(SCOP, 2) | {"siret": SCOP + "00029"},
    place(SEATLESS, 1, etablissementSiege=False),
    place(SEATLESS, 2),
    place(LA_POSTE) | {"siret": POST_OFFICE},
]
ROWS = {
    UNITS: STOCK,
    PLACES: WORKPLACES,
    POSITIONS: [
        {"siret": siret(FACTORY), "qualite_xy": "11", "x_longitude": 6.1, "y_latitude": 49.2},
        {"siret": siret(MASKED), "qualite_xy": "11", "x_longitude": 6.1, "y_latitude": 49.2},
    ],
    "scop": [{"siren": SCOP, "nom": "ACME"}],
    "esus": [
        {"siren": ESUS, "denomination": "ACME", "debut_agrement": "2022-05-01"},
        {"siren": "", "denomination": "SANS NUMERO"},
    ],
    "ess_france": [
        {"SIREN": UNION},
        {"SIREN": ASSOCIATION},
        {"SIREN": "000000011"},
    ],
    "siae": [
        {"siret": siret(FACTORY), "kind": "EI", "name": "ACME INSERTION", "naf": "2562B"},
        {"siret": siret(SHOP), "kind": "ACI", "name": "CHANTIER", "naf": "8899B"},
        {"siret": siret(SHOP), "kind": "ACI", "name": "CHANTIER", "naf": "8899B"},
        {"siret": siret(NOWHERE), "kind": "AI", "name": "INCONNUE"},
        {"siret": "12345678900011", "kind": "AI", "name": "SIREN FAUX"},
        {"siret": HOLDING + "00018", "kind": "AI", "name": "SIRET FAUX"},
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return register(tmp_path_factory.mktemp("register"), **ROWS)


def family(small, number):
    row = small.organisation(number)
    return row["ess_family"], row["ess_basis"]


def test_every_organisation_is_there_once(small):
    numbers = [row["siren"] for row in small.rows("organisations")]

    assert sorted(numbers) == sorted(
        {FACTORY, CLOSED, SHOP, MASKED, TWICE, STRANGE, WIDE, ABROAD, REMOTE, ASSOCIATION}
        | {SCOP, NAMED, ESUS, HOLDING, SEATLESS, LA_POSTE}
    )


def test_a_natural_person_is_never_in_the_register_but_counts_in_industry(small):
    (cell,) = [row for row in small.rows("industrial_units") if row["is_natural_person"]]

    assert (cell["commune"], cell["division"], cell["units"]) == (METZ, "25", 1)
    for table in ("organisations", "establishments", "statuses", "anomalies"):
        assert "UNTEL" not in str(small.rows(table))
        assert PERSON not in str(small.rows(table))


def test_a_siren_that_fails_its_key_is_left_out_and_counted(small):
    assert (UNITS, "siren", BAD_LUHN, 1, False) in small.anomalies("bad_luhn")


def test_a_siren_that_is_twice_in_the_stock_is_kept_once_and_counted(small):
    row = small.organisation(TWICE)

    assert (row["name"], row["is_active"]) == ("DEUX FOIS", True)
    assert (UNITS, "siren", TWICE, 1, False) in small.anomalies("duplicate_key")


def test_a_siret_that_is_twice_in_the_stock_is_kept_once_and_counted(small):
    row = small.establishment(siret(TWICE))

    assert row["address"] == "3 RUE NOUVELLE"
    assert (PLACES, "siret", siret(TWICE), 1, False) in small.anomalies("duplicate_key")


def test_a_siret_that_fails_its_key_is_left_out_and_counted(small):
    numbers = [row["siret"] for row in small.rows("establishments")]

    assert SCOP + "00029" not in numbers
    assert (PLACES, "siret", SCOP + "00029", 1, False) in small.anomalies("bad_luhn")


def test_the_post_offices_follow_their_own_rule(small):
    assert small.organisation(LA_POSTE)["head_office"] == POST_OFFICE
    assert POST_OFFICE not in str(small.rows("anomalies"))


def test_an_unknown_staff_band_is_kept_and_counted(small):
    row = small.organisation(STRANGE)

    assert (row["staff_band"], row["staff_lower"], row["staff_upper"]) == ("77", None, None)
    unknown = small.anomalies("unknown_code")
    assert (UNITS, "trancheEffectifsUniteLegale", "77", 1, True) in unknown
    assert (PLACES, "trancheEffectifsEtablissement", "88", 1, True) in unknown


def test_an_unknown_legal_category_is_kept_and_counted(small):
    unknown = small.anomalies("unknown_code")

    assert small.organisation(STRANGE)["legal_category"] == "5999"
    assert (UNITS, "categorieJuridiqueUniteLegale", "5999", 1, True) in unknown


def test_an_unknown_activity_is_kept_and_counted(small):
    unknown = small.anomalies("unknown_code")

    assert small.organisation(STRANGE)["naf"] == "25.99X"
    assert (UNITS, "activitePrincipaleUniteLegale", "25.99X", 1, True) in unknown


def test_an_unknown_commune_is_kept_without_a_place_and_counted(small):
    row = small.establishment(siret(STRANGE))

    assert (row["commune"], row["departement"], row["lon"]) == (None, None, None)
    unknown = small.anomalies("unknown_commune")
    assert unknown == [(PLACES, "codeCommuneEtablissement", "99999", 1, True)]


def test_a_former_commune_becomes_the_one_that_replaces_it_and_is_counted(small):
    row = small.establishment(siret(FACTORY, 2))

    assert (row["commune"], row["epci"], row["region"]) == ("59350", "200093201", "32")
    assert small.anomalies("former_code") == [(PLACES, "codeCommuneEtablissement", LOMME, 1, True)]


def test_corsica_is_in_its_departement(small):
    row = small.organisation(WIDE)

    assert (row["commune"], row["departement"], row["region"]) == (AJACCIO, "2A", "94")


def test_overseas_is_in_its_departement_and_region(small):
    row = small.establishment(siret(WIDE, 2))

    assert (row["commune"], row["departement"], row["region"]) == (SAINT_DENIS, "974", "04")


def test_a_collectivite_has_a_departement_and_no_region(small):
    row = small.establishment(siret(WIDE, 3))

    assert (row["commune"], row["departement"], row["region"]) == (PAPEETE, "987", None)


def test_an_establishment_abroad_is_kept_without_a_commune_and_counted(small):
    row = small.establishment(siret(ABROAD))

    assert (row["commune"], row["country"]) == (None, "99109")
    assert small.organisation(ABROAD)["commune"] is None
    assert small.anomalies("foreign") == [
        (PLACES, "codePaysEtrangerEtablissement", "99109", 1, True)
    ]


def test_a_partly_diffused_unit_has_no_name_and_only_the_point_of_its_commune(small):
    unit_row, place_row = small.organisation(MASKED), small.establishment(siret(MASKED))

    assert (unit_row["name"], unit_row["is_partly_diffused"]) == (None, True)
    assert (place_row["address"], place_row["postcode"]) == (None, None)
    assert (place_row["lon"], place_row["position_basis"]) == (6.19, "commune")


def test_an_establishment_is_where_insee_puts_it(small):
    row = small.establishment(siret(FACTORY))

    assert (row["lon"], row["lat"], row["position_basis"]) == (6.1, 49.2, "address")
    assert (row["territoire_industrie"], row["zone_emploi"]) == ("ti-1", "4405")


def test_a_closed_unit_stays_in_the_register_and_counts_nowhere(small):
    row = small.organisation(CLOSED)
    industry = small.rows("industrial_units")

    assert (row["is_active"], row["head_office"]) == (False, siret(CLOSED))
    open_factories = [
        row for row in small.rows("organisations") if row["is_active"] and row["is_industrial_p1"]
    ]
    persons = sum(row["units"] for row in industry if not row["is_natural_person"])
    assert persons == len(open_factories)


@pytest.mark.parametrize(
    ("owner", "seat"),
    [
        (WIDE, siret(WIDE)),
        (FACTORY, siret(FACTORY)),
        (REMOTE, siret(REMOTE)),
        (SEATLESS, siret(SEATLESS)),
        (NAMED, None),
    ],
    ids=["named by the unit", "flagged", "the only one", "named, not flagged", "no establishment"],
)
def test_the_head_office_is_found(small, owner, seat):
    assert small.organisation(owner)["head_office"] == seat


def test_an_enterprise_has_every_one_of_its_establishments(small):
    owned = [row for row in small.rows("establishments") if row["siren"] == FACTORY]

    assert [(row["siret"], row["is_active"]) for row in owned] == [
        (siret(FACTORY, 1), True),
        (siret(FACTORY, 2), True),
        (siret(FACTORY, 3), False),
    ]


def test_a_shop_without_a_status_is_not_in_the_register_but_counts_in_employment(small):
    employment = {(row["commune"], row["division"]) for row in small.rows("employment")}

    assert PLAIN_SHOP not in {row["siren"] for row in small.rows("establishments")}
    assert (AJACCIO, "47") in employment


def test_employment_counts_every_open_employer_of_the_whole_economy(small):
    cells = {(row["commune"], row["division"]): row for row in small.rows("employment")}

    assert cells[METZ, "47"]["staff_mid"] == 4
    assert cells["59350", "25"]["establishments"] == 1
    assert cells["", "25"]["establishments"] == 1
    assert max(row["staff_upper"] for row in cells.values()) < 10_000


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (ASSOCIATION, ("association", "code")),
        (SCOP, ("cooperative", "list")),
        (NAMED, ("cooperative", "name")),
        (ESUS, ("societe_commerciale", "list")),
        (LA_POSTE, ("societe_commerciale", "flag")),
        (FACTORY, (None, None)),
        (HOLDING, (None, None)),
    ],
)
def test_each_family_rests_on_its_strongest_ground(small, number, expected):
    assert family(small, number) == expected


def test_statuses_are_dated_facts_with_a_source(small):
    (row,) = [row for row in small.rows("statuses") if row["siren"] == ESUS]

    assert (row["kind"], row["source"], row["siret"]) == ("esus", "esus", "")
    assert row["valid_from"] == date(2022, 5, 1)
    assert row["is_known_unit"] is True


def test_a_status_that_is_listed_twice_is_one_fact(small):
    assert len([row for row in small.rows("statuses") if row["siren"] == SHOP]) == 1


def test_the_declared_activity_of_a_structure_is_that_of_its_unit(small):
    industrial, other = small.organisation(FACTORY), small.organisation(SHOP)

    assert (industrial["is_industrial_p2"], industrial["p2_basis"]) == (True, "convention_naf")
    assert (other["is_industrial_p2"], other["is_industrial_p1"]) == (None, False)


def test_a_unit_without_a_status_has_no_declared_activity(small):
    assert small.organisation(CLOSED)["is_industrial_p2"] is None


def test_a_status_of_an_unknown_unit_is_kept_and_counted(small):
    (row,) = [row for row in small.rows("statuses") if row["siren"] == NOWHERE]

    assert row["is_known_unit"] is False
    assert ("siae", "siren", NOWHERE, 1, True) in small.anomalies("orphan")


def test_a_status_whose_siren_cannot_be_one_is_left_out_and_counted(small):
    assert "123456789" not in {row["siren"] for row in small.rows("statuses")}
    assert ("siae", "siren", "123456789", 1, False) in small.anomalies("bad_luhn")


def test_a_status_whose_siret_cannot_be_one_stays_with_its_unit_and_is_counted(small):
    (row,) = [row for row in small.rows("statuses") if row["siren"] == HOLDING]

    assert (row["siret"], row["is_known_unit"]) == ("", True)
    assert ("siae", "siret", HOLDING + "00018", 1, True) in small.anomalies("bad_luhn")


def test_a_line_that_a_source_leaves_out_is_counted(small):
    assert ("esus", "", "", 1, False) in small.anomalies("orphan")


def test_a_listed_unit_that_the_register_does_not_hold_is_counted(small):
    assert ("ess_france", "siren", UNION, 1, False) in small.anomalies("orphan")
    assert ("ess_france", "siren", "000000011", 1, False) in small.anomalies("bad_luhn")


def test_every_organisation_is_in_one_territory_of_each_level(small):
    territories = {(row["level"], row["code"]) for row in small.rows("territories")}
    levels = ("commune", "epci", "departement", "region", "territoire_industrie", "zone_emploi")

    missing = [
        (row["siren"], level)
        for row in small.rows("organisations")
        for level in levels
        if row[level] is not None and (level, row[level]) not in territories
    ]

    assert missing == []


def test_the_communes_of_the_departements_sum_to_france(small):
    rows = small.rows("territories")
    whole = next(row for row in rows if row["level"] == "france")

    for level in ("commune", "departement"):
        parts = [row for row in rows if row["level"] == level]
        assert sum(row["population"] for row in parts) == whole["population"]
        assert sum(row["communes"] for row in parts) == whole["communes"]
