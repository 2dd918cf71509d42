import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.small_register import ACTIVITIES, register

from essor.language.knowledge import knowledge_of
from essor.language.naf import Candidate, Reader
from essor.language.trades import TRADES
from essor.search.activities import (
    Activities,
    known_activities,
    read_activities,
    write_activities,
)

NOTED = [{"code": "25.62B", "kind": "includes", "rank": 1, "text": "le moletage, le taraudage"}]


@pytest.fixture(scope="module")
def connection():
    return register(naf_notes=NOTED)


@pytest.fixture(scope="module")
def known(connection):
    return known_activities(connection, ACTIVITIES)


@pytest.fixture(scope="module")
def activities(known, connection, tmp_path_factory):
    """What is written for the small register, read again, with a reader of its few sub-classes."""
    folder = tmp_path_factory.mktemp("activities")
    write_activities(known, folder)
    reader = Reader(knowledge_of(connection))
    return read_activities(folder, lambda: reader)


class Sure:
    """A reader that is sure of one code, and says with which words."""

    def __init__(self, code, *evidence):
        self.found = (Candidate(code, 0.9, evidence),)
        self.asked = []

    def candidates(self, texts, limit=20):
        self.asked += texts
        return [self.found for _ in texts]


def told(known, reader, text):
    activities = Activities(known, np.zeros((len(TRADES), 512), np.float32), lambda: reader)
    return activities.about(text)


def codes(found):
    return [each.code for each in found]


def test_the_activity_that_is_meant_comes_first_and_says_by_which_words(activities):
    found = activities.about("blanchisserie")

    assert found[0].code == "96.01A"
    assert found[0].share > 0.5
    assert found[0].because == "métier « Blanchisserie, entretien du linge » : « blanchisserie »"


def test_a_note_of_the_naf_speaks_too(activities):
    found = activities.about("moletage")

    assert found[0].code == "25.62B"


def test_a_word_that_nobody_knows_takes_its_part_of_the_share(known):
    reader = Sure("25.62B", "moletage", "Mécanique industrielle")

    alone, named = (told(known, reader, text) for text in ("moletage", "moletage Lazukin"))

    assert alone[0].share == pytest.approx(0.9)
    assert named[0].share < 0.6


def test_a_text_of_which_no_word_is_known_is_not_read(known):
    reader = Sure("25.62B", "sens lointain")

    found = told(known, reader, "Lazukin Bouvarnet")

    assert found == ()
    assert reader.asked == []


def test_a_word_shared_with_one_of_two_is_not_enough_to_be_meant(activities):
    found = activities.about("menuiserie bois")

    assert found[0].code == "16.23Z"
    assert "38.32Z" not in codes(found)


def test_a_trade_heard_takes_the_place_of_what_the_reader_reads(known):
    reader = Sure("16.23Z", "fenêtres", "Fabrication de portes et fenêtres")

    found = told(known, reader, "recyclage de fenêtres")

    assert found[0].code == "38.32Z"
    assert "Dépose et recyclage de fenêtres" in found[0].because


def test_a_status_and_a_number_say_nothing_of_an_activity(known):
    reader = Sure("25.62B", "moletage")

    found = told(known, reader, "SCOP moletage 54")

    assert found[0].share == pytest.approx(0.9)
    assert reader.asked[0].split() == ["moletage"]


def test_a_trade_is_found_by_its_meaning_when_none_is_named(connection, tmp_path):
    write_activities(known_activities(connection, {"31.09B", "38.32Z"}), tmp_path)

    found = read_activities(tmp_path).about("fabriquer des chaises et des armoires")

    assert found[0].code == "31.09B"
    assert "sens proche du métier « Fabrication de meubles »" in found[0].because


def test_only_the_activities_of_the_register_are_spoken_of(connection):
    few = known_activities(connection, {"96.01A"})

    assert told(few, Sure("25.62B", "moletage"), "moletage") == ()


def test_without_a_reader_the_trades_still_speak(known):
    assert told(known, None, "blanchisserie industrielle")[0].code == "96.01A"


@pytest.mark.parametrize("text", ["", "?!", "54 000", "esat"])
def test_a_text_that_speaks_of_no_activity_finds_none(activities, text):
    assert activities.about(text) == ()


def test_one_request_is_read_once_however_many_pages_are_asked(known):
    reader = Sure("25.62B", "moletage")
    activities = Activities(known, np.zeros((len(TRADES), 512), np.float32), lambda: reader)

    first, second = activities.about("moletage"), activities.about("moletage")

    assert first == second
    assert len(reader.asked) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(("menuiserie", "bois", "tri", "Zorv", "déchets", "esat", "12"))))
def test_shares_are_chances_most_first(activities, words):
    found = activities.about(" ".join(words))

    shares = [each.share for each in found]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 1 for share in shares)
