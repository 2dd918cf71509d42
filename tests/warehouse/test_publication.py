"""The day a file was published, from the best clue there is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.warehouse.shelves import TODAY

from essor.warehouse.provenance import DateBasis
from essor.warehouse.publication import DateClues, period_end, published_on


def test_the_manifest_is_believed_first():
    clues = DateClues("2026-03-04", "Sun, 01 Mar 2026 10:00:00 GMT", "siae_2020.csv")

    found = published_on(clues, TODAY)

    assert found == (date(2026, 3, 4), DateBasis.MANIFEST)


def test_the_servers_header_is_believed_before_the_name():
    clues = DateClues(None, "Sun, 01 Mar 2026 10:00:00 GMT", "siae_2020.csv")

    found = published_on(clues, TODAY)

    assert found == (date(2026, 3, 1), DateBasis.HEADER)


def test_the_name_is_believed_when_nothing_else_speaks():
    clues = DateClues(None, "hier", "siae_2020.csv")

    found = published_on(clues, TODAY)

    assert found == (date(2020, 12, 31), DateBasis.FILE_NAME)


def test_without_a_clue_the_day_of_retrieval_stands():
    clues = DateClues(file_name="StockUniteLegale_utf8.parquet")

    found = published_on(clues, TODAY)

    assert found == (TODAY, DateBasis.RETRIEVED)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("siae_2020.csv", date(2020, 12, 31)),
        ("ess_numerique_2026-03.csv", date(2026, 3, 31)),
        ("liste_2024_02.csv", date(2024, 2, 29)),
        ("etalab-cs1100507-stock-20260304-0338.csv", date(2026, 3, 4)),
        ("etat-2025-07-14.csv", date(2025, 7, 14)),
        ("decp_2018-2019.csv.gz", date(2019, 12, 31)),
        ("decp_2017-2020_10000.csv.gz", date(2020, 12, 31)),
        ("naf_2026.csv", TODAY),
        ("projection_2040.csv", None),
        ("naf_rev2.csv", None),
        ("stock_123420209.csv", None),
        ("avis_2023-02-31.csv", date(2023, 2, 28)),
    ],
)
def test_a_name_gives_the_last_day_of_its_period(name, day):
    found = period_end(name, TODAY)

    assert found == day


@given(st.text(alphabet="0123456789-_. a", max_size=30), st.dates(date(2000, 1, 1)))
def test_no_file_is_published_after_it_was_retrieved(name, retrieved_on):
    clues = DateClues(name, "Thu, 31 Dec 2099 10:00:00 GMT", name)

    day, _ = published_on(clues, retrieved_on)

    assert day <= retrieved_on
