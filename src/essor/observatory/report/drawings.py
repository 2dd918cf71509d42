"""The drawings of a report: each chart and the map, by the name its page calls it."""

from essor.observatory.breakdown import Breakdown
from essor.observatory.charts import (
    Bar,
    Comparison,
    Strength,
    comparison_svg,
    strengths_svg,
    structure_svg,
)
from essor.observatory.map_drawing import map_svg
from essor.observatory.maps import MapContents
from essor.observatory.report.contents import Report, Structure
from essor.observatory.theme import WIDTH

MAP_HEIGHT = 384
MOST_ACTIVITIES = 9
MOST_STRENGTHS = 8


def drawings(report: Report) -> dict[str, str]:
    """Return the SVG of each drawing; those that would be empty are left out."""
    drawn: dict[str, str | None] = {"carte": map_drawing(report.map)}
    if report.members.total:
        drawn |= structure_drawings(report.structure)
        if len(places(report)) > 1:
            drawn["comparaison"] = comparison_svg(_family_shares(report), places(report))
    if report.strengths:
        drawn["specialisations"] = strengths_svg(
            [
                Strength(reading.of.label, reading.shrunk_quotient, reading.is_cluster)
                for reading in report.strengths[:MOST_STRENGTHS]
            ]
        )
    return {name: svg for name, svg in drawn.items() if svg is not None}


def map_drawing(contents: MapContents) -> str | None:
    """Return the SVG of the map; None when nothing of it is placed."""
    return map_svg(contents, WIDTH, MAP_HEIGHT)


def structure_drawings(structure: Structure) -> dict[str, str]:
    """Return the SVG of the families, of the activities and of the sizes."""
    return {
        "familles": structure_svg(_bars(structure.families)),
        "activites": structure_svg(_bars(structure.divisions)[:MOST_ACTIVITIES]),
        "tailles": structure_svg(_bars(structure.bands)),
    }


def places(report: Report) -> tuple[str, ...]:
    """Return the names of the places compared: the territory, its région, France, each once."""
    named = [report.here.place.name]
    if report.in_region is not None:
        named.append(report.in_region.place.name)
    return tuple(dict.fromkeys([*named, report.in_france.place.name]))


def _bars(found: Breakdown) -> list[Bar]:
    return [
        Bar(
            row.label,
            row.organisations,
            row.staff,
            row.staff_lower,
            row.staff_upper,
            is_secret=row.is_secret,
        )
        for row in found.rows
    ]


def _family_shares(report: Report) -> list[Comparison]:
    breakdowns = [report.structure.families, report.families_in_region, report.families_in_france]
    named = [report.here.place.name, report.region.name if report.region else "", "France"]
    labels = dict.fromkeys(row.label for row in report.families_in_france.rows)
    return [
        Comparison(label, place, _share_of(found, label))
        for label in labels
        for place, found in zip(named, breakdowns, strict=True)
        if found is not None
    ]


def _share_of(found: Breakdown, label: str) -> float:
    return next((row.share or 0.0 for row in found.rows if row.label == label), 0.0)
