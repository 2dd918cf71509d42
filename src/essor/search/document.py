"""What is found: one value for organisations, establishments, and whatever a search covers later.

To cover one more kind of thing (notices, sites, instruments, members' needs…):

1. give it a member of `Kind`, with what a person calls one and several of them, its name, and its trade;
2. write the function that makes a `Document` of one: `id` and `name` (its title) are all that it must
   have; `text` is what else it says, found and shown as an excerpt;
3. if a release holds it, yield its documents in the order of their `id` from a function of
   `documents.DOCUMENTS`: the next build indexes them. If members publish it, or change it, lay the
   documents over the index with `Index.overlaid(kind, documents)`, all at once: it takes milliseconds,
   replaces those of the same `id`, takes away those that are `gone`, and changes no file. A kind that no
   release holds needs nothing else. Only the release is rebuilt, at the next build.

Filters, facets, distances, pages and reasons are then those of every other kind.
"""

from dataclasses import dataclass
from enum import StrEnum

from essor.territory.level import Level


class Kind(StrEnum):
    """A kind of document; each has an index of its own, with the same fields.

    `named` and `trade` begin the sentences that speak of its name and of its activity.
    """

    singular: str
    plural: str
    named: str
    trade: str

    ORGANISATION = "organisation", "organisation", "organisations"
    ESTABLISHMENT = "establishment", "établissement", "établissements"
    OFFER = "offer", "offre", "offres", "Son titre"
    NEED = "need", "besoin", "besoins", "Son titre", "Le métier qu’il demande surtout"

    def __new__(
        cls,
        value: str,
        singular: str = "",
        plural: str = "",
        named: str = "Son nom",
        trade: str = "Son activité principale",
    ) -> "Kind":
        """Return the kind of that value, with what a person calls it."""
        kind = str.__new__(cls, value)
        kind._value_, kind.singular, kind.plural = value, singular, plural
        kind.named, kind.trade = named, trade
        return kind


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

    `id` orders the documents of equal score: a SIREN or a SIRET; `siren` is that of whoever owns it, ""
    when nobody does. `text` is what it says beyond its name, nothing for an organisation; `forms` are what
    its kind is sorted by: the means that is offered, for whom a need is reserved. `territories` has a code,
    or None, for each of `PLACED_LEVELS`; `place` is the words a person would call its place by. The
    position is in WGS 84 degrees; unknown is None everywhere.
    """

    id: str
    siren: str = ""
    siret: str | None = None
    name: str | None = None
    acronym: str | None = None
    text: str = ""
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
    forms: tuple[str, ...] = ()
