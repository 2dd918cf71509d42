"""What is linked: the entries of a register, the queries typed, the candidates answered."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Query:
    """An organisation as somebody typed it; a field left empty is unknown."""

    name: str
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and place of a SIREN; a SIREN may have several entries (former name, acronym, site)."""

    siren: str
    name: str
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A SIREN that may be the one typed, and the probability, 0 to 1, that it is.

    `entry` is the one that looks most like the query; `reasons` are French sentences.
    """

    siren: str
    score: float
    entry: Entry
    reasons: tuple[str, ...]


class Outcome(StrEnum):
    """What to do with the candidates of a query."""

    ACCEPT = "accept"
    ASK = "ask"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, the SIREN accepted if any, and why in one French sentence."""

    outcome: Outcome
    siren: str | None
    because: str
