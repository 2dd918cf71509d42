import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.shift_share import shift_share

JOBS = st.floats(0, 1e6).map(lambda value: round(value, 1))
FABRIC = st.dictionaries(st.sampled_from(["10", "25", "31", "38"]), st.tuples(JOBS, JOBS))


@given(local=FABRIC, national=FABRIC)
def test_the_four_effects_add_up_to_the_change_observed(local, national):
    result = shift_share(local, national)

    if result is not None:
        effects = result.national + result.structural + result.local + result.unexplained
        scale = max(1.0, abs(result.national), abs(result.structural), result.before, result.after)
        assert effects == pytest.approx(result.change, abs=1e-9 * scale)


@given(national=FABRIC.filter(lambda fabric: any(before for before, _ in fabric.values())))
def test_the_country_itself_owes_nothing_to_the_place(national):
    result = shift_share(national, national)

    assert result is not None
    born = sum(after for before, after in national.values() if not before)
    assert result.local + result.unexplained == pytest.approx(born, abs=1e-3)


def test_the_pace_of_the_country_is_told_from_that_of_the_sector_and_of_the_place():
    national = {"31": (1_000.0, 1_200.0), "47": (9_000.0, 9_800.0)}

    result = shift_share({"31": (100.0, 130.0)}, national)

    assert result is not None
    assert result.national == pytest.approx(10)
    assert result.structural == pytest.approx(10)
    assert result.local + result.unexplained == pytest.approx(10)


@given(small=st.floats(1, 99))
def test_the_fewer_the_jobs_the_less_is_said_of_the_place(small):
    national = {"31": (1_000.0, 1_000.0)}

    few = shift_share({"31": (small, 2 * small)}, national)
    many = shift_share({"31": (100_000.0, 200_000.0)}, national)

    assert few is not None
    assert many is not None
    assert few.local < few.unexplained
    assert many.local > 0.99 * many.change


def test_a_sector_that_appears_is_wholly_the_place_s():
    national = {"31": (0.0, 50.0), "47": (100.0, 100.0)}

    result = shift_share({"31": (0.0, 50.0)}, national)

    assert result is not None
    assert (result.national, result.structural) == (0, 0)
    assert result.local + result.unexplained == 50


def test_without_a_country_before_there_is_no_pace():
    assert shift_share({"31": (0.0, 5.0)}, {"31": (0.0, 5.0)}) is None


def test_a_territory_without_jobs_has_changed_by_nothing():
    result = shift_share({}, {"31": (10.0, 12.0)})

    assert result is not None
    assert result.change == 0
