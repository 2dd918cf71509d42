import pytest

from essor.search.wording import quarters, wording_of

KNOWN = {
    ("siren", "999000043"): 1,
    ("name", "menuiser"): 5,
    ("name", "durand"): 50,
}


def read(text):
    return wording_of(text, lambda _: (), lambda *term: KNOWN.get(term, 0), 100)


def test_the_shares_of_the_words_add_up_to_one_and_rare_words_weigh_more():
    words = read("menuiserie durand").words

    assert sum(word.share for word in words) == pytest.approx(1)
    assert words[0].share > words[1].share


def test_stop_words_are_left_out_unless_there_is_nothing_else():
    assert [word.text for word in read("les ateliers du val").words] == ["ateliers", "val"]
    assert [word.text for word in read("du").words] == ["du"]


def test_a_status_is_recognised_in_the_plural_and_in_capitals():
    assert [word.status for word in read("ESAT esats atelier").words] == ["esat", "esat", None]


def test_a_short_word_is_never_misspelt():
    assert [word.is_fuzzy for word in read("bois charpente").words] == [False, True]


@pytest.mark.parametrize("text", ["25.62B", "2562b", "APE 25.62 B"])
def test_a_sub_class_is_read_with_its_dot(text):
    assert read(text).naf == "25.62B"


@pytest.mark.parametrize("text", ["57", "5700", "57000", "2024", "16 rue"])
def test_a_number_that_may_be_something_else_stays_a_word(text):
    assert read(text).naf is None
    assert read(text).words


def test_a_number_of_the_register_is_exact_and_another_is_near():
    assert not read("999 000 043").is_near
    assert read("999 000 044").is_near
    assert "clé de contrôle" in read("999 000 044").notes[0]
    assert "pas dans cette version" in read("552 100 554").notes[0]


def test_a_long_text_is_read_from_its_beginning_and_says_so():
    wording = read(" ".join(f"mot{number}" for number in range(500)))

    assert len(wording.words) == 24
    assert "24 premiers mots" in wording.notes[0]


def test_points_are_quarters_and_never_none():
    assert [quarters(points) for points in (0, 12.3, 12.4)] == [0.25, 12.25, 12.5]
