"""A circle as terms of the index: whole cells of three nested grids, then the documents at its edge.

An inverted index has no distance. Positions are sorted by cell once; the documents of a circle are
then found exactly by the great-circle distance, and named by the fewest terms: a cell whose every
document is inside is one term, and only the documents of the cells that the circle cuts are listed.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essor.territory.distance import EARTH_RADIUS_KM, Point

_SIDES = (0.5, 0.1, 0.02)
"""Side of a cell of each grid, in degrees; each is a whole number of the next."""

_ROW = 100_000
"""More cells than any grid has in a row."""

_LEVEL = 10**11
"""More than any cell's number, so that the cells of all grids have distinct numbers."""

_KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180

_FILES = ("points", "ordinals", "cells")


@dataclass(frozen=True, slots=True)
class Circle:
    """A place and how far around it to look, in kilometres."""

    centre: Point
    radius_km: float


@dataclass(frozen=True, slots=True)
class Covering:
    """What a circle holds: whole cells, then single documents by ordinal; no document is in both."""

    cells: NDArray[np.uint64]
    ordinals: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the documents are, sorted by cell.

    Shapes: `points` (n, 2), longitude and latitude in degrees; `ordinals` (n,); `cells` (n, 3).
    """

    points: NDArray[np.float64]
    ordinals: NDArray[np.uint32]
    cells: NDArray[np.uint64]

    def covering(self, circle: Circle) -> Covering:
        """Return the cells and the documents that are, exactly, in the circle."""
        rows = self._rows(circle)
        is_left = self.distances_km(circle.centre, rows) <= circle.radius_km
        whole = []
        for level in range(len(_SIDES)):
            numbers = self.cells[rows, level]
            starts = np.flatnonzero(np.diff(numbers, prepend=np.uint64(0)))
            if not starts.size:
                break
            sizes = np.diff(starts, append=numbers.size)
            is_whole = np.add.reduceat(is_left, starts, dtype=np.int64) == sizes
            whole.append(numbers[starts[is_whole]])
            is_left = is_left & ~np.repeat(is_whole, sizes)
        cells = np.concatenate(whole) if whole else np.empty(0, np.uint64)
        return Covering(cells, self.ordinals[rows][is_left])

    def nearest_first(self, circle: Circle) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
        """Return the ordinals in the circle and their distances in km, by ordinal."""
        rows = self._rows(circle)
        distances = self.distances_km(circle.centre, rows)
        is_inside = distances <= circle.radius_km
        ordinals, distances = self.ordinals[rows][is_inside], distances[is_inside]
        order = np.argsort(ordinals)
        return ordinals[order], distances[order]

    def distances_km(self, centre: Point, rows: slice) -> NDArray[np.float64]:
        """Return the great-circle distance of each position of `rows`, in km (haversine)."""
        lon, lat = np.radians(self.points[rows]).T
        half_lat = (lat - np.radians(centre.lat)) / 2
        half_lon = (lon - np.radians(centre.lon)) / 2
        chord = np.sin(half_lat) ** 2 + (
            np.cos(lat) * np.cos(np.radians(centre.lat)) * np.sin(half_lon) ** 2
        )
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))))

    def _rows(self, circle: Circle) -> slice:
        """Return the rows of the widest cells that the circle may touch: they are contiguous."""
        reach = circle.radius_km / _KM_PER_DEGREE
        south, north = circle.centre.lat - reach, circle.centre.lat + reach
        first, last = (int(np.floor((lat + 90) / _SIDES[0])) * _ROW for lat in (south, north))
        widest = self.cells[:, 0]
        start = np.searchsorted(widest, np.uint64(max(0, first)))
        end = np.searchsorted(widest, np.uint64(max(0, last + _ROW)))
        return slice(int(start), int(end))


def cells_of(points: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the number of the cell of each grid that holds each position. Shapes: (n, 2), (n, 3)."""
    lon, lat = points[:, :1], points[:, 1:]
    sides, levels = np.array(_SIDES), np.arange(len(_SIDES), dtype=np.uint64)
    rows, columns = ((degrees // sides).astype(np.uint64) for degrees in (lat + 90, lon + 180))
    return np.asarray(rows * np.uint64(_ROW) + columns + levels * np.uint64(_LEVEL))


def positions_of(points: NDArray[np.float64], ordinals: NDArray[np.uint32]) -> Positions:
    """Return the positions sorted by cell; a document without one is not among the `ordinals`."""
    cells = cells_of(points)
    order = np.lexsort(cells.T[::-1])
    return Positions(points[order], ordinals[order], cells[order])


def write_positions(positions: Positions, folder: Path) -> None:
    """Write the positions into `folder`, one file an array."""
    for name in _FILES:
        np.save(folder / f"{name}.npy", getattr(positions, name))


def read_positions(folder: Path) -> Positions:
    """Return the positions written in `folder`, mapped in memory: only what is asked is read."""
    points, ordinals, cells = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES)
    return Positions(points, ordinals, cells)
