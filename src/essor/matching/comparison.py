"""The same need answered by our matching and by the reference rule: what each finds and misses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from essor.matching.activity import Activity, ReachKind, Supplier
from essor.matching.answer import Answer, answered
from essor.matching.inference import Trades
from essor.matching.marche import Listed, Offer, Perimeter, Range, Request, marche
from essor.matching.match import Match, explain
from essor.matching.need import Need, refuse_contradictions
from essor.matching.suppliers import candidates
from essor.matching.zone import Zone
from essor.territory.level import Level

LISTED_KINDS = ("ei", "etti", "aci", "ai", "eiti", "ea", "eatt", "esat", "geiq")
"""The kinds of structures that the service of the reference rule lists."""

_KINDS_OF_PERIMETER = {
    Level.COMMUNE: "city",
    Level.DEPARTEMENT: "department",
    Level.REGION: "region",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A supplier, its judgement by our matching, and why the other side does not have it."""

    match: Match
    why_missed: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both find, what our matching alone finds, and what the reference rule alone finds."""

    answer: Answer
    both: tuple[Compared, ...]
    ours: tuple[Compared, ...]
    theirs: tuple[Compared, ...]


def compare(
    connection: duckdb.DuckDBPyConnection, need: Need, day: date, release: int, trades: Trades
) -> Comparison:
    """Return who each side finds, of the same suppliers read from the release.

    The reference rule is given what is published: the activity code as sector, the address, no
    range of intervention, and everybody taken as reachable. Its popularity order has no open data.

    Raises:
        InvalidRequestError: conditions of the need exclude one another.
    """
    refuse_contradictions(need, day)
    read = candidates(connection, need, trades)
    ours = answered(need, read, day, release)
    request = request_of(need)
    listed = [each for each in map(listed_of, read.suppliers) if each.kind]
    theirs = {each.id for each in marche(request, listed)}
    found = {each.supplier.siret for each in ours.matches}
    sectors = set(request.sectors)
    return Comparison(
        ours,
        tuple(Compared(each) for each in ours.matches if each.supplier.siret in theirs),
        tuple(
            Compared(each, _missed_by_rule(each.supplier, sectors))
            for each in ours.matches
            if each.supplier.siret not in theirs
        ),
        tuple(
            Compared(judged, judged.refusals[0].because if judged.refusals else "")
            for judged in _judged(need, read.suppliers, theirs - found, day)
        ),
    )


def request_of(need: Need) -> Request:
    """Return the need as the reference rule takes it: exact codes, a city, perimeters."""
    location = None if need.place is None else perimeter_of(need.place)
    zones = need.zones or (() if need.place is None else (need.place,))
    return Request(
        sectors=tuple(wanted.code for wanted in need.trades),
        modes=tuple(form.value for form in need.presence),
        kinds=tuple(kind.upper() for kind in need.statuses),
        location=location,
        distance_km=need.radius_km,
        perimeters=tuple(perimeter_of(zone) for zone in zones),
        includes_country=need.welcomes_nationwide,
        is_country_only=need.is_nationwide,
    )


def listed_of(supplier: Supplier) -> Listed:
    """Return the supplier as the reference rule sees it; without kind when it would not list it."""
    kinds = [status.kind for status in supplier.statuses if status.kind in LISTED_KINDS]
    place = supplier.place
    return Listed(
        id=supplier.siret,
        kind=kinds[0].upper() if kinds else "",
        point=place.point if place else None,
        post_code=place.code if place else "",
        department=_code_of(place, Level.DEPARTEMENT),
        region_name=_code_of(place, Level.REGION),
        offers=tuple(_offers(supplier.activities)),
    )


def perimeter_of(zone: Zone) -> Perimeter:
    """Return a zone as the rule knows them; a level it ignores is of a kind it never matches.

    Communes stand for post codes and codes of régions for their names, on both sides.
    """
    is_region = zone.level is Level.REGION
    return Perimeter(
        id=zone.selector,
        kind=_KINDS_OF_PERIMETER.get(zone.level, zone.level.value),
        name=zone.code if is_region else zone.name,
        point=zone.point,
        code=zone.code,
        post_codes=(zone.code,) if zone.level is Level.COMMUNE else (),
        department=_code_of(zone, Level.DEPARTEMENT),
        region=_code_of(zone, Level.REGION),
    )


def _offers(activities: Iterable[Activity]) -> Iterable[Offer]:
    for activity in activities:
        for code in activity.trades:
            yield Offer(
                code,
                tuple(form.value for form in activity.presence),
                _RANGES[activity.reach.kind],
                activity.reach.radius_km,
                tuple(perimeter_of(zone) for zone in activity.reach.zones),
            )


_RANGES = {
    ReachKind.COUNTRY: Range.COUNTRY,
    ReachKind.RADIUS: Range.RADIUS,
    ReachKind.ZONES: Range.ZONES,
    ReachKind.UNKNOWN: Range.UNSET,
}


def _code_of(zone: Zone | None, level: Level) -> str:
    """Return the code of the territory of that level in which a zone lies; empty when unknown."""
    prefix = f"{level.value}:"
    above = () if zone is None else zone.within
    return next((each.removeprefix(prefix) for each in above if each.startswith(prefix)), "")


def _missed_by_rule(supplier: Supplier, sectors: set[str]) -> str:
    if not listed_of(supplier).kind:
        return "n’est pas d’un statut que ce service liste"
    codes = {code for activity in supplier.activities for code in activity.trades}
    if codes.isdisjoint(sectors):
        return "son secteur n’est pas exactement celui du besoin"
    return "son adresse ne touche pas le lieu demandé"


def _judged(need: Need, suppliers: Iterable[Supplier], sirets: set[str], day: date) -> list[Match]:
    return [explain(need, each, day) for each in suppliers if each.siret in sirets]
