"""The task `need` keeps its contract, by the reference rule and by our own matching."""

import io
import json

import pytest

from benchmarks import need

PARIS = {
    "id": "city-paris",
    "kind": "city",
    "name": "Paris",
    "lon": 2.337,
    "lat": 48.864,
    "post_codes": ["75018", "75019"],
    "department": "75",
    "region": "11",
}
NORD = {"id": "dep-59", "kind": "department", "name": "Nord", "code": "59", "region": "32"}


def asked(**changes):
    plain = {
        "sectors": ["tri"],
        "modes": [],
        "kinds": [],
        "location": None,
        "distance_km": None,
        "perimeters": [],
        "include_country": False,
        "country_only": False,
    }
    return plain | changes


def supplier(name, **changes):
    activity = {
        "sector": "tri",
        "modes": ["making"],
        "range": "country",
        "radius_km": None,
        "zones": [],
    }
    plain = {
        "id": name,
        "kind": "EI",
        "lon": 2.34,
        "lat": 48.86,
        "post_code": "75019",
        "department": "75",
        "region_name": "Île-de-France",
        "reachable": True,
        "active": True,
        "delisted": False,
    }
    offered = {key: changes.pop(key) for key in list(changes) if key in activity}
    return plain | changes | {"activities": [activity | offered]}


@pytest.fixture
def told(monkeypatch, capsys):
    def tell(wanted, *suppliers, options=()):
        line = {"id": "Q", "need": wanted, "suppliers": list(suppliers)}
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(line)))
        assert need.main(options) == 0
        return set(json.loads(capsys.readouterr().out)["suppliers"])

    return tell


def test_the_rule_loses_a_nationwide_supplier_of_the_city_and_ours_keeps_it(told):
    wanted, local = asked(perimeters=[PARIS]), supplier("local")

    assert told(wanted, local, options=("--baseline", "marche")) == set()
    assert told(wanted, local) == {"local"}


def test_who_cannot_be_told_is_not_told(told):
    suppliers = (
        supplier("silent", reachable=False),
        supplier("closed", active=False),
        supplier("gone", delisted=True),
        supplier("there"),
    )

    assert told(asked(), *suppliers) == {"there"}


def test_a_kind_that_is_wanted_is_required(told):
    suppliers = (supplier("ei"), supplier("esat", kind="ESAT"))

    assert told(asked(kinds=["ESAT"]), *suppliers) == {"esat"}


def test_a_radius_reaches_the_edge_of_a_departement(told):
    wanted = asked(perimeters=[NORD | {"lon": 3.2, "lat": 50.4}])
    across = {"lon": 2.29, "lat": 49.89, "department": "80", "range": "radius"}

    assert told(wanted, supplier("far", **across, radius_km=10)) == set()
    assert told(wanted, supplier("near", **across, radius_km=60)) == {"near"}


def test_another_sector_is_not_told(told):
    assert told(asked(), supplier("bois", sector="bois")) == set()
