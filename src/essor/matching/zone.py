"""A zone: a perimeter of any level as matching sees it, with what contains it and how wide it is.

Containment is answered both ways: a commune and the région that holds it concern each other.
"""

import math
from dataclasses import dataclass

from essor.territory.distance import Point, distance_km
from essor.territory.level import Level

FRANCE = "france:FR"
"""The selector of the whole country, as `territory` writes it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A perimeter: level, code, name, centre, area, and the selectors of all that contains it.

    A selector is « departement:57 ». `area_km2` gives the zone its width: it is judged as a disc of
    that area; unknown, it is a point.
    """

    level: Level
    code: str
    name: str
    point: Point | None = None
    area_km2: float | None = None
    within: tuple[str, ...] = ()

    @property
    def selector(self) -> str:
        """Return the text that designates this zone and no other: « commune:57463 »."""
        return f"{self.level.value}:{self.code}"

    @property
    def half_width_km(self) -> float:
        """Return the radius of the disc of the same area, in kilometres; 0 for a commune."""
        if self.level is Level.COMMUNE or not self.area_km2:
            return 0.0
        return math.sqrt(self.area_km2 / math.pi)


def is_inside(inner: Zone, outer: Zone) -> bool:
    """Return whether `inner` is `outer` or lies in it."""
    return (
        outer.level is Level.FRANCE
        or inner.selector == outer.selector
        or outer.selector in inner.within
    )


def concern(a: Zone, b: Zone) -> bool:
    """Return whether one of the two zones is, or contains, the other."""
    return is_inside(a, b) or is_inside(b, a)


def gap_km(a: Zone, b: Zone) -> float | None:
    """Return the distance between the edges of two zones, 0 inside; None without their places.

    Great-circle kilometres between centres, less the half-widths of the zones.
    """
    if is_inside(a, b) or is_inside(b, a):
        return 0.0
    if a.point is None or b.point is None:
        return None
    return max(0.0, distance_km(a.point, b.point) - a.half_width_km - b.half_width_km)
