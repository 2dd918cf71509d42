"""What a text asks to be done: made, repaired, sold, built…, and which divisions of the NAF do it."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import fold

FORMS = ("product", "service", "named")
"""How a text may stand to an act: it names no service at all, it names some service, it names this act."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act, the divisions that do it, and the words that name it."""

    name: str
    divisions: frozenset[str]
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Acts:
    """Every act, the words that name any service, and those that say « others »."""

    acts: tuple[Act, ...]
    service_words: re.Pattern[str]
    other_words: re.Pattern[str]

    @property
    def signals(self) -> tuple[str, ...]:
        """Return the names of the columns of `measured`, in order."""
        named = (f"{act.name}_{form}" for act in self.acts for form in FORMS)
        return (*named, "others_said", "others_unsaid")

    def of_labels(self, codes: Sequence[str], labels: Sequence[str]) -> NDArray[np.float32]:
        """Return what each sub-class does. Shape: (codes, acts and one more: it is for the others)."""
        done = [[code[:2] in act.divisions for act in self.acts] for code in codes]
        others = [bool(self.other_words.search(fold(label))) for label in labels]
        return np.column_stack([np.array(done), np.array(others)]).astype(np.float32)

    def measured(self, text: str, does: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how `text` stands to what each sub-class does. Shape: (codes, signals)."""
        folded = fold(text)
        is_service = bool(self.service_words.search(folded))
        says_others = bool(self.other_words.search(folded))
        asked = [(not is_service, is_service, bool(act.words.search(folded))) for act in self.acts]
        by_act = does[:, :-1, None] * np.array(asked, np.float32)[None]
        others = does[:, -1:] * np.array([says_others, not says_others], np.float32)
        return np.concatenate([by_act.reshape(len(does), -1), others], axis=1)


@cache
def acts() -> Acts:
    """Return the acts of `acts.toml`."""
    read = tomllib.loads(files("essor.language").joinpath("acts.toml").read_text("utf-8"))
    return Acts(
        tuple(
            Act(act["name"], frozenset(act["divisions"]), _begun(act["words"]))
            for act in read["acts"]
        ),
        _begun(read["service_words"]),
        _begun(read["other_words"]),
    )


def _begun(words: str) -> re.Pattern[str]:
    """Return what finds these words where a word begins: « préparation » names no « réparation »."""
    return re.compile(rf"\b(?:{words})")
