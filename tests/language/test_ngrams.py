"""Pieces of words: a text is wholly like itself, and like what shares its roots."""

import pytest

from essor.language.ngrams import grams_of, pieces


def test_the_pieces_of_a_word_know_where_it_begins_and_ends():
    assert list(pieces("Été")) == [" et", "ete", "te ", " ete", "ete ", " ete "]


def test_a_text_is_wholly_like_itself():
    index = grams_of(["palettes en bois", "sucre"])

    assert index.likeness("palettes en bois") == pytest.approx([1, 0], abs=1e-5)


def test_a_spelling_mistake_leaves_a_likeness():
    index = grams_of(["menuiserie", "boulangerie pâtissière"])

    right, wrong = index.likeness("menuisrie")

    assert right > 0.4 > wrong


@pytest.mark.parametrize("text", ["", "🪟", "?"])
def test_a_text_without_a_word_is_like_nothing(text):
    assert not grams_of(["pain"]).likeness(text).any()
