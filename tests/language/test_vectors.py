"""Sentences as vectors: near when they mean the same."""

import numpy as np
import pytest

from essor.language.vectors import DIMENSIONS, encode


def test_each_text_is_a_vector_of_length_one():
    vectors = encode(["des palettes en bois", "un", "la couture industrielle de housses"])

    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_does_not():
    boxes, cartons, hens = encode(
        ["emballages en carton", "boîtes et cartons d'emballage", "élevage de poules"]
    )

    assert boxes @ cartons > 2 * (boxes @ hens)


def test_a_text_has_the_same_vector_whatever_its_company():
    (alone,) = encode(["du pain"])

    among = encode(["un texte bien plus long, et qui parle d'autre chose", "des vis", "du pain"])

    assert among[2] == pytest.approx(alone, abs=1e-4)


def test_a_text_that_says_nothing_is_near_nothing():
    assert not encode(["", "…"]).any()


def test_no_text_gives_no_vector():
    assert encode([]).shape == (0, DIMENSIONS)


def test_a_vector_spoilt_by_who_asked_for_it_is_whole_for_the_next():
    encode(["du pain"])[:] = 0

    assert np.linalg.norm(encode(["du pain"])) == pytest.approx(1, abs=1e-5)
