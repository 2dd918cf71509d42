from essor.observatory.headcount import Headcount, together


def test_groups_counted_together_add_up_and_keep_the_largest_unit():
    one = Headcount(2, 1, 10, 14.5, 19, 19, 0, 1, is_fictional=False)
    two = Headcount(3, 3, 60, 103.5, 147, 49, 1, 0, is_fictional=True)

    assert one + two == Headcount(5, 4, 70, 118.0, 166, 49, 1, 1, is_fictional=True)


def test_organisations_without_a_band_are_counted_apart():
    assert Headcount(units=5, known=3).unknown == 2


def test_no_group_at_all_is_an_empty_one():
    assert together([]) == Headcount()
