"""The nearest: which suppliers of a pool are read for a need, when they are too many to read them all.

Of each tier the nearest to the place are read, so many whatever the radius: whoever is read within
a radius is read within any wider one. A choice that is bounded, that loses nobody in a small radius
and that no wider one takes back can only be of the nearest. In one tier, the nearest are also those
who score best on trade and place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from essor.matching.need import Need, identity
from essor.matching.pool import Pool, Rows
from essor.matching.tiers import Tier, tiers_named, tiers_of_trade, tiers_unsaid

MOST = 250
"""How many suppliers of a trade are judged."""

MOST_UNSAID = 50
"""How many conventioned structures whose activity code says no trade are judged beside them."""

MOST_NAMED = 50
"""How many of those whose name alone says the trade are judged beside them."""

# The judgement computes the distance in another way: at the very edge of a radius, it is for it to say.
_ROUNDING_KM = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The rows to read, none twice, and whether there were more of a trade than are read."""

    rows: Rows
    is_cut: bool


def chosen(pool: Pool, need: Need) -> Chosen:
    """Return whom to read: the nearest of each tier of trade; beside them, of those conventioned or so named."""
    found = _nearest(pool, need, tiers_of_trade(pool, need), MOST)
    beside = _nearest(pool, need, tiers_unsaid(pool, need), MOST_UNSAID)
    named = _nearest(pool, need, tiers_named(pool, need), MOST_NAMED)
    rows = np.concatenate((found.rows, beside.rows, named.rows))
    return Chosen(np.unique(rows), found.is_cut)


def _nearest(pool: Pool, need: Need, tiers: Sequence[Tier], most: int) -> Chosen:
    shift = _shift(pool, need)
    rows: list[Rows] = [np.arange(0)]
    is_cut = False
    for tier, quota in zip(tiers, _quotas(tiers, most), strict=True):
        near = _within_radius(tier, need)
        is_cut |= len(near.rows) > quota
        rows.append(_first(near, quota, pool, shift))
    return Chosen(np.concatenate(rows), is_cut)


def _quotas(tiers: Sequence[Tier], most: int) -> list[int]:
    """Return how many of each tier are read: by its weight, what one leaves going to the others."""
    quotas = [0] * len(tiers)
    left, weights = most, sum(tier.weight for tier in tiers)
    for place in sorted(
        range(len(tiers)), key=lambda rank: len(tiers[rank].rows) / tiers[rank].weight
    ):
        tier = tiers[place]
        quotas[place] = min(len(tier.rows), round(left * tier.weight / weights))
        left -= quotas[place]
        weights -= tier.weight
    return quotas


def _within_radius(tier: Tier, need: Need) -> Tier:
    if need.place is None or need.place.point is None or need.radius_km is None:
        return tier
    return tier.kept(tier.gaps_km <= need.radius_km + _ROUNDING_KM)


def _first(tier: Tier, quota: int, pool: Pool, shift: int) -> Rows:
    """Return the nearest rows of a tier, equals by their turn."""
    if len(tier.rows) <= quota:
        return tier.rows
    if quota == 0:
        return tier.rows[:0]
    edge = np.partition(tier.gaps_km, quota - 1)[quota - 1]
    nearer, equals = tier.rows[tier.gaps_km < edge], tier.rows[tier.gaps_km == edge]
    turns = (pool.turns[equals].astype(np.int64) + shift) % len(pool)
    wanted = quota - len(nearer)
    return np.concatenate((nearer, equals[np.argpartition(turns, wanted - 1)[:wanted]]))


def _shift(pool: Pool, need: Need) -> int:
    """Return where the turns start for this need, the same for any radius."""
    return int(identity(replace(need, radius_km=None)), 16) % max(1, len(pool))
