"""A portrait gathers what surrounds a territory."""

from essor.territory.level import Level
from essor.territory.lookup import find
from essor.territory.portrait import Members, portrait


def test_a_portrait_counts_the_members_of_each_level_that_has_some(country):
    drawn = portrait(country, find(country, "departement:57"))

    assert drawn.members == (
        Members(Level.EPCI, 2),
        Members(Level.ZONE_EMPLOI, 2),
        Members(Level.COMMUNE, 3),
    )
    assert [parent.selector for parent in drawn.parents] == ["france:FR", "region:44"]
    assert drawn.neighbours == ()
