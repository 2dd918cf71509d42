"""What a criterion finds of one activity for one need: met so far, refused, or not published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from essor.matching.activity import Activity, Supplier
from essor.matching.need import Need


@dataclass(frozen=True, slots=True)
class Met:
    """How far the criterion is met, from 0 to 1, and the sentence that says why."""

    share: float
    because: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A condition that is not met: why, and the text of law or the fact it rests on."""

    because: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A fact that is missing: which, and how to know it; `is_hard` when the need depends on it."""

    what: str
    how: str
    is_hard: bool = False


Finding = Met | Refused | Unpublished
Judge = Callable[[Need, Supplier, Activity, date], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its French name, how many points of the hundred it gives, and its judgement.

    A judge finds nothing when the need asks nothing of its criterion: no point is then given.
    """

    name: str
    points: float
    judge: Judge
