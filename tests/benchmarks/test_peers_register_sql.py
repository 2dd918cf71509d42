"""A request of the search is written in SQL whole, and what is typed never enters the statement."""

import re

import pytest
from benchmarks.peers.register_sql import Words, statement
from hypothesis import given
from hypothesis import strategies as st

from essor.perimeter.families import Family
from essor.search.circle import Circle
from essor.search.query import Filters, Perimeter, Query
from essor.territory.distance import Point
from essor.territory.level import Level


def test_without_text_the_order_is_that_of_the_sirens():
    query = Query()

    told = statement(query, Words.ANY)

    assert "0 AS rank" in told.sql
    assert "@@" not in told.sql
    assert told.values == {"size": 20}


def test_without_text_facets_are_counted_all_the_same():
    query = Query()

    told = statement(query, Words.ANY, has_counts=True)

    assert "GROUPING SETS" in told.sql


def test_nine_digits_are_a_siren():
    query = Query("012345678")

    told = statement(query, Words.ANY)

    assert "siren = %(text)s" in told.sql
    assert "@@" not in told.sql


@pytest.mark.parametrize(
    ("filters", "condition", "values"),
    [
        (Filters(naf=("C",)), "section = %(naf_0)s", {"naf_0": "C"}),
        (Filters(naf=("38.3",)), "naf LIKE %(naf_0)s", {"naf_0": "38.3%"}),
        (Filters(statuses=("esat",)), "statuses && %(statuses)s::text[]", {"statuses": ["esat"]}),
        (
            Filters(families=(Family.ASSOCIATION,)),
            "ess_family = ANY(%(families)s)",
            {"families": ["association"]},
        ),
        (Filters(perimeter=Perimeter.P1), "is_p1", {}),
        (
            Filters(territories=((Level.REGION, "44"),)),
            "region = %(territory_0)s",
            {"territory_0": "44"},
        ),
        (
            Filters(circle=Circle(Point(6.17, 49.12), 20)),
            "ST_DWithin(place, ",
            {"lon": 6.17, "lat": 49.12, "m": 20_000},
        ),
    ],
)
def test_each_filter_is_a_condition(filters, condition, values):
    told = statement(Query(filters=filters), Words.EVERY)

    assert condition in told.sql
    assert values.items() <= told.values.items()


def test_a_range_of_staff_is_the_bands_that_meet_it():
    query = Query(filters=Filters(staff_min=10, staff_max=50))

    told = statement(query, Words.EVERY)

    assert told.values["bands"] == ["11", "12", "21"]


def test_facets_are_counted_only_when_wanted():
    query = Query("menuiserie")

    bare, counted = (statement(query, Words.ANY, has_counts=wanted) for wanted in (False, True))

    assert "GROUPING SETS" not in bare.sql
    assert "GROUPING SETS" in counted.sql


@given(st.text(min_size=1), st.sampled_from(Words))
def test_what_is_typed_travels_apart(text, words):
    told = statement(Query(f"zqj {text}"), words)

    assert "zqj" not in told.sql
    assert set(re.findall(r"%\((\w+)\)s", told.sql)) == set(told.values)


def test_the_same_question_asks_half_of_the_words_each_misspelt_or_not():
    told = statement(Query("ateliers couture roudou"), Words.ENOUGH, has_counts=True)

    assert told.sql.count("plainto_tsquery('french', %(word_0)s)") == 2
    assert "%(word_1)s <%% name) AND (" in told.sql
    assert told.values.items() >= {"word_0": "ateliers", "word_2": "roudou"}.items()


def test_the_same_question_forgives_no_short_word_and_marks_what_is_shown():
    told = statement(Query("bois"), Words.ENOUGH)

    assert "%(word_0)s <%%" not in told.sql
    assert "ts_headline('french', o.name" in told.sql
