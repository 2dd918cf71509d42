"""A text is an identifier, or is refused with its reason."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from essor.errors import InvalidIdentifierError
from essor.identifiers import (
    is_fictional_siren,
    parse_commune_code,
    parse_naf,
    parse_siren,
    parse_siret,
)

DIGITS = "0123456789"


@st.composite
def sirens(draw):
    """Real-looking SIRENs: eight digits and Luhn's key."""
    body = draw(st.text(DIGITS, min_size=8, max_size=8))
    return body + luhn.calc_check_digit(body)


@st.composite
def fictional_sirens(draw):
    """Numbers in 999 whose key is wrong."""
    number = "999" + draw(st.text(DIGITS, min_size=6, max_size=6))
    assume(not luhn.is_valid(number))
    return number


@given(sirens(), st.integers(0, 8), st.integers(1, 9))
def test_changing_any_one_digit_of_a_siren_is_noticed(siren, place, shift):
    digit = str((int(siren[place]) + shift) % 10)
    changed = siren[:place] + digit + siren[place + 1 :]

    with pytest.raises(InvalidIdentifierError):
        parse_siren(changed)


@given(sirens())
def test_a_siren_is_itself_however_it_is_spaced(siren):
    spaced = f" {siren[:3]}\u00a0{siren[3:6]} {siren[6:]}\n"

    parsed = parse_siren(spaced)

    assert parsed == siren
    assert parse_siren(parsed) == parsed


@given(sirens(), st.text(DIGITS, min_size=4, max_size=4))
def test_a_siret_begins_with_a_siren_and_satisfies_the_key_on_its_fourteen_digits(siren, nic):
    assume(siren != "356000000")
    siret = siren + nic + luhn.calc_check_digit(siren + nic)

    parsed = parse_siret(f"{siren[:3]} {siren[3:6]} {siren[6:]} {siret[9:]}")

    assert parsed == siret
    assert parse_siren(parsed[:9]) == siren


@given(fictional_sirens(), st.text(DIGITS, min_size=5, max_size=5))
def test_a_fictional_number_is_nobodys_and_is_taken_only_where_it_is_accepted(siren, nic):
    assert is_fictional_siren(siren)
    assert parse_siren(siren, accepts_fictional=True) == siren
    assert parse_siret(siren + nic, accepts_fictional=True) == siren + nic
    with pytest.raises(InvalidIdentifierError, match="fictif"):
        parse_siren(siren)
    with pytest.raises(InvalidIdentifierError, match="fictif"):
        parse_siret(siren + nic)


@given(sirens())
def test_a_siren_that_satisfies_the_key_is_never_fictional(siren):
    assert not is_fictional_siren(siren)


@pytest.mark.parametrize("siren", ["356000000", "005480546", "552 100 554"])
def test_known_sirens_are_accepted_leading_zeros_included(siren):
    parsed = parse_siren(siren)

    assert parsed == siren.replace(" ", "")


@pytest.mark.parametrize("siret", ["35600000000048", "356 000 000 49837"])
def test_la_poste_has_its_own_key(siret):
    parsed = parse_siret(siret)

    assert parsed.startswith("356000000")


def test_an_establishment_of_la_poste_with_a_wrong_sum_is_refused():
    with pytest.raises(InvalidIdentifierError, match="clé de contrôle"):
        parse_siret("35600000049838")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "9 chiffres"),
        ("55210O554", "9 chiffres"),
        ("٥٥٢١٠٠٥٥٤", "9 chiffres"),
        ("5480546", "zéros initiaux"),
        ("5521005541", "10 chiffres au lieu de 9"),
        ("552100555", "clé de contrôle"),
        ("-52100554", "9 chiffres"),
    ],
)
def test_a_text_that_is_no_siren_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidIdentifierError, match=reason):
        parse_siren(text)


def test_a_siren_given_for_a_siret_is_refused():
    with pytest.raises(InvalidIdentifierError, match="9 chiffres au lieu de 14"):
        parse_siret("552100554")


@pytest.mark.parametrize("text", ["2562B", "25.62B", "25.62 b", " 2562b ", "25 62B"])
def test_a_naf_is_read_with_or_without_its_dot(text):
    assert parse_naf(text) == "25.62B"


@pytest.mark.parametrize("text", ["", "25.62", "256B", "25.6.2B", "25.62BB", "2562É", "A25.62"])
def test_a_text_that_is_no_naf_is_refused_with_an_example(text):
    with pytest.raises(InvalidIdentifierError, match=r"25\.62B"):
        parse_naf(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("57463", "57463"),
        ("01004", "01004"),
        ("2a004", "2A004"),
        ("2B 033", "2B033"),
        ("97411", "97411"),
        ("97801", "97801"),
        ("98735", "98735"),
        ("75056", "75056"),
        ("75116", "75116"),
    ],
)
def test_a_commune_code_may_be_of_the_mainland_corsica_or_overseas(text, code):
    assert parse_commune_code(text) == code


@pytest.mark.parametrize(
    "text", ["", "1004", "20004", "2C004", "96001", "97901", "99132", "574633"]
)
def test_a_text_that_is_no_commune_code_is_refused(text):
    with pytest.raises(InvalidIdentifierError, match="code de commune"):
        parse_commune_code(text)
