"""A circle, and the documents exactly inside: by an angle in single precision, its edge by the distance."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essor.search.lexicon import Ordinals
from essor.territory.distance import EARTH_RADIUS_KM, Point

_DOUBT = 1e-6
"""Ten times what single precision loses on a cosine: nearer the edge than that, the distance decides."""

_NARROW = 4
"""One document in so many at most: so few between two parallels are looked at alone."""

_FILES = ("points", "directions")


@dataclass(frozen=True, slots=True)
class Circle:
    """A place and how far around it to look, in kilometres."""

    centre: Point
    radius_km: float


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the documents are; not a number when it is not known.

    Shapes: `points` (n, 2), longitude and latitude in degrees; `directions` (3, n), of length 1.
    """

    points: NDArray[np.float64]
    directions: NDArray[np.float32]

    def inside(self, circle: Circle, among: Ordinals | None) -> NDArray[np.bool_]:
        """Return whether each document, of all or of some, is in the circle."""
        if among is None and (band := self._band(circle)).size * _NARROW < len(self.points):
            are_inside = np.zeros(len(self.points), np.bool_)
            are_inside[band] = self.inside(circle, band)
            return are_inside
        directions = (each if among is None else each.take(among) for each in self.directions)
        centre = _directions(np.array([circle.centre.lon, circle.centre.lat], np.float64))
        cosines = sum(each * part for each, part in zip(directions, centre, strict=True))
        edge = np.float32(np.cos(min(circle.radius_km / EARTH_RADIUS_KM, np.pi)))
        is_inside = np.asarray(cosines > edge)
        doubtful = np.flatnonzero(np.abs(cosines - edge) < np.float32(_DOUBT))
        there = doubtful.astype(np.uint32) if among is None else among[doubtful]
        is_inside[doubtful] = self.distances_km(circle.centre, there) <= circle.radius_km
        return is_inside

    def _band(self, circle: Circle) -> Ordinals:
        """Return the documents between the two parallels that the circle lies between."""
        angle, lat = circle.radius_km / EARTH_RADIUS_KM, np.radians(circle.centre.lat)
        low, high = np.sin(np.clip([lat - angle, lat + angle], -np.pi / 2, np.pi / 2))
        heights = self.directions[2]
        between = (heights >= np.float32(low - _DOUBT)) & (heights <= np.float32(high + _DOUBT))
        return np.flatnonzero(between).astype(np.uint32)

    def distances_km(self, centre: Point, among: Ordinals) -> NDArray[np.float64]:
        """Return the great-circle distance of each of the documents, in km (haversine)."""
        lon, lat = np.radians(self.points[among]).T
        half_lat = (lat - np.radians(centre.lat)) / 2
        half_lon = (lon - np.radians(centre.lon)) / 2
        chord = np.sin(half_lat) ** 2 + (
            np.cos(lat) * np.cos(np.radians(centre.lat)) * np.sin(half_lon) ** 2
        )
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord))))


def positions_of(points: NDArray[np.float64]) -> Positions:
    """Return the positions of the documents. Shape: (n, 2), longitude and latitude in degrees."""
    return Positions(points, _directions(points))


def write_positions(positions: Positions, folder: Path) -> None:
    """Write the positions into `folder`, one file an array."""
    for name in _FILES:
        np.save(folder / f"{name}.npy", getattr(positions, name))


def read_positions(folder: Path) -> Positions:
    """Return the positions written in `folder`, mapped in memory: only what is asked is read."""
    points, directions = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES)
    return Positions(np.asarray(points), np.asarray(directions))


def _directions(points: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the directions from the centre of the Earth. Shapes: (…, 2), (3, …)."""
    lon, lat = np.radians(points[..., 0]), np.radians(points[..., 1])
    flat = np.cos(lat)
    return np.stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)]).astype(np.float32)
