"""Charts: the structure, the comparisons and the specialisations of a place, drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import altair as alt

from essor.observatory.theme import CLAY, INK, MUTED, STONE, TEAL, WIDTH, inline, to_svg
from essor.observatory.typography import number, percentage

ROW_HEIGHT = 19
TALL_ROW_HEIGHT = 26
"""Height of a row, in pixels, where no label and where some label takes two lines."""

LABEL_WIDTH = 240
LABEL_CHARACTERS = 35
GAP = 18
PLACE_COLOURS = (CLAY, TEAL, STONE)
"""The territory, its région, France: told apart by shape too."""


# What reaches furthest on the scale of each column of a structure.
_TOPS = {"organisations": "organisations", "staff": "upper"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a structure: organisations, and their staff: None when unknown or masked."""

    label: str
    organisations: int
    staff: float | None
    staff_lower: float | None
    staff_upper: float | None
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A share (0–1) of one label in one place; unknown when None."""

    label: str
    place: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Strength:
    """A sector and its shrunk location quotient; `is_strong` when it makes a specialisation."""

    label: str
    quotient: float
    is_strong: bool


def structure_svg(bars: Sequence[Bar]) -> str:
    """Return bars of organisations beside bars of staff and its bounds, in the order given."""
    rows = [_structure_row(bar) for bar in bars]
    width = (WIDTH - LABEL_WIDTH - GAP) // 2 - 26
    left = _bars(rows, "organisations", "organisations_text", CLAY, labels=True)
    right = _bars(rows, "staff", "staff_text", TEAL, labels=False)
    bounds = (
        alt.Chart(inline(rows))
        .mark_rule(color=INK, strokeWidth=1.2)
        .encode(
            y=_label_axis(shown=False),
            x=alt.X("lower:Q"),
            x2=alt.X2("upper:Q"),
        )
    )
    ends = _end_texts(rows, "upper", "staff_text")
    height = _step(bar.label for bar in bars)
    return to_svg(
        alt.hconcat(
            left.properties(width=width, height=height, title=_heading("Organisations")),
            alt.layer(right, bounds, ends).properties(
                width=width, height=height, title=_heading("Salariés (milieu et bornes)")
            ),
            spacing=GAP,
        )
    )


def comparison_svg(points: Sequence[Comparison], places: Sequence[str]) -> str:
    """Return one line per label, one mark per place, over a scale of percentages."""
    rows = [
        {"label": wrapped(p.label), "place": p.place, "share": p.share, "text": percentage(p.share)}
        for p in points
        if p.share is not None
    ]
    y = _label_axis(shown=True)
    x = alt.X("share:Q").axis(format="~%", title=None, tickCount=5, domain=False, ticks=False)
    colour = alt.Color("place:N", sort=list(places)).scale(
        domain=list(places), range=list(PLACE_COLOURS[: len(places)])
    )
    legend = alt.Legend(title=None, orient="top", symbolSize=90)
    base = alt.Chart(inline(rows))
    lines = base.mark_rule(color=STONE, strokeWidth=1).encode(
        y=y, x=alt.X("min(share):Q"), x2=alt.X2("max(share):Q")
    )
    marks = base.mark_point(filled=True, size=95, opacity=1).encode(
        y=y,
        x=x,
        color=colour.legend(legend),
        shape=alt.Shape("place:N", sort=list(places), legend=legend).scale(
            domain=list(places), range=["circle", "square", "diamond"][: len(places)]
        ),
    )
    return to_svg(
        alt.layer(lines, marks).properties(
            width=WIDTH - LABEL_WIDTH - 30, height=_step(point.label for point in points)
        )
    )


def strengths_svg(strengths: Sequence[Strength]) -> str:
    """Return one bar per sector from the national level (1) to its quotient."""
    rows = [
        {
            "label": wrapped(strength.label),
            "one": 1.0,
            "quotient": strength.quotient,
            "text": f"× {number(strength.quotient, 1)}",
            "kind": "spécialisation" if strength.is_strong else "autre",
        }
        for strength in strengths
    ]
    base = alt.Chart(inline(rows))
    top = max((strength.quotient for strength in strengths), default=1.0)
    x = alt.X("one:Q").scale(domain=[0, max(2.0, top * 1.12)], nice=False)
    bars = base.mark_bar(height=12).encode(
        y=_label_axis(shown=True),
        x=x.axis(
            title="Poids ici rapporté au poids en France (1 = comme en France)",
            tickCount=6,
            format="~r",
        ),
        x2=alt.X2("quotient:Q"),
        color=alt.Color("kind:N", legend=None).scale(
            domain=["spécialisation", "autre"], range=[CLAY, STONE]
        ),
    )
    one = base.mark_rule(color=INK, strokeWidth=1).encode(x=alt.datum(1.0))
    texts = base.mark_text(align="left", dx=6).encode(
        y=_label_axis(shown=True),
        x=alt.X("end:Q"),
        text=alt.Text("text:N"),
    )
    texts = texts.transform_calculate(end="max(datum.quotient, 1)")
    return to_svg(
        alt.layer(bars, one, texts).properties(
            width=WIDTH - LABEL_WIDTH - 30, height=_step(strength.label for strength in strengths)
        )
    )


def _step(labels: Iterable[str]) -> alt.Step:
    is_tall = any("\n" in wrapped(label) for label in labels)
    return alt.Step(TALL_ROW_HEIGHT if is_tall else ROW_HEIGHT)


def _structure_row(bar: Bar) -> dict[str, object]:
    is_known = bar.staff is not None
    return {
        "label": wrapped(bar.label),
        "organisations": bar.organisations,
        "organisations_text": number(bar.organisations),
        "staff": bar.staff or 0,
        "lower": bar.staff_lower if is_known else None,
        "upper": bar.staff_upper if is_known else 0,
        "staff_text": number(bar.staff) if bar.staff is not None else _without_staff(bar),
    }


def wrapped(label: str) -> str:
    """Return a label cut in two lines at most, for the width that an axis leaves it."""
    lines = wrap(label, LABEL_CHARACTERS, max_lines=2, placeholder=" …")
    return "\n".join(lines)


def _without_staff(bar: Bar) -> str:
    return "masqué" if bar.is_secret else "inconnu"


def _bars(
    rows: list[dict[str, object]], field: str, text: str, colour: str, *, labels: bool
) -> alt.LayerChart:
    top = max((float(str(row[_TOPS[field]])) for row in rows), default=0.0)
    x = alt.X(f"{field}:Q").axis(None).scale(domain=[0, max(top, 1.0)], nice=False)
    chart = alt.Chart(inline(rows)).mark_bar(color=colour, height=13)
    bars = chart.encode(y=_label_axis(shown=labels), x=x)
    texts = [_end_texts(rows, field, text, labels=True)] if labels else []
    return alt.LayerChart(layer=[bars, *texts])


def _end_texts(
    rows: list[dict[str, object]], field: str, text: str, *, labels: bool = False
) -> alt.Chart:
    texts: alt.Chart = alt.Chart(inline(rows)).mark_text(align="left", dx=6)
    return texts.encode(
        y=_label_axis(shown=labels), x=alt.X(f"{field}:Q"), text=alt.Text(f"{text}:N")
    )


def _label_axis(*, shown: bool) -> alt.Y:
    axis = alt.Axis(
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=LABEL_WIDTH - 2,
        labelLineHeight=12,
        labelPadding=7,
        minExtent=LABEL_WIDTH,
        maxExtent=LABEL_WIDTH,
        domain=False,
        ticks=False,
        grid=False,
    )
    return alt.Y("label:N", sort=None, axis=axis if shown else None)


def _heading(text: str) -> alt.TitleParams:
    return alt.TitleParams(
        text=text,
        anchor="start",
        frame="group",
        fontWeight="normal",
        fontSize=12,
        color=MUTED,
        offset=6,
    )
