"""M: who is told of a need — by the reference rule, or by our own matching."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import duckdb

from benchmarks.json_lines import Answer, Question, answer_all
from essor.language.presence import Presence
from essor.matching.activity import Activity, Basis, Reach, ReachKind, Status, Supplier
from essor.matching.marche import Listed, Offer, Perimeter, Range, Request, marche
from essor.matching.match import match
from essor.matching.need import Need, Wanted
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

MARCHE = "marche"
# The cases have no day; a status told by a case is held on that day.
DAY = date(2026, 11, 23)

Item = Mapping[str, object]

_LEVELS = {"city": Level.COMMUNE, "department": Level.DEPARTEMENT, "region": Level.REGION}
_FORMS = {
    "staff": Presence.MISE_A_DISPOSITION,
    "service": Presence.SERVICE,
    "making": Presence.FABRICATION,
}


def main(options: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks need")
    parser.add_argument("--baseline", choices=(MARCHE,))
    baseline = parser.parse_args(options).baseline
    return answer_all(_by_marche if baseline == MARCHE else _by_essor)


def _by_marche(question: Question) -> Answer:
    kept = marche(_request(_item(question, "need")), map(_listed, _items(question, "suppliers")))
    return {"suppliers": [supplier.id for supplier in kept]}


def _by_essor(question: Question) -> Answer:
    asked = _item(question, "need")
    told = (each for each in _items(question, "suppliers") if _may_be_told(each))
    suppliers = [_supplier(each, _cities_of(asked, _text(each, "post_code"))) for each in told]
    found = match(_need(asked), suppliers, DAY)
    return {"suppliers": [each.supplier.siret for each in found if each.is_certain]}


def _may_be_told(supplier: Item) -> bool:
    """Return whether the supplier can be told of anything: in activity, listed, with an address."""
    is_there = bool(supplier["reachable"]) and bool(supplier["active"])
    return is_there and not supplier["delisted"]


def _need(asked: Item) -> Need:
    location, radius = asked["location"], _number(asked, "distance_km")
    return Need(
        text="",
        trades=tuple(Wanted(sector) for sector in _texts(asked, "sectors")),
        presence=tuple(_FORMS[mode] for mode in _texts(asked, "modes")),
        place=_zone(cast("Item", location)) if location and radius else None,
        radius_km=radius,
        zones=() if location and radius else tuple(map(_zone, _items(asked, "perimeters"))),
        welcomes_nationwide=bool(asked["include_country"]),
        is_nationwide=bool(asked["country_only"]),
        statuses=tuple(kind.lower() for kind in _texts(asked, "kinds")),
    )


def _cities_of(asked: Item, post_code: str) -> tuple[str, ...]:
    """Return the selectors of the cities of the need that have that post code."""
    named = [
        *_items(asked, "perimeters"),
        *([_item(asked, "location")] if asked["location"] else []),
    ]
    return tuple(
        f"commune:{_text(each, 'id')}"
        for each in named
        if post_code and post_code in _texts(each, "post_codes")
    )


def _supplier(listed: Item, cities: tuple[str, ...]) -> Supplier:
    lon, lat = _number(listed, "lon"), _number(listed, "lat")
    point = None if lon is None or lat is None else Point(lon, lat)
    above = tuple(f"{level}:{code}" for level, code in _surroundings(listed) if code)
    place = Zone(Level.COMMUNE, "", "", point, within=(*cities, *above, FRANCE))
    return Supplier(
        siret=_text(listed, "id"),
        siren=_text(listed, "id"),
        name=_text(listed, "id"),
        place=place,
        activities=tuple(map(_activity, _items(listed, "activities"))),
        statuses=(Status(_text(listed, "kind").lower(), DAY, "cas"),),
    )


def _surroundings(listed: Item) -> tuple[tuple[str, str], ...]:
    return (
        ("departement", _text(listed, "department")),
        ("region", _regions().get(_text(listed, "region_name"), "")),
    )


def _activity(offered: Item) -> Activity:
    kind, zones = _text(offered, "range"), tuple(map(_zone, _items(offered, "zones")))
    reach = Reach(
        ReachKind(kind) if kind in set(ReachKind) else ReachKind.UNKNOWN,
        _number(offered, "radius_km"),
        zones,
    )
    return Activity(
        trades=(_text(offered, "sector"),),
        presence=tuple(_FORMS[mode] for mode in _texts(offered, "modes")),
        reach=reach,
        basis=Basis.DECLARED,
    )


def _zone(perimeter: Item) -> Zone:
    level = _LEVELS[_text(perimeter, "kind")]
    lon, lat = _number(perimeter, "lon"), _number(perimeter, "lat")
    code = _text(perimeter, "id" if level is Level.COMMUNE else "code")
    above = (
        ("departement", _text(perimeter, "department")),
        ("region", _text(perimeter, "region")),
    )
    return Zone(
        level,
        code,
        _text(perimeter, "name"),
        None if lon is None or lat is None else Point(lon, lat),
        _areas().get(f"{level}:{code}"),
        (*(f"{name}:{value}" for name, value in above if value), FRANCE),
    )


@cache
def _areas() -> Mapping[str, float]:
    """Return the areas of the départements and the régions that the package ships, in km²."""
    return {
        f"{level}:{code}": area
        for level in ("departement", "region")
        for code, area in _shipped(
            f"SELECT {level}, sum(surface_km2) FROM '{{}}/communes.parquet' "
            f"WHERE type = 'commune-actuelle' AND {level} IS NOT NULL GROUP BY 1"
        )
    }


@cache
def _regions() -> Mapping[str, str]:
    """Return the codes of the régions, by name."""
    return dict(_shipped("SELECT nom, code FROM read_csv('{}/regions.csv', all_varchar = true)"))


def _shipped(query: str) -> list[Any]:
    folder = Path(str(files("essor"))) / "demonstration" / "mirror" / "territoires"
    with duckdb.connect() as connection:
        return connection.execute(query.format(folder)).fetchall()


def _request(asked: Item) -> Request:
    location = asked["location"]
    return Request(
        sectors=tuple(_texts(asked, "sectors")),
        modes=tuple(_texts(asked, "modes")),
        kinds=tuple(_texts(asked, "kinds")),
        location=_perimeter(cast("Item", location)) if location else None,
        distance_km=_number(asked, "distance_km"),
        perimeters=tuple(map(_perimeter, _items(asked, "perimeters"))),
        includes_country=bool(asked["include_country"]),
        is_country_only=bool(asked["country_only"]),
    )


def _listed(told: Item) -> Listed:
    lon, lat = _number(told, "lon"), _number(told, "lat")
    return Listed(
        id=_text(told, "id"),
        kind=_text(told, "kind"),
        point=None if lon is None or lat is None else Point(lon, lat),
        post_code=_text(told, "post_code"),
        department=_text(told, "department"),
        region_name=_text(told, "region_name"),
        is_reachable=bool(told["reachable"]),
        is_active=bool(told["active"]),
        is_delisted=bool(told["delisted"]),
        offers=tuple(map(_offer, _items(told, "activities"))),
    )


def _offer(told: Item) -> Offer:
    return Offer(
        _text(told, "sector"),
        tuple(_texts(told, "modes")),
        Range(_text(told, "range")),
        _number(told, "radius_km"),
        tuple(map(_perimeter, _items(told, "zones"))),
    )


def _perimeter(told: Item) -> Perimeter:
    lon, lat = _number(told, "lon"), _number(told, "lat")
    return Perimeter(
        id=_text(told, "id"),
        kind=_text(told, "kind"),
        name=_text(told, "name"),
        point=None if lon is None or lat is None else Point(lon, lat),
        code=_text(told, "code"),
        post_codes=tuple(_texts(told, "post_codes")),
        department=_text(told, "department"),
        region=_text(told, "region"),
    )


def _item(told: Item, field: str) -> Item:
    return cast("Item", told[field])


def _items(told: Item, field: str) -> list[Item]:
    return cast("list[Item]", told.get(field) or [])


def _texts(told: Item, field: str) -> list[str]:
    return [str(each) for each in cast("list[object]", told.get(field) or [])]


def _text(told: Item, field: str) -> str:
    value = told.get(field)
    return "" if value is None else str(value)


def _number(told: Item, field: str) -> float | None:
    value = told.get(field)
    return float(value) if isinstance(value, int | float) else None
