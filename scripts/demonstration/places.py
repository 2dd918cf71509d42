"""Where fictional units are: real communes, drawn by population, with industrial specialities."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

PARENTS = ("75056", "69123", "13055")  # Sirene places units in their arrondissements.
POPULATION_EXPONENT = 0.9  # Small towns hold more industry for their size than large ones.
EPCI_SPREAD = 0.45

# Industrial intensity of the régions, 1 being the average: orders of magnitude.
REGION_INTENSITY = {
    "11": 0.5, "24": 1.1, "27": 1.35, "28": 1.15, "32": 1.15, "44": 1.25, "52": 1.4, "53": 1.15,
    "75": 0.95, "76": 0.85, "84": 1.35, "93": 0.65, "94": 0.4,
    "01": 0.4, "02": 0.4, "03": 0.4, "04": 0.45, "06": 0.25,
}  # fmt: skip

# NAF division, commune at the heart of a well-known basin, how many times more units there.
SPECIALITIES = (
    ("13", "42187", 25), ("13", "10387", 20), ("13", "59512", 12), ("13", "81065", 25),
    ("13", "68224", 8), ("14", "49099", 14), ("14", "10387", 12), ("14", "42187", 12),
    ("15", "26281", 30), ("15", "49099", 25), ("15", "12145", 40), ("15", "87085", 15),
    ("16", "88160", 12), ("16", "39478", 14), ("16", "40192", 12), ("16", "88413", 14),
    ("22", "01283", 40), ("22", "63113", 8), ("24", "42218", 10), ("24", "08105", 14),
    ("24", "52448", 20), ("24", "57672", 14), ("25", "42218", 6), ("25", "08105", 9),
    ("25", "74081", 14), ("25", "25056", 6), ("26", "25056", 22), ("26", "38185", 10),
    ("26", "22113", 20), ("27", "90010", 12), ("28", "85109", 8), ("28", "42218", 4),
    ("29", "25388", 18), ("29", "72181", 6), ("29", "59606", 10), ("30", "31555", 14),
    ("30", "44184", 20), ("10", "29232", 5), ("10", "22278", 5), ("10", "56178", 8),
    ("10", "56121", 4), ("10", "85191", 4), ("20", "13039", 14), ("20", "76351", 8),
    ("20", "28085", 14), ("21", "27229", 20), ("23", "87085", 10), ("11", "51230", 25),
    ("11", "16102", 25), ("11", "33243", 14), ("17", "16015", 12), ("17", "88160", 12),
    ("31", "85109", 10), ("32", "39478", 14), ("32", "26281", 4), ("19", "76351", 15),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A real commune, or municipal arrondissement, where a fictional unit may be."""

    commune: str
    name: str
    postcode: str
    departement: str
    region: str
    epci: str
    population: int
    lon: float
    lat: float
    area_km2: float


def places_of(communes: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Return the places of metropolitan France and the five overseas régions, in order of code."""
    found = [
        Place(
            commune=row["code"],
            name=row["nom"].upper(),
            postcode=row["codes_postaux"][0],
            departement=row["departement"],
            region=row["region"],
            epci=row["siren_epci"] or "",
            population=row["population"],
            lon=row["lon"],
            lat=row["lat"],
            area_km2=row["surface_km2"],
        )
        for row in communes
        if row["region"] in REGION_INTENSITY
        and row["code"] not in PARENTS
        and row["lon"] is not None
        and row["codes_postaux"]
        and row["population"]
    ]
    return sorted(found, key=lambda place: place.commune)


class Atlas:
    """Draws places at random: for a NAF division, or for the economy as a whole."""

    def __init__(self, places: Sequence[Place], seed: int) -> None:
        self.places = places
        self._seed = seed
        self._heights: dict[str, list[float]] = {}
        self._epci_of = {place.commune: place.epci for place in places}

    def draw(self, random: Random, division: str) -> Place:
        """Return a place for a unit of that NAF division."""
        heights = self._heights.get(division)
        if heights is None:
            heights = self._heights[division] = list(accumulate(self._weights(division)))
        return self.places[bisect(heights, random.random() * heights[-1])]

    def _weights(self, division: str) -> Iterable[float]:
        """Return the weight of each place: population, région, chance of its EPCI, speciality."""
        chance: dict[str, float] = {}
        random = Random(f"{self._seed} {division}")
        for epci in sorted({place.epci for place in self.places}):
            chance[epci] = exp(random.gauss(0, EPCI_SPREAD))
        for speciality, commune, times in SPECIALITIES:
            if speciality == division and commune in self._epci_of:
                chance[self._epci_of[commune]] *= times
        return (
            place.population**POPULATION_EXPONENT
            * REGION_INTENSITY[place.region]
            * chance[place.epci]
            for place in self.places
        )
