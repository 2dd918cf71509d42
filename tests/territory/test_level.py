"""A level has a French name, and a rank."""

import pytest

from essor.territory.level import Level


@pytest.mark.parametrize("level", Level)
def test_every_level_is_named_in_french_one_several_and_with_its_article(level):
    named = (level.label, level.plural, level.with_article)

    assert all(named)
    assert level.with_article.startswith(("la ", "le ", "l’"))


def test_france_is_the_broadest_level_and_the_commune_the_narrowest():
    ordered = sorted(Level, key=lambda level: level.breadth)

    assert ordered[0] is Level.FRANCE
    assert ordered[-1] is Level.COMMUNE
    assert Level.REGION.breadth < Level.DEPARTEMENT.breadth < Level.EPCI.breadth
