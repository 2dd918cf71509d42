"""How distance counts in each trade: the share of public contracts won from farther away.

Read from `distance_decay.toml`, which `scripts/estimate_distance_decay.py` estimates.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

ALL_TRADES = "all"


@dataclass(frozen=True, slots=True)
class Decay:
    """The curve of a trade: for each of `shares`, the distance beyond which that share is won.

    `contracts` were observed in that trade; `label` says what the curve covers.
    """

    label: str
    contracts: int
    shares: tuple[float, ...]
    distances_km: tuple[float, ...]

    def share(self, distance_km: float) -> float:
        """Return the share of contracts won from farther than `distance_km`, from 1 down to 0."""
        knots = ((0.0, 1.0), *zip(self.distances_km, self.shares, strict=True))
        for (near, above), (far, below) in pairwise(knots):
            if distance_km <= far:
                part = (distance_km - near) / (far - near) if far > near else 1.0
                return above + part * (below - above)
        last_km, last = knots[-1]
        return last * last_km / distance_km if distance_km > 0 else last

    def reach_km(self, share: float) -> float:
        """Return the distance beyond which at most `share` of the contracts are won."""
        return next(
            (
                far
                for far, left in zip(self.distances_km, self.shares, strict=True)
                if left <= share
            ),
            self.distances_km[-1],
        )


def decay_of(codes: Iterable[str]) -> Decay:
    """Return the curve of the first of the NAF codes whose division has one, else of all trades."""
    curves = _curves()
    return next(
        (curves[code[:2]] for code in codes if code[:2] in curves and code[2:3] in ("", ".")),
        curves[ALL_TRADES],
    )


def known_divisions() -> Sequence[str]:
    """Return the NAF divisions that have a curve of their own."""
    return tuple(division for division in _curves() if division != ALL_TRADES)


@cache
def _curves() -> dict[str, Decay]:
    read = tomllib.loads(
        (files("essor.matching") / "distance_decay.toml").read_text(encoding="utf-8")
    )
    shares = tuple(float(share) for share in read["shares"])
    return {
        division: Decay(
            curve["label"],
            int(curve["contracts"]),
            shares,
            tuple(float(distance) for distance in curve["distances_km"]),
        )
        for division, curve in read["naf"].items()
    }
