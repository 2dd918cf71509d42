"""The drawing of maps: contours, communes, organisations and names, in the Mercator projection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import altair as alt

from essor.observatory.map_view import Box, Contour, View, box_of, drawn, meets, view_of
from essor.observatory.maps import BROAD_LEVELS, MapContents, Town
from essor.observatory.theme import CLAY, INK, PAPER, SAND, STONE, inline, to_svg
from essor.territory.level import Level

METROPOLITAN = Box(-5.2, 41.3, 9.6, 51.1)
NATIONAL_MARGIN = 1.03
MARGIN = 1.25
"""How much wider than the territory a view is."""

INSET = 84
"""Width of the inset of an overseas région, in pixels."""

TOWNS = 5
OWN_COMMUNE, OUTSIDE, BORDER = "#c9a873", "#a89c8d", "#8d8377"

_STYLES: tuple[tuple[str, alt.MarkDef], ...] = (
    ("land", alt.MarkDef("geoshape", clip=True, fill=PAPER, stroke=STONE, strokeWidth=0.5)),
    ("own", alt.MarkDef("geoshape", clip=True, fill=SAND, stroke=None)),
    ("epci", alt.MarkDef("geoshape", clip=True, fill=None, stroke="#ffffff", strokeWidth=0.8)),
    ("land", alt.MarkDef("geoshape", clip=True, fill=None, stroke=STONE, strokeWidth=0.7)),
    ("regions", alt.MarkDef("geoshape", clip=True, fill=None, stroke=BORDER, strokeWidth=1.1)),
    ("own", alt.MarkDef("geoshape", clip=True, fill=None, stroke=CLAY, strokeWidth=1.6)),
)
"""The layers of contours, from the ground up."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A chart that names its contours, and these contours by name."""

    chart: alt.LayerChart
    shapes: dict[str, list[dict[str, object]]]


def map_svg(contents: MapContents, width: int, height: int) -> str | None:
    """Return the map, `width` × `height` pixels, or nothing when no place of it is known."""
    if contents.territory.level is Level.FRANCE:
        main = _frame(contents, METROPOLITAN, (width - INSET - 12, height), "metropole")
        insets = [
            _frame(contents, contour.box, (INSET, INSET * 2 // 3), f"outre_mer_{contour.code}")
            for contour in contents.contours["regions"].values()
            if not meets(contour.box, METROPOLITAN)
        ]
        column = alt.vconcat(*(inset.chart for inset in insets), spacing=4)
        chart = alt.hconcat(main.chart, column, spacing=12) if insets else main.chart
        return to_svg(chart, {k: v for frame in (main, *insets) for k, v in frame.shapes.items()})
    box = _own_box(contents)
    if box is None:
        return None
    frame = _frame(contents, box, (width, height), "carte")
    return to_svg(frame.chart, frame.shapes)


def _own_box(contents: MapContents) -> Box | None:
    contour = contents.own_contour
    return contour.box if contour else box_of(contents.communes)


def _frame(contents: MapContents, box: Box, size: tuple[int, int], name: str) -> _Frame:
    width, height = size
    view = view_of(box, size, NATIONAL_MARGIN if box is METROPOLITAN else MARGIN)
    shapes = {
        f"{name}_{layer}": [_feature(contour, view) for contour in contours]
        for layer, contours in _shown(contents, view).items()
    }
    towns = 0 if contents.territory.level is Level.FRANCE else TOWNS
    layers = [
        *(
            _shape(f"{name}_{layer}", style)
            for layer, style in _STYLES
            if shapes[f"{name}_{layer}"]
        ),
        *_own_communes(contents, view),
        *_points(contents, view),
        *_names(contents, view, towns),
    ]
    chart = alt.LayerChart(layer=layers).project(
        type="mercator",
        center=[view.lon, view.lat],
        scale=view.scale,
        translate=[width / 2, height / 2],
    )
    return _Frame(chart.properties(width=width, height=height), shapes)


def _shown(contents: MapContents, view: View) -> dict[str, list[Contour]]:
    """Return the contours in view, by layer; the intercommunalités only from near."""
    shapes, level = contents.contours, contents.territory.level
    own, land = contents.own_contour, "regions" if level is Level.FRANCE else "departements"
    return {
        "land": _in_view(shapes[land] or shapes["departements"], view),
        "own": [own] if own else [],
        "epci": _in_view(shapes["epci"], view) if level not in BROAD_LEVELS else [],
        "regions": _in_view(shapes["regions"], view) if level is not Level.FRANCE else [],
    }


def _in_view(contours: Mapping[str, Contour], view: View) -> list[Contour]:
    return [contour for contour in contours.values() if meets(contour.box, view.box)]


def _own_communes(contents: MapContents, view: View) -> list[alt.Chart]:
    if contents.own_contour or (contents.territory.level is Level.FRANCE and contents.has_contours):
        return []
    inside = [(lon, lat) for lon, lat in contents.communes if _holds(view.box, lon, lat)]
    rows = [{"lon": lon, "lat": lat} for lon, lat in inside]
    mark = alt.MarkDef(
        "circle",
        color=OWN_COMMUNE if contents.has_contours else STONE,
        size=_size(contents),
        opacity=0.9,
    )
    return [alt.Chart(inline(rows), mark=mark).encode(longitude="lon:Q", latitude="lat:Q")]


def _size(contents: MapContents) -> int:
    """Return the area of a commune's own dot, in square pixels: a lone commune must be seen."""
    if contents.territory.level in BROAD_LEVELS:
        return 10
    return 420 if contents.territory.level is Level.COMMUNE else 30


def _points(contents: MapContents, view: View) -> list[alt.Chart]:
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
        alt.Chart(inline(rows))
        .mark_circle(stroke="#ffffff", strokeWidth=0.7, opacity=0.88)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("organisations:Q", legend=None).scale(
                domain=[1, max(2, most)], range=[34, 34 * min(16.0, max(2.0, float(most)))]
            ),
            color=alt.Color("place:N", legend=None).scale(
                domain=["inside", "outside"], range=[CLAY, OUTSIDE]
            ),
        )
    ]


def _names(contents: MapContents, view: View, towns: int) -> list[alt.Chart]:
    chosen = _apart(contents.towns, view, towns)
    rows = [{"lon": town.lon, "lat": town.lat, "name": town.name} for town in chosen]
    base = alt.Chart(inline(rows)).encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    halo = alt.MarkDef(
        "text", fontSize=11.5, fontStyle="italic", dy=-9, stroke=PAPER, strokeWidth=3
    )
    ink = alt.MarkDef("text", fontSize=11.5, fontStyle="italic", dy=-9, color=INK)
    return [base.properties(mark=halo), base.properties(mark=ink)]


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


def _feature(contour: Contour, view: View) -> dict[str, object]:
    return {"type": "Feature", "properties": {}, "geometry": drawn(contour, view)}


def _shape(data: str, style: alt.MarkDef) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=data), mark=style)


def _holds(box: Box, lon: float, lat: float) -> bool:
    return box.west <= lon <= box.east and box.south <= lat <= box.north
