from datetime import date, timedelta

import pytest
from tests.observatory.small_release import small_release

from essor.errors import UnknownOrganisationError
from essor.rules.established import Attested, Listing, Unit, established, facts_of
from essor.rules.facts import evidence_of
from essor.rules.structures import absence

DAY = date(2026, 1, 15)
LATELY = date(2025, 6, 30)
LONG_AGO = date(2020, 12, 18)
SIREN = "732829320"
NO_FORM = Unit(None, None, None)
WHOLE = Listing("siae", 4000, LATELY)


def statuses_of(attested=(), listings=(WHOLE,), day=DAY):
    facts = established(NO_FORM, attested, listings, day)
    return facts["statuses"], facts["unknown_statuses"]


def evidence(kind, attested=(), listings=(WHOLE,)):
    facts = established(NO_FORM, attested, listings, DAY)
    return evidence_of(facts, f"statuses.{kind}").replace("\u00a0", " ")


def test_a_status_attested_lately_is_held():
    held, _ = statuses_of([Attested("ei", "siae", LATELY)])

    assert held == {"ei"}
    assert evidence("ei", [Attested("ei", "siae", LATELY)]) == (
        "statut EI attesté par « siae » le 30/06/2025"
    )


def test_a_status_attested_longer_ago_than_it_may_last_is_unknown():
    held, unknown = statuses_of([Attested("ei", "siae", LONG_AGO)])

    assert held == frozenset()
    assert "ei" in unknown
    assert "le 18/12/2020, ce qui date" in evidence("ei", [Attested("ei", "siae", LONG_AGO)])


def test_a_status_whose_end_has_passed_is_not_held():
    past = Attested("ei", "siae", LATELY, date(2023, 1, 1), date(2025, 12, 31))

    held, unknown = statuses_of([past])

    assert "ei" not in held | unknown
    assert evidence("ei", [past]).endswith("échu le 31/12/2025")


def test_a_status_held_until_its_published_end_outlives_its_attestation():
    long = Attested("ea", "entreprises_adaptees", LONG_AGO, LONG_AGO, date(2026, 12, 31))

    assert statuses_of([long])[0] == {"ea"}


def test_a_status_that_begins_later_is_not_held_yet():
    future = Attested("ei", "siae", LATELY, date(2026, 2, 1), None)

    assert "ei" not in frozenset().union(*statuses_of([future]))


def test_a_status_first_attested_after_the_day_is_unknown():
    assert "ei" in statuses_of([Attested("ei", "siae", date(2026, 2, 1))])[1]


@pytest.mark.parametrize(
    ("attested", "last_day"),
    [
        (Attested("ei", "siae", LATELY, LATELY, date(2026, 3, 31)), date(2026, 3, 31)),
        (Attested("ei", "siae", LATELY), date(2028, 6, 30)),
        (Attested("ei", "siae", LATELY, date(2025, 1, 1)), date(2028, 6, 30)),
    ],
)
def test_the_last_day_of_a_status_is_one_of_its_days(attested, last_day):
    assert statuses_of([attested], day=last_day)[0] == {"ei"}
    assert statuses_of([attested], day=last_day + timedelta(days=1))[0] == frozenset()


def test_the_first_day_of_a_status_is_one_of_its_days():
    status = Attested("ei", "siae", LATELY, DAY)

    assert statuses_of([status])[0] == {"ei"}
    assert statuses_of([status], day=DAY - timedelta(days=1))[0] == frozenset()


def test_one_source_that_attests_prevails_over_an_older_end():
    ended = Attested("ei", "siae_asp", LONG_AGO, LONG_AGO, date(2021, 12, 31))

    assert statuses_of([ended, Attested("ei", "siae", LATELY)])[0] == {"ei"}


def test_out_of_a_whole_and_recent_list_is_not_held():
    held, unknown = statuses_of()

    assert held == frozenset()
    assert {"ei", "etti", "ai", "aci"}.isdisjoint(unknown)
    assert evidence("ei") == "hors de la liste « siae » du 30/06/2025"


def test_a_list_is_whole_from_the_rows_that_make_it_so():
    floor = absence().whole_from["siae"]

    unknown = [statuses_of(listings=(Listing("siae", n, LATELY),))[1] for n in (floor - 1, floor)]

    assert ["ei" in kinds for kinds in unknown] == [True, False]


@pytest.mark.parametrize(
    "listings",
    [
        (),
        (Listing("siae", 78, LATELY),),
        (Listing("siae", 4000, LONG_AGO),),
        (Listing("siae", 4000, date(2026, 2, 1)),),
        (Listing("marche_inclusion", 9000, LATELY),),
    ],
    ids=["none", "an extract", "an old list", "a later list", "a list of volunteers"],
)
def test_out_of_anything_else_is_unknown(listings):
    assert {"ei", "etti", "ai", "aci"} <= statuses_of(listings=listings)[1]


@pytest.mark.parametrize(
    ("unit", "known"),
    [
        (
            Unit("9220", "association", "code"),
            {"ess_family": "association", "is_commercial_company": False},
        ),
        (
            Unit("5710", "societe_commerciale", "flag | esus"),
            {
                "ess_family": "societe_commerciale",
                "is_commercial_company": True,
                "is_published_as_ess": True,
            },
        ),
        (Unit("5710", None, None), {"is_commercial_company": True}),
        (Unit("7210", None, None), {"ess_family": "aucune", "is_commercial_company": False}),
        (Unit(None, "indeterminee", "flag"), {"is_published_as_ess": True}),
        (Unit(None, None, None), {}),
    ],
)
def test_the_legal_form_gives_what_it_can_and_no_more(unit, known):
    facts = established(unit, [], [], DAY)

    assert {n: v for n, v in facts.items() if not n.endswith("statuses")} == known


def test_a_borderline_form_says_that_it_is_to_be_checked():
    facts = established(Unit("5432", "cooperative", "code"), [], [], DAY)

    assert "à vérifier" in evidence_of(facts, "ess_family")


def test_the_facts_of_a_unit_are_read_in_the_release():
    connection = small_release(
        organisations=[{"siren": SIREN, "legal_category": "9220", "ess_family": "association"}],
        statuses=[{"siren": SIREN, "kind": "esat", "source": "esat", "attested_on": "2025-06-30"}],
    )

    facts = facts_of(connection, SIREN, DAY)

    assert facts["statuses"] == frozenset({"esat"})
    assert facts["ess_family"] == "association"


def test_a_unit_out_of_the_register_is_refused_with_what_to_do():
    with pytest.raises(UnknownOrganisationError, match="Le registre ne contient pas"):
        facts_of(small_release(), SIREN, DAY)
