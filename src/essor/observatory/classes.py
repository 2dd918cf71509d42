"""Classes of values: few, near equal in number, positive, between bounds that a person can read."""

import math
from bisect import bisect_right
from collections.abc import Iterable

CLASSES = 5
_DIGITS = 2
"""Significant digits of a bound, before more are needed to tell two classes apart."""
_MOST_DIGITS = 4


def bounds_of(values: Iterable[float], classes: int = CLASSES) -> tuple[float, ...]:
    """Return the bounds between classes, increasing: the quantiles of the values, rounded.

    Zeros are a class of their own. There are `classes` - 1 bounds, or fewer when the values are too
    few or too alike: no class is empty. A value equal to a bound is of the class above.
    """
    held = sorted(values)
    some = [value for value in held if value > 0]
    if not some or held[0] == held[-1]:
        return ()
    has_zeros = len(some) < len(held)
    parts = classes - has_zeros
    ranks = range(0 if has_zeros else 1, parts)
    wanted = [some[len(some) * rank // parts] for rank in ranks]
    digits = next((n for n in range(_DIGITS, _MOST_DIGITS) if _are_apart(wanted, n)), _MOST_DIGITS)
    return _without_empty(sorted({_rounded(value, digits) for value in wanted}), held)


def class_of(value: float, bounds: tuple[float, ...]) -> int:
    """Return the rank of the class of a value, from 1."""
    return bisect_right(bounds, value) + 1


def _without_empty(bounds: Iterable[float], held: list[float]) -> tuple[float, ...]:
    """Return the bounds that have a value below them, above the bound before, and one above all."""
    kept: list[float] = []
    for bound in bounds:
        least = kept[-1] if kept else -math.inf
        if bound <= held[-1] and any(least <= value < bound for value in held):
            kept.append(bound)
    return tuple(kept)


def _are_apart(values: list[float], digits: int) -> bool:
    different = set(values)
    return len({_rounded(value, digits) for value in different}) == len(different)


def _rounded(value: float, digits: int) -> float:
    """Return a value with so many significant digits, down: what it bounds stays above it."""
    step = 10.0 ** (math.floor(math.log10(value)) - digits + 1)
    return round(math.floor(value / step + 1e-9) * step, 12)
