"""Where what is published is: the territories of a place, its centre, and the words for it."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from essor.matching.zone import FRANCE, Zone
from essor.search.document import PLACED_LEVELS
from essor.territory.distance import Point
from essor.territory.level import Level


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name, the words it is found by, a code or None for each of `PLACED_LEVELS`, its centre."""

    name: str
    words: str
    territories: tuple[str | None, ...]
    lon: float | None
    lat: float | None
    area_km2: float | None


def spots(
    connection: duckdb.DuckDBPyConnection, selectors: Iterable[str]
) -> dict[str, Spot | None]:
    """Return the place of each selector (« commune:57463 »); None for one that the release does not hold.

    All of a level are read by one question; a place wider than a territory has no code of it.
    """
    codes: dict[str, list[str]] = {}
    found: dict[str, Spot | None] = {}
    for selector in selectors:
        level, _, code = selector.partition(":")
        codes.setdefault(level, []).append(code)
        found[selector] = None
    for level in PLACED_LEVELS:
        if wanted := codes.get(level.value):
            rows = connection.execute(_question(level), {"codes": " ".join(wanted)}).fetchall()
            for code, name, words, lon, lat, area, *within in rows:
                found[f"{level}:{code}"] = Spot(name, words, tuple(within), lon, lat, area)
    return found


def zone_at(selector: str, spot: Spot) -> Zone:
    """Return the place of a selector as matching reads it, with all that contains it."""
    written, _, code = selector.partition(":")
    level = Level(written)
    within = (
        f"{each}:{held}"
        for each, held in zip(PLACED_LEVELS, spot.territories, strict=True)
        if held is not None and each.breadth < level.breadth
    )
    point = None if spot.lon is None or spot.lat is None else Point(spot.lon, spot.lat)
    return Zone(level, code, spot.name, point, spot.area_km2, (FRANCE, *within))


def _question(level: Level) -> str:
    """Return what reads the places of a level by their codes: a code for each level that holds the whole."""
    own = "code" if level is Level.COMMUNE else level.value
    within = ", ".join(
        f"CASE WHEN count(*) = count({each}) AND count(DISTINCT {each}) = 1 THEN min({each}) END AS {each}"
        if each.breadth < level.breadth
        else f"{'min(' + own + ')' if each is level else 'NULL'} AS {each}"
        for each in PLACED_LEVELS
    )
    columns = ", ".join(f"held.{each}" for each in PLACED_LEVELS)
    return f"""
WITH wanted AS (SELECT DISTINCT unnest(string_split($codes, ' ')) AS code),
held AS (
    SELECT {own} AS id, {within} FROM communes WHERE {own} IN (SELECT code FROM wanted) GROUP BY {own}
)
SELECT place.code, place.name,
    concat_ws(' ', place.name, nullif(departement.name, place.name), departement.code),
    place.lon, place.lat, place.area_km2, {columns}
FROM held
JOIN territories AS place ON place.level = '{level}' AND place.code = held.id
LEFT JOIN territories AS departement
    ON departement.level = 'departement' AND departement.code = held.departement
"""
