"""What is found: one value for organisations, establishments, and whatever a search covers later."""

from dataclasses import dataclass
from enum import StrEnum

from essor.territory.level import Level


class Kind(StrEnum):
    """A kind of document; each has an index of its own, with the same fields."""

    ORGANISATION = "organisation"
    ESTABLISHMENT = "establishment"

    @property
    def plural(self) -> str:
        """Return what a person calls several of them."""
        return _PLURALS[self]


_PLURALS = {Kind.ORGANISATION: "organisations", Kind.ESTABLISHMENT: "établissements"}

PLACED_LEVELS = (
    Level.COMMUNE,
    Level.EPCI,
    Level.DEPARTEMENT,
    Level.REGION,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
)
"""The levels a document has a code of, in the order of `Document.territories`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found.

    `id` orders the documents of equal score: a SIREN or a SIRET. `territories` has a code, or None,
    for each of `PLACED_LEVELS`; `place` is the words a person would call its place by. The position
    is in WGS 84 degrees; unknown is None everywhere.
    """

    id: str
    siren: str
    siret: str | None = None
    name: str | None = None
    acronym: str | None = None
    naf: str | None = None
    ess_family: str | None = None
    statuses: tuple[str, ...] = ()
    staff_band: str | None = None
    commune_name: str | None = None
    place: str = ""
    territories: tuple[str | None, ...] = (None,) * len(PLACED_LEVELS)
    lon: float | None = None
    lat: float | None = None
    is_industrial_p1: bool | None = None
    is_industrial_p2: bool | None = None
    is_active: bool = True
    is_fictional: bool = False
