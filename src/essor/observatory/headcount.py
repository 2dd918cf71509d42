"""Headcounts: organisations counted together, and what their staff bands say of their staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

# One row of these columns makes a `Headcount`, in the order of its fields. A band without upper
# bound counts its lower bound: the sum is then the least that the upper bound can be, and said so.
HEADCOUNT_SQL = """
    count(*),
    count(staff_lower),
    coalesce(sum(staff_lower), 0)::BIGINT,
    coalesce(sum(staff_mid), 0)::DOUBLE,
    coalesce(sum(coalesce(staff_upper, staff_lower)), 0)::BIGINT,
    coalesce(max(coalesce(staff_upper, staff_lower)), 0)::BIGINT,
    count(*) FILTER (WHERE staff_lower IS NOT NULL AND staff_upper IS NULL),
    count(*) FILTER (WHERE is_partly_diffused),
    coalesce(bool_or(is_fictional), false)
"""


@dataclass(frozen=True, slots=True)
class Headcount:
    """Organisations counted together: `known` are those whose staff band is known.

    `lower`, `mid`, `upper` are sums over the known ones, in employees; `largest` is the upper bound
    of the largest one; `open_ended` counts those of the last band, which has no upper bound.
    """

    units: int = 0
    known: int = 0
    lower: int = 0
    mid: float = 0.0
    upper: int = 0
    largest: int = 0
    open_ended: int = 0
    partly_diffused: int = 0
    is_fictional: bool = False

    def __add__(self, other: "Headcount") -> "Headcount":
        """Return the two counted together."""
        return Headcount(
            self.units + other.units,
            self.known + other.known,
            self.lower + other.lower,
            self.mid + other.mid,
            self.upper + other.upper,
            max(self.largest, other.largest),
            self.open_ended + other.open_ended,
            self.partly_diffused + other.partly_diffused,
            self.is_fictional or other.is_fictional,
        )

    @property
    def unknown(self) -> int:
        """Return how many organisations have no known staff band."""
        return self.units - self.known

    @property
    def is_measured(self) -> bool:
        """Return whether its staff means something: it is empty, or one band at least is known."""
        return self.known > 0 or self.units == 0


def together(headcounts: Iterable[Headcount]) -> Headcount:
    """Return all of them counted together; nothing when there is none."""
    return reduce(add, headcounts, Headcount())
