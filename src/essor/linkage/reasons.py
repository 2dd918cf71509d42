"""Why a candidate was found, in French sentences read from its signals."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from essor.linkage.scoring import SIGNALS, Signals

# Signal, from which value it is worth saying, and the sentence.
_SENTENCES = (
    ("same_name", 1.0, "Même nom."),
    ("same_words", 1.0, "Mêmes mots, abréviations et ordre mis à part."),
    ("query_covered_with_town", 0.7, "L’essentiel des mots saisis s’y retrouve."),
    ("initials", 1.0, "Le sigle de l’un est le nom de l’autre."),
    ("same_kind", 1.0, "Même nature d’organisme, d’après le nom et le SIREN."),
    ("other_kind", 1.0, "Autre nature d’organisme que celle que dit le nom."),
    ("address", 0.8, "Même adresse."),
    ("same_town", 0.99, "Même ville."),
    ("other_town", 1.0, "Autre ville."),
    ("same_postcode", 1.0, "Même code postal."),
    ("other_departement", 1.0, "Autre département."),
)
# Of the first sentences, about the words of the name, the first that holds says enough.
_ABOUT_WORDS = 3
_COLUMNS = [SIGNALS.index(name) for name, _, _ in _SENTENCES]
_LEAST = np.array([least for _, least, _ in _SENTENCES], np.float32) - np.float32(1e-3)
_POWERS = 1 << np.arange(len(_SENTENCES))


def reasons(signals: Signals) -> list[tuple[str, ...]]:
    """Return the sentences of each row of signals."""
    told: NDArray[np.int64] = (signals[:, _COLUMNS] >= _LEAST) @ _POWERS
    return [_sentences(each) for each in told.tolist()]


@cache
def _sentences(told: int) -> tuple[str, ...]:
    held = [at for at in range(len(_SENTENCES)) if told >> at & 1]
    about_words = [at for at in held if at < _ABOUT_WORDS][:1]
    kept = [*about_words, *(at for at in held if at >= _ABOUT_WORDS)]
    return tuple(_SENTENCES[at][2] for at in kept)
