from datetime import date

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.tidied import BACKEND

from essor.sources import published_text


def read(how, text):
    return BACKEND.to_pyarrow(how(ibis.literal(text, "string"))).as_py()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("732829320", "732829320"),
        (" 732 829 320 ", "732829320"),
        ("732\u00a0829\u202f320", "732829320"),
        ("5410220", "005410220"),
        ("73282932000074", "732829320"),
        ("541022000014", "005410220"),
        ("inconnu", "inconnu"),
        ("12", "12"),
        ("  ", None),
        (None, None),
    ],
)
def test_a_siren_gets_its_zeros_back_and_an_unreadable_one_stays_as_it_is(written, meant):
    assert read(published_text.siren, written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        ("8628031000102", "08628031000102"),
        ("732829320", "732829320"),
        ("", None),
    ],
)
def test_a_siret_gets_its_zeros_back_and_a_siren_is_not_made_a_siret(written, meant):
    assert read(published_text.siret, written) == meant


@given(number=st.integers(min_value=10**5, max_value=10**9 - 1))
def test_a_siren_read_twice_is_the_same(number):
    once = read(published_text.siren, str(number))

    assert once == f"{number:09d}"
    assert read(published_text.siren, once) == once


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7820Z", "78.20Z"),
        ("78.20z", "78.20Z"),
        (" 38.32Z ", "38.32Z"),
        ("782", None),
        ("NC", None),
        (None, None),
    ],
)
def test_a_naf_code_gets_its_dot_and_anything_else_is_unknown(written, meant):
    assert read(published_text.naf, written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-12-18", date(2020, 12, 18)),
        ("2020-12-18T10:00:00Z", date(2020, 12, 18)),
        ("31/01/2024", date(2024, 1, 31)),
        ("31/02/2024", None),
        ("2024", None),
        ("jamais", None),
        (None, None),
    ],
)
def test_a_day_is_read_in_both_orders_and_an_impossible_one_is_unknown(written, meant):
    assert read(published_text.day, written) == meant


def test_capitals_and_accents_are_put_aside():
    assert (
        read(published_text.folded, "Métallurgie, l’été à Bézœuf") == "METALLURGIE, L'ETE A BEZŒUF"
    )
