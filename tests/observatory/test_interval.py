from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.headcount import Headcount
from essor.observatory.interval import Interval, staff, staff_share

SUMS = st.tuples(*[st.integers(0, 10**6)] * 3).map(sorted)
GROUPS = SUMS.map(lambda s: Headcount(units=3, known=3, lower=s[0], mid=float(s[1]), upper=s[2]))


def test_the_staff_of_an_empty_group_is_nobody():
    assert staff(Headcount()) == Interval(0, 0.0, 0)


def test_the_staff_of_a_group_of_unknown_bands_is_unknown():
    assert staff(Headcount(units=4)) is None


def test_each_bound_of_a_share_faces_the_opposite_bound_of_the_others():
    part = Headcount(units=3, known=3, lower=10, mid=15.0, upper=20)
    others = Headcount(units=3, known=3, lower=20, mid=45.0, upper=90)

    assert staff_share(part, others) == Interval(0.1, 0.25, 0.5)


def test_a_share_of_nobody_is_unknown():
    assert staff_share(Headcount(), Headcount()) is None


@given(GROUPS, GROUPS)
def test_a_share_stays_between_its_bounds_and_its_bounds_between_0_and_1(part, others):
    share = staff_share(part, others)

    assert share is None or 0 <= share.lower <= share.value <= share.upper <= 1
