"""French text cut into stems: elision, plural, accents, acronyms, codes, numbers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.language.analysis import STOP_WORDS, fold, stems, words


def test_an_elided_word_goes_whatever_its_apostrophe():
    assert stems("L'oxyde d’aluminium") == stems("oxyde aluminium")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fenêtre", "Fenêtres"),
        ("récupéré", "RÉCUPÉRATION"),
        ("électrique", "électriques"),
        ("œuf", "oeufs"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(one, other):
    assert stems(one) == stems(other)


def test_accents_are_folded_once_the_stem_is_found():
    (stem,) = stems("réemploi")

    assert stem == fold(stem)


def test_an_accent_written_apart_changes_nothing():
    apart = unicodedata.normalize("NFD", "pièces détachées")

    assert stems(apart) == stems("pièces détachées")


def test_acronyms_codes_and_numbers_are_kept_whole():
    assert stems("DEEE, code 22.19Z : 15 000 PC en A4") == [
        *("deee", "cod", "22.19z", "15", "000", "pc", "a4"),
    ]


def test_capitals_are_no_acronym_in_a_text_all_in_capitals():
    assert stems("TUBES EN ACIER") == stems("tubes en acier")


def test_gold_and_bran_are_no_function_words():
    assert stems("or et son") == ["or", "son"]


def test_the_word_behind_a_stem_is_shown_as_it_is_written():
    assert words("Recyclage de Fenêtres") == ["Recyclage", "Fenêtres"]


@pytest.mark.parametrize("text", ["", " ", "…", "🪟", "de la", "<>&"])
def test_a_text_that_says_nothing_has_no_stem(text):
    assert stems(text) == []


@given(st.text())
def test_each_stem_has_its_word_and_none_is_a_function_word(text):
    found, behind = stems(text), words(text)

    assert len(found) == len(behind)
    assert all(stem == stem.lower() and stem for stem in found)
    assert not {word.lower() for word in behind} & STOP_WORDS


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
