"""What a phrase is about, without its act, its exceptions, its purpose."""

import pytest

from essor.language.phrases import head, kept, thing


@pytest.mark.parametrize(
    ("note", "about"),
    [
        ("la culture du riz", "riz"),
        ("la fabrication et la pose de tubes", "tubes"),
        ("la fabrication d'autres emballages", "emballages"),
        ("rideaux", "rideaux"),
    ],
)
def test_a_note_is_about_what_follows_its_act(note, about):
    assert thing(note) == about


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("tubes, sauf en acier", "tubes"),
        ("légumes (à l'exclusion des pommes de terre), congelés", "légumes , congelés"),
        ("sauf en bois", "sauf en bois"),
    ],
)
def test_what_is_left_out_is_not_kept(text, rest):
    assert kept(text) == rest


def test_the_head_of_a_phrase_comes_before_its_purpose():
    assert head("Machines pour le travail du cuir") == "Machines"
