"""Industry: the NAF sections B to E, and the day the NAF 2025 becomes the reference.

Source: Insee, NAF rév. 2 (https://www.insee.fr/fr/information/2120875); décret n° 2025-736 for the NAF 2025.
"""

from datetime import date

SECTIONS = {"B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39)}
"""First and last division of each section; division 34 does not exist."""

DIVISIONS: tuple[str, ...] = tuple(
    f"{number:02d}" for first, last in SECTIONS.values() for number in range(first, last + 1)
)
"""The industrial divisions, two digits."""

# Décret n° 2025-736 du 31 juillet 2025: the NAF 2025 becomes the reference.
NAF_2025_IN_FORCE = date(2027, 1, 1)


def reference_nomenclature(day: date) -> str:
    """Return the activity nomenclature in force on `day`."""
    return "NAF 2025" if day >= NAF_2025_IN_FORCE else "NAF rév. 2"


def is_industrial(naf: str | None) -> bool | None:
    """Return whether a NAF rév. 2 code is of sections B to E; unknown without a code."""
    return naf[:2] in DIVISIONS if naf else None
