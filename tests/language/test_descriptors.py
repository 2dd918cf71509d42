"""The labels of a list are ranked for a tender's title, by their own words and meaning."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.language.descriptors import rank_labels, read_labels

LABELS = (
    "Menuiserie bois",
    "Espaces verts",
    "Blanchisserie, location de linge",
    "Informatique (prestations de services)",
    "Vêtements de travail",
    "Véhicules",
)


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Entretien des espaces verts de la commune", "Espaces verts"),
        ("travaux de menuiseries en bois du gymnase", "Menuiserie bois"),
        ("ACHAT DE VETEMENTS DE TRAVAIL", "Vêtements de travail"),
        ("location et entretien du linge de l'ehpad", "Blanchisserie, location de linge"),
        ("acquisition de voitures électriques", "Véhicules"),
    ],
)
def test_the_label_of_a_title_comes_first(title: str, label: str):
    titles = [title, "réfection de la rue des écoles", "mission de maîtrise d'œuvre"]

    (ranked, *_) = rank_labels(titles, LABELS)

    assert ranked[0] == label


def test_every_label_is_ranked_once():
    (ranked,) = rank_labels(["tonte"], LABELS)

    assert sorted(ranked) == sorted(LABELS)


def test_a_word_is_heard_under_the_heading_it_is_filed_under():
    titles = ["réfection des tuiles et des gouttières de l'église", "achat de livres"]

    (ranked, _) = rank_labels(titles, ["Informatique", "Couverture", "Espaces verts"])

    assert ranked[0] == "Couverture"


def test_no_title_or_no_label_is_no_ranking():
    assert rank_labels([], LABELS) == []
    assert rank_labels(["tonte"], []) == [()]


def test_each_reading_has_a_row_a_title_and_a_column_a_label():
    readings = read_labels(["tonte", "espaces verts"], LABELS)

    assert readings.letters.shape == readings.share.shape == readings.meaning.shape == (2, 6)
    assert np.isfinite(readings.together()).all()


def test_a_label_written_whole_in_the_title_has_all_its_share():
    readings = read_labels(["les espaces verts de la ville"], LABELS)

    assert readings.share[0].tolist() == [0, 1, 0, 0, 0, 0]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_no_title_makes_it_fail(title: str):
    (ranked,) = rank_labels([title], LABELS)

    assert set(ranked) == set(LABELS)
