"""Activities of fictional organisations: NAF rév. 2 sub-classes, drawn by weight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from random import Random

from essor.perimeter.industry import DIVISIONS

# Share of each division among industrial legal persons: an order of magnitude, for the demonstration.
INDUSTRY = {
    "08": 0.9, "09": 0.1, "10": 17.0, "11": 2.6, "12": 0.02, "13": 2.4, "14": 4.0, "15": 1.1,
    "16": 4.6, "17": 0.9, "18": 6.2, "19": 0.06, "20": 2.3, "21": 0.4, "22": 2.8, "23": 4.1,
    "24": 0.8, "25": 12.5, "26": 2.1, "27": 1.7, "28": 3.8, "29": 1.3, "30": 0.8, "31": 4.2,
    "32": 6.4, "33": 12.0, "35": 7.0, "36": 0.5, "37": 1.3, "38": 3.9, "39": 0.5,
}  # fmt: skip

# How large units are in a division, 1 being the average; the other divisions are 1.
SIZE = {
    "06": 3.0, "09": 1.5, "10": 1.6, "11": 1.2, "12": 6.0, "13": 1.1, "14": 0.6, "15": 1.3, "16": 0.8,
    "17": 2.2, "18": 0.5, "19": 6.0, "20": 2.4, "21": 5.0, "22": 2.2, "23": 1.1, "24": 4.0, "25": 1.1,
    "26": 1.9, "27": 2.2, "28": 1.8, "29": 4.0, "30": 5.0, "31": 0.5, "32": 0.5, "33": 0.7, "35": 0.3,
    "36": 1.4, "38": 1.1,
}  # fmt: skip

# Sub-classes of each sort of organisation.
SUB_CLASSES: dict[str, Mapping[str, float]] = {
    "cooperative": {
        "25.62B": 9, "25.50A": 3, "28.29B": 4, "33.12Z": 9, "33.20A": 6, "31.09B": 5, "16.23Z": 6,
        "18.12Z": 9, "13.96Z": 3, "14.13Z": 3, "15.20Z": 2, "10.71A": 5, "10.39B": 4, "11.05Z": 3,
        "23.70Z": 3, "26.51B": 4, "27.12Z": 3, "32.99Z": 5, "38.11Z": 5, "38.32Z": 7, "35.11Z": 9,
        "30.92Z": 2, "22.29A": 4, "24.51Z": 2, "23.13Z": 1,
    },
    "agricole": {
        "11.02B": 30, "10.51C": 14, "10.51A": 9, "10.13A": 7, "10.91Z": 9, "10.39A": 7, "10.41B": 5,
        "10.11Z": 5, "10.61A": 4, "10.81Z": 3, "10.32Z": 4, "10.12Z": 3,
    },
    "insertion": {
        "38.11Z": 22, "38.32Z": 34, "38.31Z": 8, "38.21Z": 5, "13.92Z": 6, "14.19Z": 4, "16.24Z": 7,
        "31.09B": 6, "33.14Z": 3, "10.39B": 4, "10.85Z": 3, "32.99Z": 4,
    },
    "adaptee": {
        "38.32Z": 16, "38.11Z": 10, "25.62B": 9, "26.12Z": 10, "27.32Z": 6, "18.12Z": 8, "33.14Z": 6,
        "22.29A": 6, "31.09B": 5, "13.92Z": 6, "16.24Z": 6, "10.39B": 4, "32.99Z": 6,
    },
    "tissu_associatif": {
        "38.32Z": 14, "32.99Z": 14, "18.12Z": 10, "13.10Z": 6, "16.29Z": 8, "10.71A": 8, "38.11Z": 8,
        "14.13Z": 6, "23.41Z": 6, "11.05Z": 6, "35.11Z": 8, "33.17Z": 6,
    },
    "artisanat": {
        "10.71C": 26, "33.12Z": 12, "32.12Z": 12, "25.62B": 6, "31.09B": 10, "14.13Z": 8, "16.23Z": 6,
        "23.41Z": 8, "32.99Z": 12,
    },
    "social": {"88.99B": 60, "88.10C": 25, "94.99Z": 15},
    "services": {
        "81.30Z": 22, "81.21Z": 20, "43.34Z": 14, "49.41B": 7, "56.21Z": 9, "47.79Z": 14, "01.13Z": 8,
        "96.01A": 6,
    },
    "interim": {"78.20Z": 1},
    "groupement": {"78.30Z": 1},
    "esat": {"88.10C": 1},
    "solidaire": {
        "62.01Z": 14, "85.59A": 16, "88.91A": 14, "70.22Z": 12, "68.20B": 9, "56.10A": 9, "47.29Z": 9,
        "93.29Z": 7, "87.10A": 10,
    },
}  # fmt: skip


class Activities:
    """Draws a sub-class of the NAF rév. 2 for a sort of organisation."""

    def __init__(self, sub_classes: Iterable[str]) -> None:
        self._by_division: dict[str, list[str]] = defaultdict(list)
        for code in sorted(sub_classes):
            self._by_division[code[:2]].append(code)

    def draw(self, random: Random, sort: str) -> str:
        """Return a sub-class; for « industrie », a division first, its first sub-classes more often."""
        if sort != "industrie":
            return _weighted(random, SUB_CLASSES[sort])
        codes = self._by_division[_weighted(random, INDUSTRY)]
        return codes[int(len(codes) * random.random() ** 1.5)]


def size_of(naf: str) -> float:
    """Return how large units of that activity are, 1 being the average."""
    return SIZE.get(naf[:2], 1.0)


def is_industrial(naf: str) -> bool:
    """Return whether a sub-class is of NAF sections B to E."""
    return naf[:2] in DIVISIONS


def _weighted(random: Random, weights: Mapping[str, float]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]
