"""Ten thousand texts that nobody would type, and some that somebody will: each has a sane answer."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.small_register import ACTIVITIES, register

from essor.search.activities import Activities, known_activities
from essor.search.document import Kind
from essor.search.documents import organisations
from essor.search.index import Index
from essor.search.query import Filters, Query
from essor.search.shard import shard_in_memory

SECTIONS = {"16": "C", "25": "C", "38": "E", "96": "S"}
PIECES = (
    *("menuiserie", "DURAND", "emaüs", "l’atelier", "esat", "25.62B", "2562b", "C", "57", "57000"),
    *("999000043", "999 000 044", "99900004300011", "SIRET :", "naf", "2 500 t/an", "15 000 €"),
    *(
        '"',
        "'",
        "*",
        "~",
        "^",
        "\\",
        "/",
        ":",
        "(",
        ")",
        "[",
        "{",
        "AND",
        "OR",
        "NOT",
        "TO",
        "+",
        "-",
    ),
    *("name:", "siren:[* TO *]", "';--", "DROP TABLE", "UNION SELECT", "%", "_", "$1", "?", "&&"),
    *(
        "<b>",
        "</script>",
        "&amp;",
        "\x00",
        "\u202e",
        "\u0301",
        "🪑",
        "木工",
        "столярка",
        "نجارة",
        "ß",
        "İ",
    ),
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


@pytest.fixture(scope="module")
def index():
    """The small register in memory, whose activities are read by their trades alone."""
    connection = register()
    known = known_activities(connection, ACTIVITIES)
    shard = shard_in_memory(organisations(connection), SECTIONS)
    activities = Activities(known, np.zeros((0, 512), np.float32))
    return Index({Kind.ORGANISATION: (shard,)}, activities, {}, SECTIONS)


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_ten_thousand_texts_are_answered_with_reasons_that_add_up(index, text):
    page = index.search(Query(text, Filters(is_active=None), size=9, facets=()))

    scores = [hit.score for hit in page.hits]
    assert len(scores) == page.total <= 9
    assert scores == sorted(scores, reverse=True)
    assert scores == [sum(reason.points for reason in hit.reasons) for hit in page.hits]
    assert all("<script" not in hit.name_html for hit in page.hits)
