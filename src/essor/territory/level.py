"""The levels of territory: France, the six levels below it, and how French names them."""

from enum import StrEnum


class Level(StrEnum):
    """A level of territory; the value is its code in the tables."""

    FRANCE = "france"
    REGION = "region"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    TERRITOIRE_INDUSTRIE = "territoire_industrie"
    ZONE_EMPLOI = "zone_emploi"
    COMMUNE = "commune"

    @property
    def label(self) -> str:
        """Return what a person calls one territory of this level."""
        return _LABELS[self][0]

    @property
    def plural(self) -> str:
        """Return what a person calls several of them."""
        return _LABELS[self][1]

    @property
    def with_article(self) -> str:
        """Return the label and its definite article."""
        return _LABELS[self][2]

    @property
    def breadth(self) -> int:
        """Return the rank of the level, broadest first: it orders territories of equal extent."""
        return _BREADTHS[self]


_LABELS = {
    Level.FRANCE: ("pays", "pays", "la France"),
    Level.REGION: ("région", "régions", "la région"),
    Level.DEPARTEMENT: ("département", "départements", "le département"),
    Level.EPCI: ("intercommunalité", "intercommunalités", "l’intercommunalité"),
    Level.TERRITOIRE_INDUSTRIE: (
        "Territoire d’industrie",
        "Territoires d’industrie",
        "le Territoire d’industrie",
    ),
    Level.ZONE_EMPLOI: ("zone d’emploi", "zones d’emploi", "la zone d’emploi"),
    Level.COMMUNE: ("commune", "communes", "la commune"),
}

_BREADTHS = {
    Level.FRANCE: 0,
    Level.REGION: 1,
    Level.DEPARTEMENT: 2,
    Level.EPCI: 3,
    Level.TERRITOIRE_INDUSTRIE: 3,
    Level.ZONE_EMPLOI: 3,
    Level.COMMUNE: 4,
}
