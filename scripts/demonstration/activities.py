"""Activities of fictional organisations: NAF rév. 2 sub-classes, drawn by weight."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from essor.perimeter.industry import DIVISIONS

_WRITTEN = tomllib.loads(Path(__file__).with_name("activities.toml").read_text("utf-8"))
_WHOLE_INDUSTRY = "industrie"

SUB_CLASSES: Mapping[str, Mapping[str, float]] = _WRITTEN["sub_classes"]
"""Weight of the sub-classes of each sort of organisation."""


class Activities:
    """Draws a sub-class of the NAF rév. 2 for a sort of organisation."""

    def __init__(self, sub_classes: Iterable[str]) -> None:
        self._by_division: dict[str, list[str]] = defaultdict(list)
        for code in sorted(sub_classes):
            self._by_division[code[:2]].append(code)

    def draw(self, random: Random, sort: str) -> str:
        """Return a sub-class; of industry, a division first, then more often its first ones."""
        if sort != _WHOLE_INDUSTRY:
            return _weighted(random, SUB_CLASSES[sort])
        codes = self._by_division[_weighted(random, _WRITTEN["industry"])]
        return codes[int(len(codes) * random.random() ** 1.5)]


def size_of(naf: str) -> float:
    """Return how large units of that activity are, 1 being the average."""
    size: float = _WRITTEN["size"].get(naf[:2], 1.0)
    return size


def is_industrial(naf: str) -> bool:
    """Return whether a sub-class is of NAF sections B to E."""
    return naf[:2] in DIVISIONS


def _weighted(random: Random, weights: Mapping[str, float]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]
