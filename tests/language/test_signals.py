"""How a text stands to each sub-class: what several of its texts say together counts."""

import numpy as np
import pytest

from essor.language import signals
from essor.language.knowledge import Knowledge, Position
from essor.language.signals import DISCRIMINANT, SIGNALS, index_of
from essor.language.vectors import DIMENSIONS

BETWEEN = Knowledge(
    (
        Position("16.24Z", "Bois", ("Palette",)),
        Position("13.20Z", "Tissage", ("Coton",)),
    )
)


@pytest.fixture
def encoded(monkeypatch):
    """Encode each text as a vector of its own, « between » as the mean of the first sub-class's."""
    axes = {"Bois": 0, "Palette": 1, "Tissage": 2, "Coton": 3}

    def encode(given):
        vectors = np.zeros((len(given), DIMENSIONS), np.float32)
        for vector, text in zip(vectors, given, strict=True):
            vector[[0, 1] if "between" in text else axes.get(text, 4)] = 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    monkeypatch.setattr(signals, "encode", encode)


def test_a_text_in_the_midst_of_a_sub_class_s_texts_is_likeliest_to_join_them(encoded):
    (measured,) = index_of(BETWEEN).measure(["between"])

    bois, tissage = measured.signals[:, SIGNALS.index(DISCRIMINANT)]
    assert bois == 0
    assert tissage < 0
