"""Two territories are neighbours when a commune of one touches a commune of the other."""

import pytest
from tests.territory.small_country import opened, staged

from essor.territory.level import Level
from essor.territory.lookup import find
from essor.territory.neighbourhood import neighbours
from essor.territory.territories import territories


def known(found):
    """Return neighbours that must be known."""
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("57463", ["57672", "57480"]),
        ("57480", ["57463"]),
        ("75056", ["93066"]),
        ("epci:Metz Métropole", ["245701362"]),
        ("departement:93", ["75"]),
        ("zone_emploi:4413", ["4410"]),
        ("region:44", []),
        ("France", []),
    ],
)
def test_neighbours_are_of_the_same_level_and_touch(country, text, codes):
    assert [each.code for each in known(neighbours(country, find(country, text)))] == codes


@pytest.mark.parametrize("level", Level)
def test_being_neighbours_is_mutual_and_never_with_oneself(country, level):
    arrondissements = ("75101", "75112")
    for one in territories(
        country, "level = ? AND code NOT IN (SELECT unnest(?))", [level.value, arrondissements]
    ):
        found = known(neighbours(country, one))

        assert one not in found
        assert all(one in known(neighbours(country, other)) for other in found)


def test_neighbours_are_unknown_when_their_source_is_absent():
    with opened({**staged(), "voisinages": None}) as connection:
        found = neighbours(connection, find(connection, "57463"))

    assert found is None


def test_the_neighbours_of_an_arrondissement_are_unknown_when_only_its_commune_is_told(country):
    assert neighbours(country, find(country, "75101")) is None


def test_an_arrondissement_touches_its_fellows_and_the_communes_around():
    sources = staged()
    with opened(sources) as connection:
        connection.execute("INSERT INTO neighbours VALUES ('75101','75112'), ('75112','93066')")
        first = known(neighbours(connection, find(connection, "75101")))
        twelfth = known(neighbours(connection, find(connection, "75112")))

    assert [each.code for each in first] == ["75112"]
    assert [each.code for each in twelfth] == ["93066"]
