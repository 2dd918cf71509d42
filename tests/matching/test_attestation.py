"""What a published list proves of a status on a day: held, to be confirmed, too old to say, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.made_up import DAY, status, supplier

from essor.matching.attestation import Attestation, attestation
from essor.rules.structures import structures

KINDS = st.sampled_from(sorted(structures()))


def said_of(kind, attested_on, **changes):
    return attestation(supplier(statuses=(status(kind, attested_on, **changes),)), (kind,), DAY)


def test_a_recent_list_attests_without_reserve():
    found = said_of("ea", date(2026, 3, 15))

    assert found.verdict is Attestation.ATTESTED
    assert found.because == "EA attesté au 15/03/2026 (liste)."


def test_an_older_list_attests_for_as_long_as_an_agreement_may_last_and_says_so():
    found = said_of("ea", date(2022, 3, 15))

    assert found.verdict is Attestation.ATTESTED
    assert found.because == (
        "EA attesté au 15/03/2022 (liste), à faire confirmer\u00a0: un agrément dure 5 ans au plus "
        "(à vérifier)."
    )


@pytest.mark.parametrize(
    ("kind", "attested_on", "said"),
    [
        ("ea", date(2021, 3, 15), "un agrément dure 5 ans au plus (à vérifier)"),
        ("ei", date(2020, 12, 18), "une convention dure 3 ans au plus (à vérifier)"),
        ("esat", date(2010, 1, 1), "une autorisation dure 15 ans au plus, et"),
    ],
)
def test_a_list_older_than_that_leaves_unknown_and_says_why(kind, attested_on, said):
    found = said_of(kind, attested_on)

    assert found.verdict is Attestation.UNKNOWN
    assert said in found.because
    assert found.because.endswith("et rien ne dit que le statut ait été renouvelé, à vérifier.")


def test_a_published_end_is_believed():
    assert said_of("ea", date(2019, 1, 1), valid_to=DAY).verdict is Attestation.ATTESTED
    assert (
        said_of("ea", date(2026, 1, 1), valid_to=date(2026, 6, 30)).verdict is Attestation.UNKNOWN
    )


def test_a_list_that_is_not_there_leaves_unknown_and_one_that_is_says_no():
    without = attestation(supplier(kinds_without_list=("ea",)), ("ea", "esat"), DAY)

    assert without.because == "la liste complète des EA manque à ces données."
    assert attestation(supplier(), ("ea",), DAY).verdict is Attestation.NOT_LISTED


@given(KINDS, st.dates(date(2000, 1, 1), DAY), st.dates(date(2000, 1, 1), DAY))
def test_a_more_recent_list_never_attests_less(kind, one, other):
    older, newer = sorted((one, other))

    is_held = said_of(kind, older).verdict is Attestation.ATTESTED

    assert said_of(kind, newer).verdict is Attestation.ATTESTED or not is_held
