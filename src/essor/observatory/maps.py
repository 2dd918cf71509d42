"""Maps: a territory among its neighbours, and where its industrial organisations are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from essor.observatory.counts import OF_PERIMETER
from essor.observatory.map_view import (
    Box,
    Contour,
    View,
    around,
    box_of,
    meets,
    read_contours,
    view_of,
)
from essor.observatory.perspective import Perimeter
from essor.observatory.theme import CLAY, INK, PAPER, SAND, STONE, to_svg
from essor.territory.containment import filter_sql
from essor.territory.level import Level
from essor.territory.territories import Territory

if TYPE_CHECKING:  # Altair costs 0.6 s of start-up
    import altair

METROPOLITAN = Box(-5.2, 41.3, 9.6, 51.1)
INSET = 84
"""Side of the inset of an overseas région, in pixels."""

TOWNS = 5
_FOLDERS = {Level.REGION: "regions", Level.DEPARTEMENT: "departements", Level.EPCI: "epci"}
_OWN_OUTLINE_FOR = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)


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
    contours: dict[str, dict[str, Contour]]

    @property
    def has_contours(self) -> bool:
        """Return whether borders are drawn, rather than mere centres of communes."""
        return bool(self.contours["departements"] or self.contours["regions"])


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
    own = here.replace("commune IN", "code IN")
    communes = connection.execute(
        f"SELECT lon, lat FROM communes WHERE {own} AND lon IS NOT NULL AND lat IS NOT NULL", values
    ).fetchall()
    towns = connection.execute(
        "SELECT name, lon, lat FROM communes WHERE lon IS NOT NULL AND population IS NOT NULL "
        "AND parent IS NULL ORDER BY population DESC LIMIT 3000"
    ).fetchall()
    return MapContents(
        territory=territory,
        dots=_dots(connection, territory, perimeter),
        communes=tuple((float(lon), float(lat)) for lon, lat in communes),
        towns=tuple(Town(str(name), float(lon), float(lat)) for name, lon, lat in towns),
        contours={level: read_contours(folder, level) for level in ("regions", "departements", "epci")},
    )


def map_svg(contents: MapContents, width: int, height: int) -> str | None:
    """Return the map, `width` × `height` pixels, or nothing when no place of it is known."""
    import altair as alt

    if contents.territory.level is Level.FRANCE:
        main = _frame(contents, METROPOLITAN, width - INSET - 12, height, towns=0)
        insets = [
            _frame(contents, contour.box, INSET, INSET, towns=0)
            for contour in contents.contours["regions"].values()
            if not meets(contour.box, METROPOLITAN)
        ]
        column = alt.vconcat(*insets, spacing=4) if insets else None
        return to_svg(alt.hconcat(main, column, spacing=12) if column else main)
    box = _own_box(contents)
    return to_svg(_frame(contents, box, width, height, towns=TOWNS)) if box else None


def _own_box(contents: MapContents) -> Box | None:
    contour = _own_contour(contents)
    return contour.box if contour else box_of(contents.communes)


def _own_contour(contents: MapContents) -> Contour | None:
    folder = _FOLDERS.get(contents.territory.level)
    return contents.contours[folder].get(contents.territory.code) if folder else None


def _frame(
    contents: MapContents, box: Box, width: int, height: int, *, towns: int
) -> "altair.LayerChart":
    import altair as alt

    view = view_of(box, width, height)
    layers = [*_grounds(contents, view), *_points(contents, view), *_names(contents, view, towns)]
    return (
        alt.layer(*layers)
        .project(
            type="mercator",
            center=[view.lon, view.lat],
            scale=view.scale,
            translate=[width / 2, height / 2],
        )
        .properties(width=width, height=height)
    )


def _grounds(contents: MapContents, view: View) -> list["altair.Chart"]:
    shapes = contents.contours
    land = [c for c in (shapes["departements"] or shapes["regions"]).values() if meets(c.box, view.box)]
    fine = contents.territory.level not in (Level.FRANCE, Level.REGION)
    epci = [c for c in shapes["epci"].values() if fine and meets(c.box, view.box)]
    regions = [c for c in shapes["regions"].values() if meets(c.box, view.box)]
    own = _own_contour(contents)
    grounds = [
        _shapes(land, fill=PAPER, stroke=STONE, strokeWidth=0.5),
        _shapes([own] if own else [], fill=SAND, stroke=None),
        _shapes(epci, fill=None, stroke="#ffffff", strokeWidth=0.8),
        _shapes(land, fill=None, stroke=STONE, strokeWidth=0.7),
        _shapes(regions, fill=None, stroke="#8d8377", strokeWidth=1.1),
        _shapes([own] if own else [], fill=None, stroke=CLAY, strokeWidth=1.6),
    ]
    drawn = [ground for ground in grounds if ground is not None]
    return drawn if own else [*drawn, *_own_communes(contents, view)]


def _own_communes(contents: MapContents, view: View) -> list["altair.Chart"]:
    if contents.territory.level is Level.FRANCE and contents.has_contours:
        return []
    inside = [(lon, lat) for lon, lat in contents.communes if _holds(view.box, lon, lat)]
    rows = [{"lon": lon, "lat": lat} for lon, lat in inside]
    size = 8 if len(rows) > 2000 else 30  # noqa: PLR2004 -- a country of dots wants finer ones
    return [_circles(rows, color=SAND if contents.has_contours else STONE, size=size, opacity=0.9)]


def _points(contents: MapContents, view: View) -> list["altair.Chart"]:
    import altair as alt

    rows = [
        {
            "lon": dot.lon,
            "lat": dot.lat,
            "organisations": dot.organisations,
            "place": "inside" if dot.is_inside else "outside",
        }
        for dot in contents.dots
        if _holds(view.box, dot.lon, dot.lat)
    ]
    most = max((dot.organisations for dot in contents.dots), default=1)
    return [
        alt.Chart(alt.Data(values=rows))
        .mark_circle(stroke="#ffffff", strokeWidth=0.7, opacity=0.88)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("organisations:Q", legend=None).scale(
                domain=[1, max(2, most)], range=[34, 34 * min(16.0, max(2.0, float(most)))]
            ),
            color=alt.Color("place:N", legend=None).scale(
                domain=["inside", "outside"], range=[CLAY, "#a89c8d"]
            ),
        )
    ]


def _names(contents: MapContents, view: View, towns: int) -> list["altair.Chart"]:
    import altair as alt

    chosen = _apart(contents.towns, view, towns)
    rows = [{"lon": town.lon, "lat": town.lat, "name": town.name} for town in chosen]
    base = alt.Chart(alt.Data(values=rows)).encode(
        longitude="lon:Q", latitude="lat:Q", text="name:N"
    )
    style = {"fontSize": 11.5, "fontStyle": "italic", "dy": -9}
    return [
        base.mark_text(stroke=PAPER, strokeWidth=3, strokeOpacity=0.85, **style),
        base.mark_text(color=INK, **style),
    ]


def _apart(towns: Iterable[Town], view: View, most: int) -> list[Town]:
    """Return the first towns in view that stand far enough from one another and from the edge."""
    chosen: list[Town] = []
    box = view.box
    across, along = (box.east - box.west) / 5, (box.north - box.south) / 9
    inner = Box(box.west + across / 2, box.south + along, box.east - across / 2, box.north - along)
    for town in towns:
        if len(chosen) == most:
            break
        if _holds(inner, town.lon, town.lat) and all(
            abs(town.lon - other.lon) > across or abs(town.lat - other.lat) > along
            for other in chosen
        ):
            chosen.append(town)
    return chosen


def _shapes(contours: Sequence[Contour], **style: Any) -> "altair.Chart | None":
    import altair as alt

    if not contours:
        return None
    features = [{"type": "Feature", "properties": {}, "geometry": c.geometry} for c in contours]
    return alt.Chart(alt.Data(values=features)).mark_geoshape(clip=True, **style)


def _circles(rows: list[dict[str, float]], **style: Any) -> "altair.Chart":
    import altair as alt

    return (
        alt.Chart(alt.Data(values=rows))
        .mark_circle(**style)
        .encode(longitude="lon:Q", latitude="lat:Q")
    )


def _holds(box: Box, lon: float, lat: float) -> bool:
    return box.west <= lon <= box.east and box.south <= lat <= box.north


def _dots(
    connection: duckdb.DuckDBPyConnection, territory: Territory, perimeter: Perimeter
) -> tuple[Dot, ...]:
    here, values = filter_sql(territory)
    rows = connection.execute(
        f"""
        SELECT c.name, c.lon, c.lat, m.organisations, m.is_inside
        FROM (
            SELECT commune, count(*) AS organisations, coalesce(bool_or({here}), false) AS is_inside
            FROM observatory.members WHERE {OF_PERIMETER[perimeter]} GROUP BY commune
        ) AS m JOIN communes AS c ON c.code = m.commune
        WHERE c.lon IS NOT NULL AND c.lat IS NOT NULL
        ORDER BY m.is_inside, m.organisations DESC, c.code
        """,
        values,
    ).fetchall()
    return tuple(
        Dot(str(name), float(lon), float(lat), int(count), bool(is_inside))
        for name, lon, lat, count, is_inside in rows
    )
