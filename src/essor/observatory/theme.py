"""The look of every chart and map: a palette the colour-blind can read, a font, French numbers."""

from collections.abc import Mapping, Sequence

import altair as alt
import vl_convert

INK = "#2b2622"
MUTED = "#6f675f"
RULE = "#d8d0c4"
PAPER = "#f6f1e8"
CLAY = "#b4512c"
TEAL = "#1f6a73"
OCHRE = "#d09a2c"
SAND = "#e0d3bb"
STONE = "#b9b0a3"

WIDTH = 627
"""Width of a drawing in pixels: 470 points, the text block of an A4 page with its margins."""

FONT = "Libertinus Serif, Tinos, Liberation Serif, serif"
TEXT_SIZE = 12.5

CONFIG = {
    "background": "transparent",
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "domainColor": RULE,
        "gridColor": RULE,
        "gridWidth": 0.6,
        "tickColor": RULE,
        "labelColor": INK,
        "labelFontSize": TEXT_SIZE,
        "titleColor": MUTED,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": TEXT_SIZE,
        "titleColor": MUTED,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
    },
    "header": {"labelColor": INK, "titleColor": MUTED, "labelFontSize": TEXT_SIZE},
    "text": {"color": INK, "fontSize": TEXT_SIZE},
}


def inline(rows: Sequence[Mapping[str, object]]) -> alt.Data:
    """Return rows as data that a chart carries in itself."""
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # Altair gives it no types


def to_svg(chart: alt.TopLevelMixin, datasets: Mapping[str, Sequence[object]] | None = None) -> str:
    """Return a chart drawn in the house theme, with French numbers, without network.

    `datasets` are the data that the chart names, too heavy to go through Altair.
    """
    specification = chart.to_dict(validate=False)
    specification["config"] = CONFIG
    specification["datasets"] = {**specification.get("datasets", {}), **(datasets or {})}
    return str(
        vl_convert.vegalite_to_svg(specification, format_locale="fr-FR", allowed_base_urls=[])
    )
