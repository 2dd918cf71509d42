"""Judge and rank suppliers for a need: the score is the sum of its reasons, and nothing else."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from essor.matching import fairness
from essor.matching.activity import Activity, Supplier
from essor.matching.criteria import (
    amount,
    capacity,
    deadline,
    place,
    presence,
    reserved,
    statuses,
    trade,
)
from essor.matching.finding import Criterion, Met, Refused, Unpublished
from essor.matching.need import Need, identity

CRITERIA_VERSION = "2026.11.2"
"""Changes with the criteria, their points, whom they judge or the order: an old answer is replayed with its own."""

TRADE = "métier"

CRITERIA = (
    Criterion(TRADE, 40, trade.judge),
    Criterion("lieu", 25, place.judge),
    Criterion("capacité", 10, capacity.judge),
    Criterion("marché réservé", 10, reserved.judge),
    Criterion("forme d’intervention", 5, presence.judge),
    Criterion("statuts et certificats", 4, statuses.judge),
    Criterion("taille du marché", 4, amount.judge),
    Criterion("délai", 2, deadline.judge),
)
# Points are counted in quarters, which binary numbers add exactly, in any order.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """Points won on one criterion, out of how many, and why."""

    criterion: str
    points: float
    out_of: float
    because: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A condition of the need that is not met: why, and the text it rests on."""

    criterion: str
    because: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody published, how to know it, and whether the need depends on it."""

    criterion: str
    what: str
    how: str
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A supplier judged on its best activity: score out of 100, the sum of its reasons.

    `out_of` is what a perfect answer to that need would score: a criterion on which nothing is
    asked gives no point to anybody. `note` says why its rank is not that of its score, if so.
    """

    supplier: Supplier
    activity: Activity
    score: float
    out_of: float
    reasons: tuple[Reason, ...]
    refusals: tuple[Refusal, ...]
    unknowns: tuple[Unknown, ...]
    note: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether every condition on which the need depends is known to be met."""
        return not any(unknown.is_hard for unknown in self.unknowns)


def match(
    need: Need, suppliers: Iterable[Supplier], day: date, release: int = 0
) -> tuple[Match, ...]:
    """Return the suppliers that may answer, best first; none that breaks a condition.

    Those that meet every condition come before those of which something is unknown. Scores within
    one point are equal: their order is drawn from the need, the release and the SIREN.
    """
    return ranked(need, (explain(need, each, day) for each in suppliers), release)


def ranked(need: Need, judged: Iterable[Match], release: int = 0) -> tuple[Match, ...]:
    """Return the matches without refusal, in the order of `match`."""
    kept = [each for each in judged if not each.refusals]
    certain = [each for each in kept if each.is_certain]
    doubtful = [each for each in kept if not each.is_certain]
    return fairness.ordered((certain, doubtful), f"{identity(need)}/{release}")


def explain(need: Need, supplier: Supplier, day: date) -> Match:
    """Return the judgement of one supplier on its best activity, with its refusals if any."""
    judged = [_judged(need, supplier, activity, day) for activity in supplier.activities]
    return min(judged, key=_preference) if judged else _idle(supplier)


def needs_for(
    supplier: Supplier, needs: Iterable[Need], day: date
) -> tuple[tuple[Need, Match], ...]:
    """Return the needs that the supplier may answer, each with its match: the best suited first.

    Suited is the part of what the need asks for that is met, then the score.
    """
    judged = [(need, explain(need, supplier, day)) for need in needs]
    kept = [(need, found) for need, found in judged if not found.refusals]
    return tuple(
        sorted(
            kept,
            key=lambda pair: (
                not pair[1].is_certain,
                -pair[1].score / (pair[1].out_of or 1),
                -pair[1].score,
                identity(pair[0]),
            ),
        )
    )


def _judged(need: Need, supplier: Supplier, activity: Activity, day: date) -> Match:
    reasons: list[Reason] = []
    refusals: list[Refusal] = []
    unknowns: list[Unknown] = []
    out_of = 0.0
    for criterion in CRITERIA:
        findings = criterion.judge(need, supplier, activity, day)
        out_of += criterion.points if findings else 0.0
        for finding in findings:
            match finding:
                case Met(share, because):
                    points = _points(criterion.points * share)
                    reasons.append(Reason(criterion.name, points, criterion.points, because))
                case Refused(because, citation):
                    refusals.append(Refusal(criterion.name, because, citation))
                case Unpublished(what, how, is_hard):
                    unknowns.append(Unknown(criterion.name, what, how, is_hard))
    score = sum(reason.points for reason in reasons)
    return Match(
        supplier, activity, score, out_of, tuple(reasons), tuple(refusals), tuple(unknowns)
    )


def _points(points: float) -> float:
    return math.floor(points * _STEPS + 0.5) / _STEPS


def _preference(judged: Match) -> tuple[int, bool, float, tuple[str, ...], str]:
    """Order the activities of one supplier: the best judged first."""
    return (
        len(judged.refusals),
        not judged.is_certain,
        -judged.score,
        judged.activity.trades,
        judged.activity.label,
    )


def _idle(supplier: Supplier) -> Match:
    """Return the refusal of a supplier of which no activity is known."""
    refusal = Refusal(TRADE, "Aucune activité n’est connue de ce fournisseur.")
    return Match(supplier, Activity(()), 0.0, 0.0, (), (refusal,), ())
