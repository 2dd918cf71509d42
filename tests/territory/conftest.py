"""The small country, opened once."""

import pytest
from tests.territory.small_country import opened


@pytest.fixture(scope="session")
def country():
    with opened() as connection:
        yield connection
