"""Intervals: a value between the bounds that the staff bands leave it."""

from dataclasses import dataclass

from essor.observatory.headcount import Headcount


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and its bounds: lower ≤ value ≤ upper."""

    lower: float
    value: float
    upper: float


def staff(group: Headcount) -> Interval | None:
    """Return the staff of a group, in employees; unknown when no band is known."""
    if not group.is_measured:
        return None
    return Interval(group.lower, group.mid, group.upper)


def staff_share(part: Headcount, others: Headcount) -> Interval | None:
    """Return the share (0–1) of a part in the staff of the part and the others together.

    Each bound sets the part against the opposite bound of the others, so that it stays in [0, 1].
    Unknown when the part is not measured, or when the whole has nobody.
    """
    if not part.is_measured or part.mid + others.mid <= 0:
        return None
    return Interval(
        _part_of(part.lower, others.upper),
        _part_of(part.mid, others.mid),
        _part_of(part.upper, others.lower),
    )


def _part_of(part: float, others: float) -> float:
    return part / (part + others) if part > 0 else 0.0
