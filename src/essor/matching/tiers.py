"""Tiers: whom a need may read, by how close their trade is and whether a list attests what it requires."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from essor.matching.criteria.trade import LEAST_SHARE, NAMED_SHARE, closeness
from essor.matching.decay import decay_of
from essor.matching.inference import UNTELLING
from essor.matching.need import Need
from essor.matching.pool import Pool, Rows
from essor.matching.reservation import RESERVATIONS
from essor.territory.level import Level

# Of a supplier of an unknown zone, how far from a perimeter it is still worth asking.
_MARGIN_SHARE = 0.5
# Of those whom no list attests, how many are read for one that a list does.
_UNATTESTED = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Tier:
    """Suppliers who answer as well as one another but for the distance, and how far each is.

    `weight` is how much of what is read goes to them. Those of the zones wanted only; the radius has
    no say in it.
    """

    weight: float
    rows: Rows
    gaps_km: NDArray[np.float64]

    def kept(self, mask: NDArray[np.bool_], share: float = 1.0) -> "Tier":
        """Return those of the mask, with that share of the weight."""
        return Tier(self.weight * share, self.rows[mask], self.gaps_km[mask])


def tiers_of_trade(pool: Pool, need: Need) -> tuple[Tier, ...]:
    """Return the suppliers of a trade near one wanted, in tiers."""
    return tuple(
        tier
        for share, codes in _codes_by_share(need, tuple(pool.stretches)).items()
        for tier in _attested_first(pool, need, _placed(pool, need, share, pool.of_codes(codes)))
    )


def tiers_named(pool: Pool, need: Need) -> tuple[Tier, ...]:
    """Return those whose name says a trade wanted while their code says another, or none, in tiers."""
    if not need.trades:
        return ()
    return tuple(
        tier
        for share, codes in _codes_by_share(need, tuple(pool.named)).items()
        if share * NAMED_SHARE >= LEAST_SHARE
        for tier in _attested_first(pool, need, _placed(pool, need, share, pool.of_names(codes)))
    )


def tiers_unsaid(pool: Pool, need: Need) -> tuple[Tier, ...]:
    """Return the conventioned structures whose activity code says no trade, in tiers.

    None when nothing but a trade is asked for.
    """
    if need.place is None and not (need.zones or need.reserved_under or need.statuses):
        return ()
    rows = pool.of_codes(UNTELLING, is_conventioned=True)
    return tuple(_attested_first(pool, need, _placed(pool, need, 1.0, rows)))


def _codes_by_share(need: Need, known: tuple[str, ...]) -> dict[float, list[str]]:
    """Return the codes known that are near a trade wanted, by how near; all of them when none is."""
    near = {} if need.trades else dict.fromkeys(known, 1.0)
    for each in need.trades:
        for code, close in _neighbours(each.code, known):
            near[code] = max(near.get(code, 0.0), each.share * close)
    by_share: dict[float, list[str]] = {}
    for code, share in near.items():
        if share >= LEAST_SHARE:
            by_share.setdefault(share, []).append(code)
    return by_share


@lru_cache(maxsize=4_096)
def _neighbours(wanted: str, known: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Return the known codes that have something to do with the one wanted, and how close they are."""
    # Two codes that do not begin alike have nothing to do with each other: no need to compare them.
    found = ((code, closeness(wanted, code)) for code in known if code[:2] == wanted[:2])
    return tuple((code, close) for code, close in found if close > 0)


def _placed(pool: Pool, need: Need, weight: float, rows: Rows) -> Tier:
    """Return those of the rows that are in the zones wanted, or near enough to be asked."""
    zones = () if any(zone.level is Level.FRANCE for zone in need.zones) else need.zones
    if need.place is not None:
        if zones:
            rows = rows[np.any([pool.are_inside(rows, zone) for zone in zones], axis=0)]
        return Tier(weight, rows, pool.gaps_km(rows, need.place))
    if not zones:
        return Tier(weight, rows, np.zeros(len(rows)))
    margin = decay_of(wanted.code for wanted in need.trades).reach_km(_MARGIN_SHARE)
    gaps = np.min([pool.gaps_km(rows, zone) for zone in zones], axis=0)
    return Tier(weight, rows, gaps).kept(gaps <= margin)


def _attested_first(pool: Pool, need: Need, tier: Tier) -> Iterator[Tier]:
    """Yield those of a status that the need requires, then the others; one tier when it requires none."""
    kinds = need.statuses
    if not kinds and need.reserved_under is not None:
        kinds = RESERVATIONS[need.reserved_under].kinds
    if not kinds:
        yield tier
        return
    attested = pool.hold(tier.rows, kinds)
    yield tier.kept(attested)
    yield tier.kept(~attested, _UNATTESTED)
