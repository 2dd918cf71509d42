"""A territory is read whole from the release."""

import pytest

from essor.errors import UnknownTerritoryError
from essor.territory.level import Level
from essor.territory.territories import Territory, territories, territory_at


def test_a_territory_is_read_with_all_its_facts(country):
    found = territory_at(country, Level.EPCI, "245701362")

    assert found == Territory(
        level=Level.EPCI,
        code="245701362",
        name="CA Portes de France-Thionville",
        kind="CA",
        population=42_000,
        communes=1,
        lon=6.168,
        lat=49.369,
        area_km2=50.1,
    )


def test_what_is_not_known_is_none(country):
    found = territory_at(country, Level.COMMUNE, "97502")

    assert (found.lon, found.lat, found.area_km2, found.kind) == (None, None, None, None)


def test_the_most_populous_come_first(country):
    people = [each.population or 0 for each in territories(country, "level = ?", ["commune"])]

    assert people == sorted(people, reverse=True)
    assert len(people) == 13


def test_a_code_that_is_in_no_release_is_unknown(country):
    with pytest.raises(UnknownTerritoryError, match="commune:57000"):
        territory_at(country, Level.COMMUNE, "57000")
