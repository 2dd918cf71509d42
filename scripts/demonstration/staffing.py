"""Staff bands: how many units of each band make a number of jobs, at the middle of the bands."""

from collections.abc import Mapping

from essor.perimeter.staff_bands import BY_CODE, UNKNOWN_BAND

# Share of each band among the units; the shape only, for the mean is then fitted.
_SOCIAL_ECONOMY = {
    "NN": 0.10, "00": 0.02, "01": 0.14, "02": 0.14, "03": 0.14, "11": 0.17, "12": 0.16,
    "21": 0.07, "22": 0.036, "31": 0.008, "32": 0.012, "41": 0.004,
}  # fmt: skip
_INDUSTRY = {
    "NN": 0.30, "00": 0.05, "01": 0.22, "02": 0.13, "03": 0.09, "11": 0.085, "12": 0.065,
    "21": 0.026, "22": 0.015, "31": 0.003, "32": 0.0055, "41": 0.0022, "42": 0.0008, "51": 0.0003,
    "52": 0.00005, "53": 0.00001,
}  # fmt: skip

SHAPES: Mapping[str, Mapping[str, float]] = {
    "social_economy": _SOCIAL_ECONOMY,
    "industry": _INDUSTRY,
    "crafts": {"NN": 0.86, "01": 0.1, "02": 0.04},
    "closed": {"NN": 1.0},
}
"""The shapes of bands that the plan names."""

_STEPS_OF_FIT = 60


def middle(band: str) -> float:
    """Return the middle of a band, in employees; none for an unknown one."""
    return BY_CODE[band].mid if band in BY_CODE else 0.0


def bands_for(units: int, jobs: float, shape: Mapping[str, float]) -> list[str]:
    """Return `units` bands, smallest first, whose middles sum to `jobs` as nearly as bands allow.

    `shape` is tilted towards small or large bands until its mean is right; whole numbers are then
    found by largest remainders, and the last jobs by moving single units from band to band.
    """
    counts = _rounded(_fitted(shape, jobs / units), units)
    _adjust(counts, jobs)
    return [band for band in sorted(counts, key=middle) for _ in range(counts[band])]


def band_of(jobs: float) -> str:
    """Return the band that holds a number of employees."""
    holding = (b.code for b in BY_CODE.values() if b.upper is None or jobs < b.upper + 1)
    return next(holding)


def _fitted(shape: Mapping[str, float], mean: float) -> dict[str, float]:
    """Return `shape` times (1 + middle) ** tilt, normalised, with the tilt that gives the mean."""
    low, high = -3.0, 3.0
    weights: dict[str, float] = {}
    for _ in range(_STEPS_OF_FIT):
        tilt = (low + high) / 2
        tilted = {band: share * (1 + middle(band)) ** tilt for band, share in shape.items()}
        whole = sum(tilted.values())
        weights = {band: weight / whole for band, weight in tilted.items()}
        is_low = sum(weight * middle(band) for band, weight in weights.items()) < mean
        low, high = (tilt, high) if is_low else (low, tilt)
    return weights


def _rounded(weights: Mapping[str, float], units: int) -> dict[str, int]:
    counts = {band: int(weight * units) for band, weight in weights.items()}
    missing = units - sum(counts.values())
    by_remainder = sorted(weights, key=lambda band: (counts[band] - weights[band] * units, band))
    for band in by_remainder[:missing]:
        counts[band] += 1
    return counts


def _adjust(counts: dict[str, int], jobs: float) -> None:
    """Move single units between bands, the best move first, while it brings the sum nearer."""
    gap = jobs - sum(middle(band) * count for band, count in counts.items())
    while True:
        moves = [
            (abs(gap - middle(there) + middle(here)), here, there)
            for here in counts
            for there in counts
            if counts[here] and here != there
        ]
        nearest, here, there = min(moves, default=(abs(gap), UNKNOWN_BAND, UNKNOWN_BAND))
        if nearest >= abs(gap):
            return
        counts[here] -= 1
        counts[there] += 1
        gap += middle(here) - middle(there)
