"""Texts read into sub-classes of the NAF: the right one first, with what spoke for it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.small_naf import SMALL_NAF

from essor.language.acts import acts
from essor.language.knowledge import Knowledge
from essor.language.naf import LABELS_ALONE, WITH_PRODUCTS, Reader, weights
from essor.language.signals import SIGNALS


@pytest.fixture(scope="module")
def reader():
    return Reader(SMALL_NAF)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("palettes en bois neuves", "16.24Z"),
        ("Draps et taies d'oreiller", "13.92Z"),
        ("pain de campagne", "10.71C"),
        ("rideaux", "13.92Z"),
        ("réparation de métiers à tisser", "33.12Z"),
        ("commerce de gros de linge", "46.41Z"),
        ("pallettes", "16.24Z"),
    ],
)
def test_a_product_is_read_into_who_makes_it_and_a_named_service_into_who_renders_it(
    reader, text, code
):
    (candidates,) = reader.candidates([text])

    assert candidates[0].code == code


def test_the_words_and_the_labels_that_spoke_are_shown(reader):
    (candidates,) = reader.candidates(["Palettes consignées"])

    assert candidates[0].evidence[0] == "Palettes"
    assert "palettes, caisses-palettes" in candidates[0].evidence


def test_candidates_come_best_first_and_their_chances_make_one(reader):
    (candidates,) = reader.candidates(["tissus de coton"])

    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=1e-4)
    assert len({candidate.code for candidate in candidates}) == len(SMALL_NAF.positions)


def test_no_more_candidates_are_given_than_asked(reader):
    (candidates,) = reader.candidates(["pain"], limit=2)

    assert len(candidates) == 2


@pytest.mark.parametrize("text", ["", "   ", "🪟", "de la", "<>"])
def test_a_text_that_says_nothing_has_no_candidate(reader, text):
    assert reader.candidates([text]) == [()]


def test_a_text_of_fifty_thousand_signs_is_read(reader):
    (candidates,) = reader.candidates(["palettes en bois " * 3_000])

    assert candidates[0].code == "16.24Z"


def test_no_text_and_no_knowledge_have_no_answer(reader):
    assert reader.candidates([]) == []
    assert Reader(Knowledge(())).candidates(["pain"]) == [()]


def test_a_product_that_is_known_is_read_into_its_sub_class():
    known = replace(SMALL_NAF, products=(("Baguettes précuites surgelées", ("10.71C",)),))

    (candidates,) = Reader(known).candidates(["baguettes précuites"])

    assert candidates[0].code == "10.71C"


def test_labels_alone_are_enough_to_answer():
    bare = Knowledge(
        tuple(replace(position, notes=(), excludes=()) for position in SMALL_NAF.positions)
    )

    (candidates,) = Reader(bare).candidates(["emballages en bois"])

    assert candidates[0].code == "16.24Z"


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_answered_the_same_whatever_its_company(reader, text):
    (alone,) = reader.candidates([text])

    among = reader.candidates(["palettes", text])[1]

    assert [each.score for each in among] == pytest.approx([each.score for each in alone], abs=1e-3)


@pytest.mark.parametrize("name", [LABELS_ALONE, WITH_PRODUCTS])
def test_there_is_a_weight_for_each_signal(name):
    assert weights(name).shape == (len(SIGNALS),)
    assert weights(name).any()


def test_every_division_of_the_naf_does_one_thing():
    divisions = [division for act in acts().acts for division in act.divisions]

    assert len(divisions) == len(set(divisions)) == 88
