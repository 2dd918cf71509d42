"""Map views: which part of the globe a map shows, in the Mercator projection, and contours to draw.

Source: GeoJSON contours (RFC 7946), one file a level, that a release may hold.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

LEAST_SPAN_DEGREES = 0.5
GRAIN_PIXELS = 1.0
"""The finest detail of a border that a map draws."""
_FILES_KEPT = 6
# A ring of fewer points, its first told again at its end, has no inside.
_LEAST_RING = 4

_Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the globe, in WGS 84 degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class View:
    """A Mercator view: its centre in degrees, its scale in pixels a radian."""

    lon: float
    lat: float
    scale: float
    box: Box


@dataclass(frozen=True, slots=True)
class Contour:
    """The border of a territory, as a GeoJSON geometry wound for d3 (clockwise outside)."""

    code: str
    name: str
    geometry: dict[str, Any]
    box: Box


def view_of(box: Box, size: tuple[int, int], margin: float) -> View:
    """Return the view of that size (width, height in pixels) that holds `margin` times `box`."""
    width, height = size
    top, bottom = _mercator(box.north), _mercator(box.south)
    across = max(math.radians(box.east - box.west), math.radians(LEAST_SPAN_DEGREES)) * margin
    along = max(top - bottom, math.radians(LEAST_SPAN_DEGREES)) * margin
    scale = min(width / across, height / along)
    lon, middle = (box.west + box.east) / 2, (top + bottom) / 2
    half_width, half_height = math.degrees(width / scale / 2), height / scale / 2
    shown = Box(
        lon - half_width,
        _latitude(middle - half_height),
        lon + half_width,
        _latitude(middle + half_height),
    )
    return View(lon, _latitude(middle), scale, shown)


def box_of(points: Iterable[tuple[float, float]]) -> Box | None:
    """Return the smallest box around (longitude, latitude) points; none around nothing."""
    held = list(points)
    if not held:
        return None
    lons, lats = [lon for lon, _ in held], [lat for _, lat in held]
    return Box(min(lons), min(lats), max(lons), max(lats))


def meets(one: Box, other: Box) -> bool:
    """Return whether two boxes overlap."""
    return (
        one.west <= other.east
        and other.west <= one.east
        and one.south <= other.north
        and other.south <= one.north
    )


def read_contours(folder: Path | None, level: str) -> Mapping[str, Contour]:
    """Return the contours of « regions », « departements » or « epci » by code; none if absent."""
    return {} if folder is None else _read(folder / f"{level}.geojson")


@lru_cache(_FILES_KEPT)
def _read(path: Path) -> Mapping[str, Contour]:
    """Return the contours of a file, which no release changes: read once, they serve every map."""
    if not path.is_file():
        return MappingProxyType({})
    features = json.loads(path.read_text("utf-8"))["features"]
    found = {contour.code: contour for contour in map(_contour, features) if contour}
    return MappingProxyType(found)


def drawn(contour: Contour, view: View) -> dict[str, Any]:
    """Return the geometry of a contour in the detail that the view can show.

    Points go to the nodes of one grid: neighbours keep one border. What is smaller than a node is left out,
    unless it is all there is.
    """
    across = math.degrees(GRAIN_PIXELS / view.scale)
    along = across * math.cos(math.radians(view.lat))
    polygons = (
        [_on_grid(ring, across, along) for ring in rings]
        for rings in contour.geometry["coordinates"]
    )
    kept = [
        [ring for ring in rings if len(ring) >= _LEAST_RING]
        for rings in polygons
        if len(rings[0]) >= _LEAST_RING
    ]
    return {**contour.geometry, "coordinates": kept} if kept else contour.geometry


def _on_grid(ring: _Ring, across: float, along: float) -> _Ring:
    """Return the nodes that a ring goes through, each told once in a row."""
    nodes = [(round(point[0] / across), round(point[1] / along)) for point in ring]
    return [[lon * across, lat * along] for (lon, lat), _ in groupby(nodes)]


def _contour(feature: dict[str, Any]) -> Contour | None:
    geometry, properties = feature.get("geometry"), feature.get("properties") or {}
    if (
        not geometry
        or geometry["type"] not in {"Polygon", "MultiPolygon"}
        or "code" not in properties
    ):
        return None
    single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if single else geometry["coordinates"]
    wound = [[_wound(ring, outside=i == 0) for i, ring in enumerate(rings)] for rings in polygons]
    box = box_of((point[0], point[1]) for rings in wound for ring in rings for point in ring)
    if box is None:
        return None
    return Contour(
        code=str(properties["code"]),
        name=str(properties.get("nom", properties["code"])),
        geometry={"type": "MultiPolygon", "coordinates": wound},
        box=box,
    )


def _wound(ring: _Ring, *, outside: bool) -> _Ring:
    """Return a ring wound as d3 reads it: clockwise outside, or it fills the rest of the globe."""
    is_clockwise = _signed_area(ring) < 0
    return ring if is_clockwise is outside else ring[::-1]


def _signed_area(ring: Sequence[Sequence[float]]) -> float:
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairs) / 2


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def _latitude(mercator: float) -> float:
    return math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2)
