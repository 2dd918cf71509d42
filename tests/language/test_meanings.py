import json

import numpy as np
import pytest

from essor.language import meanings
from essor.language.knowledge import Knowledge, Position
from essor.language.meanings import keep, kept
from essor.language.signals import texts_to_encode
from essor.language.vectors import DIMENSIONS

KNOWN = Knowledge(
    (
        Position("16.24Z", "Fabrication d'emballages en bois", ("la fabrication de palettes",)),
        Position("96.01A", "Blanchisserie-teinturerie de gros"),
    )
)


@pytest.fixture
def encoded(monkeypatch):
    """Count the texts encoded, each as a vector of its own."""
    texts = []

    def encode(given):
        texts.extend(given)
        return np.eye(len(given), DIMENSIONS, dtype=np.float32)

    monkeypatch.setattr(meanings, "encode", encode)
    return texts


def test_vectors_that_are_kept_are_not_encoded_again(encoded, tmp_path):
    keep(KNOWN, tmp_path)
    known = texts_to_encode(KNOWN)
    encoded.clear()

    vectors = kept(tmp_path)(known)

    assert encoded == []
    assert vectors.tolist() == np.eye(len(known), DIMENSIONS).tolist()


def test_vectors_of_other_texts_are_encoded(encoded, tmp_path):
    keep(KNOWN, tmp_path)
    encoded.clear()

    kept(tmp_path)(["autre chose"])

    assert encoded == ["autre chose"]


def test_a_release_without_vectors_is_read_all_the_same(encoded, tmp_path):
    assert kept(tmp_path / "absent")(["palettes"]).shape == (1, DIMENSIONS)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '"x"'])
def test_a_broken_description_is_as_good_as_none(encoded, tmp_path, broken):
    keep(KNOWN, tmp_path)
    (tmp_path / "meanings.json").write_text(broken, "utf-8")

    assert kept(tmp_path)(["palettes"]).shape == (1, DIMENSIONS)


def test_a_truncated_file_of_vectors_is_as_good_as_none(encoded, tmp_path):
    keep(KNOWN, tmp_path)
    (tmp_path / "meanings.npy").write_bytes(b"\x93NUMPY")
    assert json.loads((tmp_path / "meanings.json").read_text())["texts"] == len(
        texts_to_encode(KNOWN)
    )

    assert kept(tmp_path)(texts_to_encode(KNOWN)).shape[1] == DIMENSIONS
