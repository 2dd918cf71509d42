"""A rule: what a text of law requires, version by version, condition by condition, with its cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from essor.rules.facts import FactValue
from essor.rules.verdict import Verdict


class Status(StrEnum):
    """How sure we are of what we wrote of the law."""

    VERIFIED = "V"
    TO_CHECK = "AV"
    REASONED = "R"

    @property
    def label(self) -> str:
        """Return what a person reads."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.VERIFIED: "vérifié",
    Status.TO_CHECK: "à vérifier",
    Status.REASONED: "raisonné",
}


class Operator(StrEnum):
    """How the value observed is compared with the value of the law."""

    ONE_OF = "one_of"
    IS = "is"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Join(StrEnum):
    """How requirements are joined."""

    ALL = "all"
    ANY = "any"
    NOT = "not"


class Groupement(StrEnum):
    """What a text says of a groupement: each member must meet it, or nothing."""

    EACH = "each"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Citation:
    """The article, and where it can be read."""

    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a text: the fact it looks at, and the French words of a person."""

    code: str
    text: str
    fact: str
    operator: Operator
    value: bool | float | tuple[str, ...]
    citation: Citation
    checked_on: date
    status: Status


@dataclass(frozen=True, slots=True)
class Requirement:
    """Conditions joined: its parts are codes of conditions, or requirements again."""

    join: Join
    parts: "tuple[str | Requirement, ...]"


@dataclass(frozen=True, slots=True)
class GroupementClause:
    """What the text, or its doctrine, asks of a groupement d’opérateurs économiques."""

    mode: Groupement
    text: str
    citation: Citation
    checked_on: date
    status: Status


@dataclass(frozen=True, slots=True)
class Version:
    """What the text requires from a first day to a last one, both included; None is not yet known."""

    since: date
    until: date | None
    requires: Requirement
    conditions: Mapping[str, Condition]
    groupement: GroupementClause
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Return whether that version was in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Case:
    """An example with its answer: a test of the rule, and a line of its page.

    An operator alone is a groupement of one.
    """

    name: str
    day: date
    members: tuple[Mapping[str, FactValue], ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Rule:
    """A text of law as data: oldest version first."""

    code: str
    title: str
    summary: str
    versions: tuple[Version, ...]
    cases: tuple[Case, ...]

    def on(self, day: date) -> Version | None:
        """Return the version in force on `day`, None when we know of none."""
        return next((version for version in self.versions if version.holds_on(day)), None)
