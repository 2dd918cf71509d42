from hypothesis import given
from hypothesis import strategies as st
from tests.observatory.equations import follows, total

from essor.observatory.headcount import Headcount, together
from essor.observatory.secrecy import Hidden, is_safe, masked, masked_below, masked_tree
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
TREES = st.lists(st.lists(BANDS, min_size=1, max_size=5), min_size=2, max_size=4).map(
    lambda regions: {
        f"r{rank}": {f"r{rank}d{part}": cell(*bands) for part, bands in enumerate(parts)}
        for rank, parts in enumerate(regions)
    }
)


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
    rows = [total({key}, cells) for key in cells if key not in hidden]
    if is_safe(together(cells.values())):
        rows.append(total(set(cells), cells))
    empty = [total({key}, cells) for key in cells if not cells[key].known]

    for key in hidden:
        assert not follows(total({key}, cells), rows + empty)


def test_a_masked_region_masks_the_smallest_departement_it_needs():
    tree = {
        "one": {"a": cell("12", "12")},
        "two": {"b": cell(*["12"] * 3), "c": cell(*["12"] * 4)},
        "three": {"d": cell(*["12"] * 9)},
    }

    assert masked_tree(tree) == Hidden(frozenset({"one", "two"}), frozenset({"a", "b"}))


def test_the_masked_departements_of_two_masked_regions_are_safe_together():
    tree = {
        "one": {"a": cell("41", *["01"] * 3)},
        "two": {"b": cell(*["01"] * 3), "c": cell(*["12"] * 4), "d": cell(*["22"] * 3)},
        "three": {"e": cell(*["42"] * 9)},
    }

    found = masked_tree(tree)

    assert found.regions == {"one", "two"}
    assert found.departements == {"a", "b", "c", "d"}


def test_a_place_masked_elsewhere_masks_one_of_its_parts():
    cells = {"small": cell(*["12"] * 3), "big": cell(*["12"] * 9)}

    assert masked(cells) == frozenset()
    assert masked_below(cells) == {"small"}


@given(TREES)
def test_nothing_masked_in_a_tree_follows_from_all_that_is_published_of_it(tree):
    hidden = masked_tree(tree)
    leaves = {code: held for parts in tree.values() for code, held in parts.items()}
    regions = {region: set(parts) for region, parts in tree.items()}
    published = [
        *(codes for region, codes in regions.items() if region not in hidden.regions),
        *({code} for code in leaves if code not in hidden.departements),
        *([set(leaves)] if is_safe(together(leaves.values())) else []),
    ]
    rows = [total(codes, leaves) for codes in published]

    for codes in (
        *(regions[region] for region in hidden.regions),
        *map(_alone, hidden.departements),
    ):
        assert not follows(total(codes, leaves), rows)


@given(TREES)
def test_what_a_published_place_leaves_of_its_departements_is_safe(tree):
    hidden = masked_tree(tree)
    leaves = {code: held for parts in tree.values() for code, held in parts.items()}
    published = [parts for region, parts in tree.items() if region not in hidden.regions]
    if is_safe(together(leaves.values())):
        published.append(leaves)

    for parts in published:
        assert is_safe(together(parts[code] for code in parts if code in hidden.departements))


@given(TREES)
def test_every_unsafe_place_of_a_tree_is_masked(tree):
    hidden = masked_tree(tree)

    for region, parts in tree.items():
        assert is_safe(together(parts.values())) or region in hidden.regions
        assert {code for code, held in parts.items() if not is_safe(held)} <= hidden.departements


def _alone(code):
    return {code}
