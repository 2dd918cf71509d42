"""What a supplier offers: the unit of matching is an activity, all of whose conditions hold together."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from essor.language.presence import Presence
from essor.language.quantities import Quantity
from essor.matching.zone import Zone


class Basis(StrEnum):
    """What an activity rests on."""

    DECLARED = "declared"
    INFERRED = "inferred"
    NAMED = "named"
    """By its name alone, which is no proof: it weighs less, and is never held for certain."""
    TOLD = "told"
    """By the list of another, which the organisation has not confirmed: it adds, and refuses nobody."""


class ReachKind(StrEnum):
    """How far an activity is offered."""

    COUNTRY = "country"
    RADIUS = "radius"
    ZONES = "zones"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an activity is offered: everywhere, so many kilometres around, in zones, or unknown."""

    kind: ReachKind = ReachKind.UNKNOWN
    radius_km: float | None = None
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a source attests: its kind (`esat`, `ea`…), and the days it is known for."""

    kind: str
    attested_on: date
    source: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that a supplier does.

    `trades` are codes: NAF rév. 2 positions (« 38.32Z »), or trades of the thesaurus. An empty
    `presence` or `capacity`, and a None, are what nobody published. `because` says what an inferred
    activity was read from.
    """

    trades: tuple[str, ...]
    label: str = ""
    presence: tuple[Presence, ...] = ()
    reach: Reach = Reach()
    capacity: tuple[Quantity, ...] = ()
    certificates: tuple[str, ...] | None = None
    available_from: date | None = None
    basis: Basis = Basis.INFERRED
    because: str = ""


@dataclass(frozen=True, slots=True)
class Supplier:
    """An establishment that may answer, with what it does and what is published of it.

    `kinds_without_list` are the kinds of status whose list the release does not hold: of these, not
    being listed proves nothing. `place` is the commune where it works, at its own coordinates.
    """

    siret: str
    siren: str
    name: str
    place: Zone | None
    activities: tuple[Activity, ...]
    statuses: tuple[Status, ...] = ()
    kinds_without_list: tuple[str, ...] = ()
    ess_family: str | None = None
    staff_lower: int | None = None
    turnover_eur: float | None = None
    is_fictional: bool = False
