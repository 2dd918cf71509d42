from tests.warehouse.frames import framed

from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.geography import COMMUNES, FORMER_COMMUNES
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF
from essor.tables.staged import ESS_CLAIMS, SIRENE_UNITS, STATUS_CLAIMS
from essor.tables.statuses import STATUSES
from essor.warehouse import scrutiny
from essor.warehouse.anomalies import Problem
from essor.warehouse.luhn import is_acceptable_siren
from essor.warehouse.places import place_lookup
from essor.warehouse.questions import asked_at_once
from essor.warehouse.statuses import all_claims

SIREN, SIRET = "552100554", "55210055400013"
BAD_SIREN, BAD_SIRET = "552100555", "55210055400019"
METZ = {"code": "57463", "name": "Metz", "departement": "57"}
WOIPPY = {"code": "57001", "name": "Ancienne", "current": "57463"}
KNOWN_NAF = {"code": "25.62B", "section": "C", "label": "Usinage", "level": 5}
KNOWN_CATEGORY = {"code": "5710", "label": "SAS"}


def unit(siren=SIREN, **changes):
    return {"siren": siren, "legal_category": "5710", "naf": "25.62B"} | changes


def place(siret=SIRET, **changes):
    return {"siret": siret, "naf": "25.62B", "published_commune": "57463"} | changes


def seen(anomalies):
    return [(one.problem, one.column, one.value, one.rows, one.is_row_kept) for one in anomalies]


def of_units(*rows, categories=(KNOWN_CATEGORY,)):
    known = {
        "legal_categories": framed(LEGAL_CATEGORIES, *categories),
        "naf": framed(NAF, KNOWN_NAF),
    }
    return tuple(scrutiny.of_units(framed(SIRENE_UNITS, *rows), "units", known, asked_at_once)())


def of_establishments(*rows):
    lookup = place_lookup(framed(COMMUNES, METZ), framed(FORMER_COMMUNES, WOIPPY))
    table = framed(ESTABLISHMENTS, *rows)
    known = {"naf": framed(NAF, KNOWN_NAF)}
    return tuple(scrutiny.of_establishments(table, "places", known, lookup, asked_at_once)())


def judged(*sirens):
    units = framed(SIRENE_UNITS, *({"siren": siren} for siren in sirens))
    return units, is_acceptable_siren(units.siren, units.is_fictional)


def keys(*sirens):
    units, is_good = judged(*sirens)
    return seen(scrutiny.of_keys(units, "units", "siren", is_good))


def are_sound(*sirens):
    units, is_good = judged(*sirens)
    return scrutiny.are_keys_sound(units, "siren", is_good, asked_at_once)()


def of_claims(*rows):
    plain = {"siren": SIREN, "siret": SIRET, "kind": "ei"}
    claims = framed(STATUS_CLAIMS, *(plain | row for row in rows))
    return seen(scrutiny.of_claims(all_claims({"siae": claims}), asked_at_once)())


def test_nothing_is_said_of_a_good_unit():
    assert of_units(unit(staff_band="12"), unit("356000000", staff_band="NN")) == ()


def test_what_is_not_said_is_no_anomaly():
    assert of_units(unit(staff_band=None, legal_category=None, naf=None)) == ()


def test_a_siren_that_cannot_be_one_is_left_out():
    assert keys(BAD_SIREN) == [(Problem.BAD_LUHN, "siren", BAD_SIREN, 1, False)]


def test_rows_that_repeat_a_siren_are_left_out_but_the_first():
    repeated = (Problem.DUPLICATE_KEY, "siren", SIREN, 2, False)

    assert keys(SIREN, SIREN, SIREN, "356000000") == [repeated]


def test_keys_are_sound_when_each_can_be_one_and_is_alone():
    assert are_sound(SIREN, "356000000")
    assert are_sound()
    assert not are_sound(BAD_SIREN)
    assert not are_sound(SIREN, SIREN)


def test_unknown_codes_are_kept_and_counted_by_value():
    rows = [unit(staff_band="77"), unit("356000000", staff_band="77", naf="99.99Q")]

    assert seen(of_units(*rows)) == [
        (Problem.UNKNOWN_CODE, "trancheEffectifsUniteLegale", "77", 2, True),
        (Problem.UNKNOWN_CODE, "activitePrincipaleUniteLegale", "99.99Q", 1, True),
    ]


def test_without_a_nomenclature_no_code_is_unknown():
    assert of_units(unit(legal_category="9999"), categories=()) == ()


def test_nothing_is_said_of_a_good_establishment():
    assert of_establishments(place(), place("55210055400021", published_commune=None)) == ()


def test_the_establishments_are_looked_at_too():
    rows = [
        place("55210055400021", published_commune="99999", naf="99.99Q", staff_band="77"),
        place("55210055400039", published_commune="57001"),
        place("55210055400047", published_commune=None, country="99109"),
    ]

    assert sorted(seen(of_establishments(*rows))) == sorted(
        [
            (Problem.UNKNOWN_CODE, "trancheEffectifsEtablissement", "77", 1, True),
            (Problem.UNKNOWN_CODE, "activitePrincipaleEtablissement", "99.99Q", 1, True),
            (Problem.UNKNOWN_COMMUNE, "codeCommuneEtablissement", "99999", 1, True),
            (Problem.FORMER_CODE, "codeCommuneEtablissement", "57001", 1, True),
            (Problem.FOREIGN, "codePaysEtrangerEtablissement", "99109", 1, True),
        ]
    )


def test_a_status_of_a_bad_siren_is_left_out():
    bad = {"siren": BAD_SIREN, "siret": BAD_SIREN + "00013"}

    assert of_claims({}, bad) == [(Problem.BAD_LUHN, "siren", BAD_SIREN, 1, False)]


def test_a_status_of_a_good_siren_and_a_bad_siret_is_kept():
    assert of_claims({"siret": BAD_SIRET}) == [(Problem.BAD_LUHN, "siret", BAD_SIRET, 1, True)]


def test_the_status_of_a_whole_unit_has_no_siret_to_be_wrong():
    assert of_claims({"siret": ""}) == []


def test_each_source_answers_for_its_own_claims():
    bad = {"siren": BAD_SIREN, "siret": "", "kind": "esus"}
    claims = all_claims({"siae": framed(STATUS_CLAIMS, bad), "esus": framed(STATUS_CLAIMS, bad)})

    found = scrutiny.of_claims(claims, asked_at_once)()

    assert [one.source for one in found] == ["esus", "siae"]


def test_a_status_of_a_unit_that_is_not_there_is_an_orphan():
    statuses = framed(
        STATUSES,
        {"siren": SIREN, "source": "esat", "is_known_unit": True},
        {"siren": "356000000", "source": "esat", "is_known_unit": False},
    )

    found = scrutiny.of_statuses(statuses, asked_at_once)()

    assert seen(found) == [(Problem.ORPHAN, "siren", "356000000", 1, True)]


def test_a_list_answers_for_the_units_that_the_register_does_not_hold():
    lost = framed(ESS_CLAIMS, {"siren": "356000000"}, {"siren": BAD_SIREN})

    assert seen(scrutiny.of_list(lost, "ess_france", asked_at_once)()) == [
        (Problem.BAD_LUHN, "siren", BAD_SIREN, 1, False),
        (Problem.ORPHAN, "siren", "356000000", 1, False),
    ]
