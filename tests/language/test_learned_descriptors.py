"""What past notices taught is read back, ranks the labels, and says nothing of the notices themselves."""

from importlib.resources import files
from pathlib import Path

import numpy as np

from essor.language.learned_descriptors import (
    MODEL,
    Learned,
    features,
    learned_descriptors,
    rank_learned,
    read_learned,
    write_learned,
)
from essor.language.vectors import DIMENSIONS

# The most the shipped file may weigh.
HEAVIEST = 6_000_000


def small() -> Learned:
    weights = np.zeros((2 + DIMENSIONS, 2), np.float32)
    weights[0] = [1.0, -1.0]
    weights[1] = [-0.5, 0.25]
    return Learned(
        labels=("Espaces verts", "Linge"),
        words=("tont", "ling"),
        rarity=np.array([1, 2], np.float32),
        centre=np.zeros(DIMENSIONS, np.float32),
        weights=weights,
        intercept=np.array([-0.7, -0.7], np.float32),
        habit=np.array([-0.7, -0.7], np.float32),
    )


def test_a_model_written_is_read_back_to_a_hundredth(tmp_path: Path):
    path = tmp_path / "model.npz"

    write_learned(small(), path, "about")
    read = read_learned(path)

    assert (read.labels, read.words) == (small().labels, small().words)
    assert np.allclose(read.weights, small().weights, atol=0.01)
    assert np.allclose(read.rarity, small().rarity)


def test_the_inputs_of_a_title_are_its_words_in_a_row_of_length_one():
    inputs = small().inputs(["tonte et linge", "rien"], np.zeros((2, DIMENSIONS), np.float32))

    assert np.allclose(inputs[0, :2], np.array([1, 2]) / np.sqrt(5))
    assert not inputs[1].any()


def test_words_that_follow_each_other_are_read_together():
    assert features("Tonte de pelouses") == {"tont", "pelous", "tont pelous"}


def test_habits_of_the_indexers_are_known():
    titles = [
        "fourniture de repas pour les écoles",
        "fauchage des accotements",
        "tonte des pelouses",
    ]
    labels = ["Espaces verts", "Restauration collective", "Menuiserie", "Logiciel"]

    first = [ranked[0] for ranked in rank_learned(titles, labels)]

    assert first == ["Restauration collective", "Espaces verts", "Espaces verts"]


def test_labels_never_seen_are_ranked_by_their_own_words():
    labels = ["Géomancie", "Astrologie lunaire"]

    ((first, *_),) = rank_learned(["prestations d'astrologie lunaire"], labels)

    assert first == "Astrologie lunaire"


def test_no_title_or_no_label_is_no_ranking():
    assert rank_learned([], ["Logiciel"]) == []
    assert rank_learned(["tonte"], []) == [()]


def test_the_shipped_model_is_light_and_says_where_it_comes_from():
    shipped = Path(str(files("essor.language") / MODEL))
    with np.load(shipped, allow_pickle=False) as kept:
        about = kept["about"].tobytes().decode()

    assert shipped.stat().st_size < HEAVIEST
    assert "DILA" in about
    assert "Licence Ouverte 2.0" in about


def test_the_shipped_words_hold_no_sentence_of_a_notice():
    assert max(len(word.split()) for word in learned_descriptors().words) <= 2
