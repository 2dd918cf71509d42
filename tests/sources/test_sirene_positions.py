import pytest
from tests.sources.tidied import tidied

from essor.sources import sirene_positions

ROW = {
    "siret": "55210055400013",
    "x": "931234.5",
    "y": "6895000.1",
    "qualite_xy": "11",
    "epsg": "2154",
    "x_longitude": "6.175",
    "y_latitude": "49.119",
}


def positions(**changes):
    return tidied(sirene_positions, ROW | changes)


def test_a_position_is_in_degrees():
    assert positions() == [
        {"siret": "55210055400013", "lon": 6.175, "lat": 49.119, "position_basis": "address"}
    ]


@pytest.mark.parametrize(
    ("quality", "basis"),
    [
        ("11", "address"),
        ("12", "address"),
        ("21", "street"),
        ("22", "street"),
        ("33", "commune"),
        ("77", "commune"),
        (None, "commune"),
    ],
)
def test_the_quality_says_what_the_position_rests_on(quality, basis):
    (row,) = positions(qualite_xy=quality)

    assert row["position_basis"] == basis


@pytest.mark.parametrize("hole", ["x_longitude", "y_latitude"])
def test_half_a_point_is_no_point(hole):
    (row,) = positions(**{hole: ""})

    assert (row["lon"], row["lat"]) == (None, None)
