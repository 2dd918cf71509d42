"""Distances: between two points, and the communes around one."""

import math
from dataclasses import dataclass

import duckdb

from essor.territory.level import Level
from essor.territory.territories import Territory, territories

# Mean radius of the Earth, IUGG: https://en.wikipedia.org/wiki/Earth_radius#Arithmetic_mean_radius
EARTH_RADIUS_KM = 6371.0088
_KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the globe, in WGS 84 degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Nearby:
    """A territory and how far its centre is, in kilometres."""

    territory: Territory
    distance_km: float


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance between `a` and `b`, in kilometres (haversine)."""
    half_lat = math.radians(b.lat - a.lat) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    chord = (
        math.sin(half_lat) ** 2
        + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(half_lon) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def centre(territory: Territory) -> Point | None:
    """Return the centre of `territory`, None when it is unknown."""
    if territory.lon is None or territory.lat is None:
        return None
    return Point(territory.lon, territory.lat)


def within_km(
    connection: duckdb.DuckDBPyConnection, point: Point, radius_km: float
) -> tuple[Nearby, ...]:
    """Return the communes whose centre is at most `radius_km` away, nearest first.

    The municipal arrondissements stand beside their commune.
    """
    reach = radius_km / _KM_PER_DEGREE
    band = territories(
        connection,
        "level = ? AND lat BETWEEN ? AND ?",
        [Level.COMMUNE.value, point.lat - reach, point.lat + reach],
    )
    near = [
        Nearby(territory, distance_km(point, there))
        for territory in band
        if (there := centre(territory)) is not None
    ]
    near.sort(key=lambda found: (found.distance_km, found.territory.code))
    return tuple(found for found in near if found.distance_km <= radius_km)
