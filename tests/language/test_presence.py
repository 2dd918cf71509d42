"""The forms of presence are told from the words of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.language.presence import Presence, presence_of, presence_words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mise à disposition de personnel", Presence.MISE_A_DISPOSITION),
        ("Intérimaires pour une ligne", Presence.MISE_A_DISPOSITION),
        ("Des opérateurs sur notre site", Presence.MISE_A_DISPOSITION),
        ("Fabrication de meubles", Presence.FABRICATION),
        ("Pièces usinées en petite série", Presence.FABRICATION),
        ("Collecte et tri de cartons", Presence.SERVICE),
        ("Réparation de vélos", Presence.SERVICE),
    ],
)
def test_a_form_of_presence_is_recognised(text: str, first: Presence):
    assert presence_of(text)[0] is first


def test_the_first_spoken_of_comes_first():
    found = presence_of("Collecte puis fabrication, avec de l'intérim")

    assert found == (Presence.SERVICE, Presence.FABRICATION, Presence.MISE_A_DISPOSITION)


def test_the_words_that_said_it_are_told():
    words = presence_words("Réparation et réparation, montage")

    assert words == {Presence.SERVICE: ("réparation",), Presence.FABRICATION: ("montage",)}


def test_a_text_that_says_nothing_has_no_form():
    assert presence_of("Bonjour à tous") == ()


@given(st.text())
def test_no_text_makes_it_fail(text: str):
    assert set(presence_of(text)) <= set(Presence)
