"""Perspectives: the two industrial perimeters, and what an answer may be broken down by."""

from enum import StrEnum


class Perimeter(StrEnum):
    """The two industrial perimeters, never merged and never added (domain.md B.5)."""

    P1 = "p1"
    P2 = "p2"

    @property
    def label(self) -> str:
        """Return what the perimeter is, in French."""
        return _PERIMETERS[self]


_PERIMETERS = {
    Perimeter.P1: "P1 : organisations de l’ESS dont l’activité principale relève de l’industrie",
    Perimeter.P2: "P2 : structures conventionnées qui déclarent une activité industrielle",
}


class By(StrEnum):
    """What a breakdown runs along."""

    FAMILY = "family"
    NAF = "naf"
    STAFF = "staff"
    STATUS = "status"
    TERRITORY = "territory"

    @property
    def label(self) -> str:
        """Return its French name."""
        return _BREAKDOWNS[self]


_BREAKDOWNS = {
    By.FAMILY: "famille de l’ESS",
    By.NAF: "activité (NAF rév. 2)",
    By.STAFF: "tranche d’effectif",
    By.STATUS: "statuts détenus",
    By.TERRITORY: "territoire",
}
