"""The pool: all who may supply, in columns, those of one activity code side by side."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from essor.linkage.texts import Texts
from essor.matching.listed import KINDS
from essor.matching.zone import Zone
from essor.territory.distance import EARTH_RADIUS_KM
from essor.territory.level import Level

Rows = NDArray[np.int64]
PARENT = "parent"
"""The column of the communes that hold a commune: Paris, of its arrondissements."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of one activity code: from `start`, those conventioned, then the others up to `end`."""

    start: int
    conventioned: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The territory of each row at one level: its rank in `codes`, or -1."""

    codes: Mapping[str, int]
    ranks: NDArray[np.int32]

    def holds(self, rows: Rows, code: str) -> NDArray[np.bool_]:
        """Return which of the rows are in the territory of that code."""
        rank = self.codes.get(code)
        return np.zeros(len(rows), np.bool_) if rank is None else self.ranks[rows] == rank


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The open establishments of the social economy, and those conventioned, mapped from files.

    `sphere` places each on the unit sphere (NaN: nowhere known); `turns` orders equals by a draw, each
    its own; `kinds` has one bit for each kind of status held, in the order of `KINDS`; `named` has the rows
    whose name says a trade that their code does not, by the codes of that trade; `cards` say the rest.
    """

    stretches: Mapping[str, Stretch]
    sphere: NDArray[np.float64]
    turns: NDArray[np.uint32]
    kinds: NDArray[np.uint16]
    territories: Mapping[str, Column]
    named: Mapping[str, Rows]
    cards: Texts
    kinds_without_list: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.turns)

    def of_codes(self, codes: Iterable[str], *, is_conventioned: bool = False) -> Rows:
        """Return the rows of these activity codes, or those conventioned among them, ascending."""
        known = sorted(
            (stretch.start, stretch.conventioned if is_conventioned else stretch.end)
            for stretch in (self.stretches.get(code) for code in codes)
            if stretch is not None
        )
        return np.concatenate([np.arange(0), *(np.arange(start, end) for start, end in known)])

    def of_names(self, codes: Iterable[str]) -> Rows:
        """Return the rows whose name says a trade of one of these codes, ascending."""
        return np.unique(np.concatenate([np.arange(0), *(self.named[code] for code in codes)]))

    def hold(self, rows: Rows, kinds: Container[str]) -> NDArray[np.bool_]:
        """Return which of the rows are listed, on whatever day, as of one of these kinds."""
        wanted = sum(1 << rank for rank, kind in enumerate(KINDS) if kind in kinds)
        return np.bitwise_and(self.kinds[rows], wanted).astype(np.bool_)

    def are_inside(self, rows: Rows, zone: Zone) -> NDArray[np.bool_]:
        """Return which of the rows are established in the zone."""
        if zone.level is Level.FRANCE:
            return np.ones(len(rows), np.bool_)
        inside = self.territories[zone.level.value].holds(rows, zone.code)
        if zone.level is Level.COMMUNE:
            inside |= self.territories[PARENT].holds(rows, zone.code)
        return inside

    def gaps_km(self, rows: Rows, zone: Zone) -> NDArray[np.float64]:
        """Return the distance of each row to the edge of the zone: 0 inside, infinite when unknown."""
        gaps = np.full(len(rows), np.inf)
        if zone.point is not None:
            chords = np.linalg.norm(
                self.sphere[rows] - on_sphere(zone.point.lon, zone.point.lat), axis=1
            )
            km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, chords / 2)) - zone.half_width_km
            gaps = np.where(np.isnan(km), np.inf, np.maximum(0, km))
        gaps[self.are_inside(rows, zone)] = 0
        return gaps


def on_sphere(lon: object, lat: object) -> NDArray[np.float64]:
    """Return where degrees are on the unit sphere: three coordinates, last axis."""
    x, y = np.radians(np.asarray(lon, np.float64)), np.radians(np.asarray(lat, np.float64))
    return np.stack((np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)), axis=-1)
