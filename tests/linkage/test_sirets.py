import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.linkage.sirets import Standing, check, check_all, registered_in

SIREN, SIRET = "552100554", "55210055400021"
LA_POSTE = "35600000000048"
KNOWN = frozenset((SIREN, SIRET, LA_POSTE, "356000000"))


def registered(numbers):
    return KNOWN.intersection(numbers)


@pytest.mark.parametrize("text", [SIREN, SIRET, "552 100 554", "552.100.554 00021", LA_POSTE])
def test_a_registered_number_needs_no_proposal(text):
    checked = check(text, registered)

    assert (checked.standing, checked.proposals) == (Standing.REGISTERED, ())


@pytest.mark.parametrize(
    "text",
    [
        "55210055400026",  # a digit wrong
        "55201055400021",  # two digits swapped
        "5521005540021",  # a digit missing
        "552100555400021",  # a digit too many
    ],
)
def test_a_number_one_slip_away_is_proposed(text):
    checked = check(text, registered)

    assert checked.standing is Standing.WRONG
    assert checked.proposals == (SIRET,)


def test_the_establishments_of_la_poste_follow_their_own_rule():
    assert check("35600000000047", registered).proposals == (LA_POSTE,)


def test_a_valid_number_that_is_not_registered_is_said_to_be_so():
    checked = check("732829320", registered)

    assert checked.standing is Standing.UNREGISTERED
    assert "n’est pas dans le registre" in checked.because


def test_the_siren_is_proposed_when_none_of_its_sirets_is_near():
    assert check("55210055499999", registered).proposals == (SIREN,)


@pytest.mark.parametrize("text", ["", "abc", "12", "1" * 50_000, "🦊", "55210055A", "٥٥٢١٠٠٥٥٤"])
def test_what_is_no_number_is_wrong_and_has_no_proposal(text):
    checked = check(text, registered)

    assert (checked.standing, checked.proposals) == (Standing.WRONG, ())


@given(st.integers(0, 8), st.sampled_from("0123456789"))
def test_a_wrong_digit_always_leads_back_to_the_number(at, digit):
    typed = SIREN[:at] + digit + SIREN[at + 1 :]

    checked = check(typed, registered)

    assert typed == SIREN or SIREN in checked.proposals


def test_the_numbers_of_a_release_are_those_of_its_organisations_and_establishments():
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE organisations AS SELECT '{SIREN}' AS siren")
    connection.execute(f"CREATE TABLE establishments AS SELECT '{SIRET}' AS siret")

    held = registered_in(connection)([SIREN, SIRET, LA_POSTE])

    assert held == {SIREN, SIRET}


def test_many_numbers_ask_the_register_twice_and_are_told_as_each_is():
    asked = []

    def counted(numbers):
        asked.append(numbers)
        return registered(numbers)

    texts = [SIREN, "55210055400026", "732829320", "", "abc", SIRET]

    found = check_all(texts, counted)

    assert found == [check(text, registered) for text in texts]
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["5,52101E+13", "5,52E13", "5e+13"])
def test_a_siret_that_a_spreadsheet_spoilt_is_said_to_be_so(text):
    checked = check(text, registered)

    assert (checked.standing, checked.proposals) == (Standing.WRONG, ())
    assert "tableur" in checked.because


def test_a_first_zero_that_a_spreadsheet_dropped_is_found_again():
    held = frozenset(("005520135",))

    checked = check("5520135", held.intersection)
    nearer = check("05520135", held.intersection)

    assert checked.proposals == ()
    assert nearer.proposals == ("005520135",)
