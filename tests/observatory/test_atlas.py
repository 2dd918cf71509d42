"""Atlas: the parts of a place side by side add up to it, and tell no staff that could be subtracted."""

import pytest
from tests.observatory.atlas import atlas as small_atlas

from essor.observatory.atlas import Measure, levels_of, read_atlas
from essor.observatory.classes import bounds_of, class_of
from essor.observatory.perspective import By, Perimeter
from essor.observatory.prepared import prepare
from essor.observatory.question import Question
from essor.territory.level import Level
from essor.territory.territories import territory_at


@pytest.fixture
def connection():
    held = small_atlas()
    prepare(held)
    return held


def read(connection, parts, perimeter=Perimeter.P1):
    france = territory_at(connection, Level.FRANCE, "FR")
    return read_atlas(connection, Question(france, perimeter, By.TERRITORY, parts))


@pytest.mark.parametrize("parts", [Level.REGION, Level.DEPARTEMENT])
def test_the_parts_of_a_place_and_what_none_holds_add_up_to_it(connection, parts):
    told = read(connection, parts)

    inside = sum(part.organisations for part in told.parts)
    assert inside + sum(row.organisations for row in told.elsewhere) == told.total.organisations > 0


def test_a_share_is_at_most_one_within_its_bounds(connection):
    shares = [part.share for part in read(connection, Level.DEPARTEMENT).parts if part.share]

    assert shares
    assert all(0 <= share.lower <= share.value <= share.upper <= 1 for share in shares)


def test_staff_is_told_of_the_levels_whose_masks_are_the_same_in_every_answer(connection):
    levels = levels_of(connection, Level.FRANCE)
    told = {level for level in levels if Measure.STAFF in read(connection, level).measures}

    assert told == {Level.REGION, Level.DEPARTEMENT} & set(levels)


def test_the_second_perimeter_is_no_share_of_industry(connection):
    assert Measure.SHARE not in read(connection, Level.REGION, Perimeter.P2).measures


@pytest.mark.parametrize(
    "values",
    [
        [1.0, 1.0, 1.0],
        [0.0, 0.0, 3.0],
        [float(each) for each in range(100)],
        [0.1, 0.11, 0.12, 9.0],
    ],
)
def test_every_class_holds_a_value_and_zeros_are_their_own(values):
    bounds = bounds_of(values)
    ranks = {class_of(value, bounds) for value in values}

    assert ranks == set(range(1, len(bounds) + 2))
    if 0.0 in values and bounds:
        assert [value for value in values if class_of(value, bounds) == 1 and value] == []
