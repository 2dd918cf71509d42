import json

import numpy as np
import pytest

from essor.language import signals
from essor.language.knowledge import Knowledge, Position
from essor.language.naf import LANGUAGE, Reader, keep, open_reader
from essor.language.shelf import read_shelf
from essor.language.vectors import DIMENSIONS

KNOWN = Knowledge(
    (
        Position("16.24Z", "Fabrication d'emballages en bois", ("la fabrication de palettes",)),
        Position("96.01A", "Blanchisserie-teinturerie de gros", excludes=(("palettes", "16.24Z"),)),
    )
)


@pytest.fixture
def encoded(monkeypatch):
    """Count the texts encoded, each as a vector of its own."""
    texts = []

    def encode(given):
        texts.extend(given)
        return np.eye(len(given), DIMENSIONS, dtype=np.float32)

    monkeypatch.setattr(signals, "encode", encode)
    return texts


def test_a_reader_opened_reads_as_the_one_that_was_kept(encoded, tmp_path):
    keep(KNOWN, tmp_path / LANGUAGE)

    opened = open_reader(tmp_path).candidates(["palettes en bois", "lavage de linge"])

    assert opened == Reader(KNOWN).candidates(["palettes en bois", "lavage de linge"])


def test_what_is_kept_is_not_encoded_again(encoded, tmp_path):
    keep(KNOWN, tmp_path / LANGUAGE)
    encoded.clear()

    open_reader(tmp_path)

    assert encoded == []


def test_the_meaning_of_a_sentence_met_twice_is_kept_once(encoded, tmp_path):
    keep(KNOWN, tmp_path)

    shelf = read_shelf(tmp_path)

    assert shelf is not None
    _, index = shelf
    assert len(index.vectors) == len(set(encoded)) < index.places.size
    assert not (tmp_path / "thing_vectors.npy").exists()


def test_nothing_known_keeps_nothing(tmp_path):
    keep(Knowledge(()), tmp_path / LANGUAGE)

    assert read_shelf(tmp_path / LANGUAGE) is None


@pytest.mark.parametrize("broken", ["", "[]", "{}", '"x"', '{"made_by": "essor 0.0, 0"}'])
def test_a_shelf_that_is_broken_or_of_another_version_is_as_good_as_none(encoded, tmp_path, broken):
    keep(KNOWN, tmp_path)

    (tmp_path / "shelf.json").write_text(broken, "utf-8")

    assert read_shelf(tmp_path) is None


@pytest.mark.parametrize(
    "name",
    [
        "vectors.npy",
        "vectors.places.npy",
        "pieces.values.npy",
        "group.places.npy",
        "discriminant.offsets.npy",
    ],
)
def test_a_shelf_that_lacks_a_file_is_as_good_as_none(encoded, tmp_path, name):
    keep(KNOWN, tmp_path)

    (tmp_path / name).unlink()

    assert read_shelf(tmp_path) is None


def test_the_catalogue_says_what_made_it(encoded, tmp_path):
    keep(KNOWN, tmp_path)

    catalogue = json.loads((tmp_path / "shelf.json").read_text("utf-8"))

    assert catalogue["made_by"].startswith("essor ")
