"""Contours: where communes are, which touch which, and the simplified borders of territories."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from scripts.demonstration.writing import write_parquet

EARTH_RADIUS_KM = 6371.007  # Authalic radius: the sphere that has the area of the Earth.
TOLERANCE_DEGREES = {"regions": 0.006, "departements": 0.008, "epci": 0.006}

DEGREES_GRID, DECIMALS, CENTRE_DECIMALS = 0.001, 3, 5
COMMUNE_TYPES, PART_TYPES = ("COM", "ARM"), ("COMD", "COMA")
ABSENT = "\\N"

Coordinates = float | Sequence["Coordinates"]
"""The nested lists of a GeoJSON geometry."""


@dataclass(frozen=True, slots=True)
class Contour:
    """The polygon of a commune (WGS 84), its centroid, its town hall and its area."""

    polygon: Geometry
    lon: float
    lat: float
    town_hall_lon: float | None
    town_hall_lat: float | None
    area_km2: float


def read_contours(records: Iterable[Mapping[str, str]]) -> dict[str, Contour]:
    """Return the contour of each commune and municipal arrondissement, by code.

    A commune without a contour of its own takes the union of those of its delegated communes; one
    that has none either is left out.
    """
    known = list(records)
    parts = _parts_by_parent(known)
    contours = {}
    for record in known:
        if record["type"] in COMMUNE_TYPES:
            own = _shape(record["geometry"])
            polygon = parts.get(record["id"]) if own is None else own
            if polygon is not None:
                contours[record["code"]] = _contour(polygon, _shape(record["mairie_localisation"]))
    return contours


def touching(contours: Mapping[str, Contour]) -> list[tuple[str, str]]:
    """Return the ordered pairs of `contours` that share a line of border, or overlap, both ways."""
    codes = sorted(contours)
    polygons = np.array([contours[code].polygon for code in codes])
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    is_first = left < right
    left, right = left[is_first], right[is_first]
    borders = shapely.boundary(polygons)
    shared = shapely.length(shapely.intersection(borders[left], borders[right])) > 0
    doubtful = np.flatnonzero(~shared)
    overlap = shapely.intersection(polygons[left[doubtful]], polygons[right[doubtful]])
    shared[doubtful] = shapely.area(overlap) > 0
    pairs = zip(left[shared].tolist(), right[shared].tolist(), strict=True)
    return sorted(pair for a, b in pairs for pair in ((codes[a], codes[b]), (codes[b], codes[a])))


def write_neighbours(mirror: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Write the pairs as `territoires/voisinages.parquet`."""
    columns = zip(*pairs, strict=True)
    named = dict(zip(("commune", "neighbour"), map(list, columns), strict=True))
    write_parquet(mirror / "territoires/voisinages.parquet", pa.table(named))


def write_borders(
    mirror: Path,
    level: str,
    contours: Mapping[str, Contour],
    members: Mapping[str, Sequence[str]],
    properties: Mapping[str, Mapping[str, str]],
) -> None:
    """Write `territoires/contours/{level}.geojson`: shared borders stay shared, at three decimals.

    `members` are the communes of each territory; `properties`, in the order of the file, its names.
    """
    codes = [code for code in properties if any(m in contours for m in members.get(code, ()))]
    whole = [
        shapely.union_all([contours[m].polygon for m in members[code] if m in contours])
        for code in codes
    ]
    simple = shapely.coverage_simplify(np.array(whole), TOLERANCE_DEGREES[level])
    rounded = shapely.set_precision(simple, DEGREES_GRID)
    features = [
        {"type": "Feature", "properties": dict(properties[code]), "geometry": _geometry(polygon)}
        for code, polygon in zip(codes, rounded, strict=True)
    ]
    collection = {"type": "FeatureCollection", "name": level, "features": features}
    path = mirror / f"territoires/contours/{level}.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _geometry(polygon: Geometry) -> dict[str, object]:
    """Return the GeoJSON geometry, its coordinates free of the noise of binary fractions."""
    geometry = shapely.geometry.mapping(polygon)
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(coordinates: Coordinates) -> Coordinates:
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]


def _parts_by_parent(records: Sequence[Mapping[str, str]]) -> dict[str, Geometry]:
    """Return the union of the contours of the parts of each commune, by its identifier."""
    parts = defaultdict(list)
    for record in records:
        polygon = _shape(record["geometry"]) if record["type"] in PART_TYPES else None
        if polygon is not None:
            parts[record["commune_parent_id"]].append(polygon)
    return {parent: shapely.union_all(polygons) for parent, polygons in parts.items()}


def _shape(wkb: str) -> Geometry | None:
    """Return the geometry, or nothing where it is absent or empty."""
    shape = None if wkb == ABSENT else shapely.from_wkb(bytes.fromhex(wkb))
    return None if shape is None or shape.is_empty else shape


def _contour(polygon: Geometry, town_hall: Geometry | None) -> Contour:
    centre = shapely.centroid(polygon)
    return Contour(
        polygon=polygon,
        lon=round(centre.x, CENTRE_DECIMALS),
        lat=round(centre.y, CENTRE_DECIMALS),
        town_hall_lon=None if town_hall is None else round(town_hall.x, CENTRE_DECIMALS),
        town_hall_lat=None if town_hall is None else round(town_hall.y, CENTRE_DECIMALS),
        area_km2=round(float(shapely.area(shapely.transform(polygon, _equal_area))), 2),
    )


def _equal_area(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return WGS 84 coordinates in the sinusoidal projection of a sphere, in kilometres."""
    lon, lat = np.radians(coordinates[:, 0]), np.radians(coordinates[:, 1])
    return EARTH_RADIUS_KM * np.column_stack((lon * np.cos(lat), lat))
