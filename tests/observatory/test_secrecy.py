from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from essor.observatory.headcount import Headcount, together
from essor.observatory.secrecy import is_safe, masked
from essor.perimeter.staff_bands import BY_CODE


def cell(*bands):
    found = [BY_CODE[band] for band in bands]
    return Headcount(
        units=len(found),
        known=len(found),
        lower=sum(band.lower for band in found),
        mid=sum(band.mid for band in found),
        upper=sum(band.upper or 0 for band in found),
        largest=max((band.upper or 0 for band in found), default=0),
    )


BANDS = st.lists(st.sampled_from(["00", "01", "03", "12", "22", "41"]), max_size=7)
BREAKDOWNS = st.dictionaries(st.sampled_from("abcdefgh"), BANDS.map(lambda b: cell(*b)), min_size=1)


def test_two_units_do_not_hide_each_other():
    assert not is_safe(cell("12", "12"))


def test_three_like_units_may_be_published():
    assert is_safe(cell("12", "12", "12"))


def test_a_unit_of_more_than_85_percent_is_masked_however_many_the_others():
    assert not is_safe(cell("41", *["01"] * 20))


def test_units_of_unknown_staff_protect_nobody():
    assert not is_safe(Headcount(units=9, known=2, lower=40, mid=69.0, upper=98, largest=49))


def test_a_cell_without_any_known_staff_has_nothing_to_mask():
    assert is_safe(Headcount(units=2))


def test_a_lone_masked_cell_takes_the_smallest_other_with_it():
    cells = {"one": cell("12", "12"), "small": cell(*["12"] * 3), "big": cell(*["12"] * 9)}

    assert masked(cells) == {"one", "small"}


def test_a_cell_of_unknown_staff_is_no_companion():
    cells = {"one": cell("12", "12"), "none": Headcount(units=4), "big": cell(*["12"] * 9)}

    assert masked(cells) == {"one", "big"}


def test_two_tiny_cells_take_a_third_because_their_sum_is_tiny_too():
    cells = {"one": cell("12"), "two": cell("12"), "big": cell(*["12"] * 9)}

    assert masked(cells) == {"one", "two", "big"}


def test_nothing_is_masked_when_every_cell_is_safe():
    assert masked({"a": cell(*["12"] * 3), "b": cell(*["22"] * 4)}) == frozenset()


@given(BREAKDOWNS)
def test_every_unsafe_cell_is_masked(cells):
    assert {key for key, held in cells.items() if not is_safe(held)} <= masked(cells)


@given(BREAKDOWNS)
def test_what_the_published_whole_minus_the_published_cells_leaves_is_itself_safe(cells):
    hidden = masked(cells)
    left = together(cells[key] for key in hidden)

    assert not is_safe(together(cells.values())) or is_safe(left)


@given(BREAKDOWNS)
def test_no_masked_staff_follows_from_the_published_ones(cells):
    hidden = masked(cells)
    rows = [_unit(key, cells) for key in cells if key not in hidden]
    if is_safe(together(cells.values())):
        rows.append([Fraction(1)] * len(cells))
    carriers = [key for key in hidden if cells[key].known]

    for key in carriers:
        known_empty = [_unit(other, cells) for other in cells if not cells[other].known]
        assert not _follows(_unit(key, cells), rows + known_empty)


def _unit(key, cells):
    return [Fraction(int(other == key)) for other in cells]


def _follows(target, rows):
    """Whether `target` is a linear combination of `rows`: what subtraction may recover."""
    return _rank(rows) == _rank([*rows, target])


def _rank(rows):
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column] / rows[rank][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank
