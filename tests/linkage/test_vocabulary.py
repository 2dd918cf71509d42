import numpy as np
import pytest

from essor.linkage.vocabulary import ABSENT, Vocabulary, table, tellingness


@pytest.fixture
def words():
    vocabulary = Vocabulary()
    vocabulary.learn(["jardin", "jardins", "atelier", "eau", "a4b56"])
    return vocabulary


def test_a_word_keeps_its_number(words):
    assert words.learn(["atelier", "nouveau"]) == [2, 5]
    assert words.numbers(["atelier", "inconnu"]) == [2, ABSENT]


@pytest.mark.parametrize("typed", ["jardln", "jrdin", "jarddin", "jadrin"])
def test_a_word_one_letter_away_is_near(words, typed):
    assert words.numbers(["jardin"])[0] in words.near([typed]).get(typed, [])


@pytest.mark.parametrize("typed", ["eaa", "jrdn", "a4b57", "usine", ""])
def test_a_short_word_a_code_or_another_word_is_near_nothing(words, typed):
    assert words.near([typed]).get(typed, []) == []


def test_short_rows_are_filled_and_long_ones_cut():
    assert table([[1], [], [4, 5, 6]], 2).tolist() == [[1, ABSENT], [ABSENT, ABSENT], [4, 5]]


def test_the_rarer_a_word_the_more_it_tells():
    weights = tellingness(np.array([[0, 1], [0, ABSENT], [0, ABSENT]], np.int32), 2)

    assert weights[0] < weights[1] <= weights[2]
