"""The division of an organisation is guessed from its name, by names already known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.language.names import divisions_of, learn_names

KNOWN = [
    ("Les jardins du coteau", "01"),
    ("Jardins de la plaine", "01"),
    ("Menuiserie Durand", "16"),
    ("Atelier de menuiserie bois", "16"),
    ("Recyclerie du canal", "38"),
    ("Ressourcerie recyclerie du port", "38"),
    ("Imprimerie nouvelle", "18"),
    ("Solidarité emploi", "88"),
    ("Solidarité travail", "88"),
    ("Entraide et solidarité", "88"),
]
NAMES = learn_names(KNOWN)


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("Le jardin partagé", "01"),
        ("MENUISERIE MARTIN", "16"),
        ("Recycleries réunies", "38"),
        ("imprimerie du centre", "18"),
    ],
)
def test_a_name_is_placed_with_those_it_is_like(name: str, division: str):
    ((best, *_),) = divisions_of(NAMES, [name])

    assert best == division


def test_a_name_like_no_other_gets_the_most_frequent_division_first():
    ((best, *_),) = divisions_of(NAMES, ["XYZ"])

    assert best == "88"


def test_as_many_divisions_come_as_asked_without_repeats():
    ((*divisions,),) = divisions_of(NAMES, ["Recyclerie"], limit=3)

    assert len(divisions) == len(set(divisions)) == 3


def test_each_name_is_answered_whatever_the_others():
    together = divisions_of(NAMES, ["Menuiserie", "Jardins"])

    assert together == [*divisions_of(NAMES, ["Menuiserie"]), *divisions_of(NAMES, ["Jardins"])]


def test_no_name_asked_is_no_answer():
    assert divisions_of(NAMES, []) == []


def test_nothing_is_learned_from_nothing():
    with pytest.raises(ValueError, match="no name"):
        learn_names([])


@settings(deadline=None)  # the encoder is loaded at the first name
@given(st.text())
def test_no_name_makes_it_fail(name: str):
    ((*divisions,),) = divisions_of(NAMES, [name])

    assert set(divisions) == {division for _, division in KNOWN}


@settings(deadline=None)  # the encoder is loaded at the first name
@given(st.lists(st.tuples(st.text(), st.sampled_from(["01", "16", "38"])), min_size=1, max_size=5))
def test_any_names_can_be_learned(known: list[tuple[str, str]]):
    ((best, *_),) = divisions_of(learn_names(known), ["Menuiserie"])

    assert best in {division for _, division in known}
