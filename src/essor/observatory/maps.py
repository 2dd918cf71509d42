"""Maps: what one shows of a territory: its place, its borders, where its organisations are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from essor.observatory.counts import OF_PERIMETER
from essor.observatory.map_view import Contour, read_contours
from essor.observatory.perspective import Perimeter
from essor.territory.containment import filter_sql
from essor.territory.level import Level
from essor.territory.territories import Territory

BROAD_LEVELS = (Level.FRANCE, Level.REGION)
"""Levels seen from too far for the borders of the intercommunalités."""

FOLDERS = {Level.REGION: "regions", Level.DEPARTEMENT: "departements", Level.EPCI: "epci"}
"""The file of contours of each level that has one."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Organisations at a place, in WGS 84 degrees; `is_inside` the territory."""

    name: str
    lon: float
    lat: float
    organisations: int
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A populous commune, for the reader to find their way."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class MapContents:
    """All that a map draws; `communes` are the centres of the territory's own, in degrees."""

    territory: Territory
    dots: tuple[Dot, ...]
    communes: tuple[tuple[float, float], ...]
    towns: tuple[Town, ...]
    contours: dict[str, Mapping[str, Contour]]

    @property
    def own_contour(self) -> Contour | None:
        """Return the border of the territory itself, where it is known."""
        folder = FOLDERS.get(self.territory.level)
        return self.contours[folder].get(self.territory.code) if folder else None

    @property
    def has_contours(self) -> bool:
        """Return whether borders are drawn, rather than mere centres of communes."""
        return _are_borders(self.contours["departements"], self.contours["regions"])


def has_contours(folder: Path | None) -> bool:
    """Return whether the maps of a release draw borders, whose contours are in that folder."""
    return _are_borders(*(read_contours(folder, level) for level in ("departements", "regions")))


def _are_borders(*levels: Mapping[str, Contour]) -> bool:
    return any(levels)


def read_map(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    perimeter: Perimeter,
    folder: Path | None,
) -> MapContents:
    """Return what the map of a territory holds, from tables that `prepare` drew.

    `folder` is that of the contours of the release, if it has one.
    """
    here, values = filter_sql(territory)
    communes = connection.execute(
        "SELECT lon, lat FROM (SELECT *, code AS commune FROM communes) "
        f"WHERE {here} AND lon IS NOT NULL AND lat IS NOT NULL "
        "ORDER BY population DESC LIMIT 3000",
        values,
    ).fetchall()
    towns = connection.execute(
        "SELECT name, lon, lat FROM communes WHERE lon IS NOT NULL AND population IS NOT NULL "
        "AND parent IS NULL ORDER BY population DESC LIMIT 3000"
    ).fetchall()
    return MapContents(
        territory=territory,
        dots=_dots(connection, territory, perimeter, is_alone=False),
        communes=tuple((float(lon), float(lat)) for lon, lat in communes),
        towns=tuple(Town(str(name), float(lon), float(lat)) for name, lon, lat in towns),
        contours={level: _contours(folder, level, territory) for level in FOLDERS.values()},
    )


def _contours(folder: Path | None, level: str, territory: Territory) -> Mapping[str, Contour]:
    """Return the contours that a map of the territory may need: a broad one needs no EPCI."""
    is_needed = level != "epci" or territory.level not in BROAD_LEVELS
    return read_contours(folder, level) if is_needed else {}


def own_dots(
    connection: duckdb.DuckDBPyConnection, territory: Territory, perimeter: Perimeter
) -> tuple[Dot, ...]:
    """Return the dots inside the territory: the map in words needs no other."""
    return _dots(connection, territory, perimeter, is_alone=True)


def _dots(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    perimeter: Perimeter,
    *,
    is_alone: bool,
) -> tuple[Dot, ...]:
    """Return one dot per commune; per département on a map of the whole country."""
    here, values = filter_sql(territory)
    place = Level.DEPARTEMENT if territory.level is Level.FRANCE else Level.COMMUNE
    rows = connection.execute(
        f"""
        SELECT t.name, t.lon, t.lat, m.organisations, m.is_inside
        FROM (
            SELECT {place.value} AS code, count(*) AS organisations,
                coalesce(bool_or({here}), false) AS is_inside
            FROM observatory.members WHERE {OF_PERIMETER[perimeter]} GROUP BY ALL
        ) AS m JOIN territories AS t ON t.code = m.code AND t.level = ?
        WHERE t.lon IS NOT NULL AND t.lat IS NOT NULL AND (m.is_inside OR NOT ?)
        ORDER BY m.is_inside, m.organisations DESC, m.code
        """,
        [*values, place.value, is_alone],
    ).fetchall()
    return tuple(
        Dot(str(name), float(lon), float(lat), int(count), bool(is_inside))
        for name, lon, lat, count, is_inside in rows
    )
