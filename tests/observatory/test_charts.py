import re

import pytest

from essor.observatory.charts import (
    Bar,
    Comparison,
    Strength,
    comparison_svg,
    strengths_svg,
    structure_svg,
    wrapped,
)
from essor.observatory.theme import FONT, WIDTH

BARS = [
    Bar("Coopératives", 1_250, 43_210.0, 38_000, 52_000),
    Bar("Associations", 12, None, None, None, is_secret=True),
    Bar("Mutuelles", 1, None, None, None),
]


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_a_structure_shows_counts_staff_and_why_staff_is_not_shown():
    shown = texts(structure_svg(BARS))

    assert {"Coopératives", "1\u202f250", "43\u202f210", "masqué", "inconnu"} <= set(shown)


def test_a_structure_keeps_the_order_it_is_given():
    shown = texts(structure_svg(BARS))

    assert [text for text in shown if text in {bar.label for bar in BARS}] == [
        bar.label for bar in BARS
    ]


def test_masked_staff_is_written_where_its_bar_would_begin():
    masked = [Bar("Associations", 2, None, None, None, is_secret=True)]

    svg = structure_svg(masked)

    starts = re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*>masqué', svg)
    assert [float(start) for start in starts] == [6.0]


def test_a_drawing_is_no_wider_than_the_page():
    long = [Bar("Une activité au libellé fort long, qui prend deux lignes", 9, 9.0, 1, 99)]

    width = re.search(r'width="(\d+)"', structure_svg(long))

    assert width is not None
    assert int(width[1]) <= WIDTH


def test_a_drawing_is_in_the_font_of_the_report():
    assert FONT.partition(",")[0] in structure_svg(BARS)


def test_a_comparison_has_one_mark_a_place_and_percentages_in_french():
    points = [
        Comparison("Coopératives", "Ici", 0.7),
        Comparison("Coopératives", "France", 0.655),
        Comparison("Mutuelles", "Ici", None),
    ]

    svg = comparison_svg(points, ("Ici", "France"))

    assert {"Coopératives", "Ici", "France"} <= set(texts(svg))
    assert "Mutuelles" not in texts(svg)
    assert any(re.fullmatch(r"\d+(,\d+)?\s%", text) for text in texts(svg))


def test_strengths_are_written_with_a_decimal_comma():
    svg = strengths_svg(
        [Strength("Meubles", 3.44, is_strong=True), Strength("Cuir", 0.6, is_strong=False)]
    )

    assert {"× 3,4", "× 0,6"} <= set(texts(svg))


@pytest.mark.parametrize("word", ["court", "très " * 40])
def test_a_label_takes_two_lines_at_most(word):
    assert len(wrapped(word).splitlines()) <= 2
