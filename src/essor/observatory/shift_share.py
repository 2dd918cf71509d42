"""Shift-share: what a change of employment owes to the country, the sectors and the place."""

from collections.abc import Mapping
from dataclasses import dataclass

from essor.observatory.shrinkage import trust

Change = tuple[float, float]
"""Employees before and after."""


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """A change of employment, in employees, and the four effects that add up to it exactly.

    `national`: what the territory would have gained at the country's pace; `structural`: what its
    mix of sectors adds; `local`: what the place itself adds, as far as the number of jobs lets it
    be told; `unexplained`: the rest of the local departure, which chance is enough to explain.
    """

    before: float
    after: float
    national: float
    structural: float
    local: float
    unexplained: float

    @property
    def change(self) -> float:
        """Return the change observed, in employees."""
        return self.after - self.before


def shift_share(local: Mapping[str, Change], national: Mapping[str, Change]) -> ShiftShare | None:
    """Return the decomposition of the change of `local`, both by sector.

    Unknown where the country had no job before: there is no pace to compare with.
    """
    country_before = sum(before for before, _ in national.values())
    if not country_before:
        return None
    pace = sum(after for _, after in national.values()) / country_before - 1
    effects = [
        _sector_effects(change, _pace(national.get(sector, (0.0, 0.0))), pace)
        for sector, change in sorted(local.items())
    ]
    before = sum(change[0] for change in local.values())
    after = sum(change[1] for change in local.values())
    totals = [sum(column) for column in zip(*effects, strict=True)] or [0.0] * 4
    return ShiftShare(before, after, *totals)


def _sector_effects(
    change: Change, sector_pace: float, pace: float
) -> tuple[float, float, float, float]:
    before, after = change
    departure = after - before * (1 + sector_pace)
    told = departure * trust(max(before, after))
    return before * pace, before * (sector_pace - pace), told, departure - told


def _pace(change: Change) -> float:
    before, after = change
    return after / before - 1 if before else 0.0
