from tests.observatory.atlas import atlas, seated
from tests.observatory.rows import status

from essor.observatory.listing import read_listed


def test_organisations_are_listed_with_their_statuses_and_bounds():
    rows = seated(1, 1, "01001", "21", name="Fruitière")
    held = [status(1, kind, answer=True) for kind in ("esat", "ea", "esat")]

    found = read_listed(atlas(organisations=rows, statuses=held), ["000000001", "000000002"])

    assert list(found) == ["000000001"]
    only = found["000000001"]
    assert (only.name, only.commune, only.activity) == (
        "Fruitière",
        "Boisville",
        "Viande de boucherie",
    )
    assert (only.staff_lower, only.staff_upper) == (50, 99)
    assert only.statuses == ("ea", "esat")


def test_a_name_that_is_not_diffused_is_not_told():
    found = read_listed(
        atlas(organisations=seated(1, 1, "01001", name="Cachée", is_partly_diffused=True)),
        ["000000001"],
    )

    assert found["000000001"].name is None


def test_an_empty_list_is_an_empty_answer():
    assert read_listed(atlas(), []) == {}
