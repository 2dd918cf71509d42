"""A source is cited with its publisher's date, or as undated, never with a date of ours."""

from datetime import date

import pytest
from tests.observatory.rows import SOURCE_DAY, record

from essor.observatory.figure import mention
from essor.warehouse.provenance import DateBasis


@pytest.mark.parametrize("basis", [each for each in DateBasis if each is not DateBasis.RETRIEVED])
def test_a_date_that_the_publisher_gives_is_its_own(basis):
    cited = mention(record("esus", date_basis=basis))

    assert (cited.published_on, cited.retrieved_on) == (SOURCE_DAY, None)
    assert cited.dated == "1er\u00a0mars\u00a02024"
    assert cited.date_basis is basis


def test_a_day_of_retrieval_is_never_given_for_the_publishers_date():
    cited = mention(record("esus", date_basis=DateBasis.RETRIEVED))

    assert (cited.published_on, cited.retrieved_on) == (None, date(2024, 3, 1))
    assert cited.dated == (
        "récupéré le\u00a01er\u00a0mars\u00a02024 (date de publication inconnue)"
    )


def test_a_source_without_any_date_says_so():
    assert mention(record("esus", is_present=False)).dated == "date inconnue"
