"""The reference rule: how the public « Marché de l'inclusion » matches a need, to be compared with.

It answers a set, by equal sectors and places; then it orders that set by popularity, the same order
for every need. Written from the description of its behaviour, none of its code is here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from essor.territory.distance import Point, distance_km

NEVER_MATCHED = "OPCS"
"""The kind of structure that the service leaves out of every answer."""


class Range(StrEnum):
    """How far an activity is offered."""

    COUNTRY = "country"
    RADIUS = "radius"
    ZONES = "zones"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A city, a department or a region, `kind` tells which.

    `code`, `department` and `region` are Insee's; `name` is compared with a supplier's region.
    """

    id: str
    kind: str
    name: str
    point: Point | None = None
    code: str = ""
    post_codes: tuple[str, ...] = ()
    department: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An activity of a supplier, as the service describes it."""

    sector: str
    modes: tuple[str, ...] = ()
    range: Range = Range.UNSET
    radius_km: float | None = None
    zones: tuple[Perimeter, ...] = ()


@dataclass(frozen=True, slots=True)
class Popularity:
    """What the service orders by, never the need: a badge, clicks, views, a filled-in card."""

    has_badge: bool = False
    contact_clicks: int = 0
    views: int = 0
    completeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A supplier, as the service lists it."""

    id: str
    kind: str
    point: Point | None = None
    post_code: str = ""
    department: str = ""
    region_name: str = ""
    is_reachable: bool = True
    is_active: bool = True
    is_delisted: bool = False
    offers: tuple[Offer, ...] = ()
    popularity: Popularity = field(default_factory=Popularity)


@dataclass(frozen=True, slots=True)
class Request:
    """A buyer's need, as the service describes it; an empty tuple sets no condition."""

    sectors: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    location: Perimeter | None = None
    distance_km: float | None = None
    perimeters: tuple[Perimeter, ...] = ()
    includes_country: bool = False
    is_country_only: bool = False


def marche(request: Request, suppliers: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return the suppliers that the reference rule keeps, most popular first, then by identifier."""
    kept = (supplier for supplier in suppliers if is_kept(request, supplier))
    return tuple(sorted(kept, key=_by_popularity))


def is_kept(request: Request, supplier: Listed) -> bool:
    """Return whether one single activity of the supplier passes mode, sector and place together."""
    return _is_candidate(request, supplier) and any(
        _shares_mode(request, offer)
        and (not request.sectors or offer.sector in request.sectors)
        and _is_in_place(request, supplier, offer)
        for offer in supplier.offers
    )


def _by_popularity(supplier: Listed) -> tuple[bool, int, int, float, str]:
    fame = supplier.popularity
    return (
        not fame.has_badge,
        -fame.contact_clicks,
        -fame.views,
        -fame.completeness,
        supplier.id,
    )


def _is_candidate(request: Request, supplier: Listed) -> bool:
    return (
        supplier.is_active
        and not supplier.is_delisted
        and supplier.is_reachable
        and supplier.kind != NEVER_MATCHED
        and (not request.kinds or supplier.kind in request.kinds)
    )


def _shares_mode(request: Request, offer: Offer) -> bool:
    return not request.modes or not set(request.modes).isdisjoint(offer.modes)


def _is_in_place(request: Request, supplier: Listed, offer: Offer) -> bool:
    """Apply the first of the six lines that is concerned; the others are not looked at."""
    is_national = offer.range is Range.COUNTRY
    if request.is_country_only:
        return is_national
    location, reach = request.location, request.distance_km
    if location is not None and location.kind == "city" and reach:
        return _is_within(supplier, location, reach) or (request.includes_country and is_national)
    if not request.perimeters:
        return is_national or not request.includes_country
    touches = any(_touches(supplier, offer, perimeter) for perimeter in request.perimeters)
    return touches or is_national if request.includes_country else touches and not is_national


def _touches(supplier: Listed, offer: Offer, perimeter: Perimeter) -> bool:
    zones = offer.zones if offer.range is Range.ZONES else ()
    if any(zone.id == perimeter.id for zone in zones):
        return True
    if perimeter.kind == "city":
        return _touches_city(supplier, offer, perimeter)
    if perimeter.kind == "department":
        return _has(zones, "region", perimeter.region) or supplier.department == perimeter.code
    return supplier.region_name == perimeter.name


def _touches_city(supplier: Listed, offer: Offer, city: Perimeter) -> bool:
    if offer.range is Range.RADIUS and offer.radius_km is not None:
        if _is_within(supplier, city, offer.radius_km):
            return True
    elif offer.range is Range.ZONES and (
        _has(offer.zones, "department", city.department) or _has(offer.zones, "region", city.region)
    ):
        return True
    return bool(supplier.post_code) and supplier.post_code in city.post_codes


def _has(zones: tuple[Perimeter, ...], kind: str, code: str) -> bool:
    return bool(code) and any(zone.kind == kind and zone.code == code for zone in zones)


def _is_within(supplier: Listed, place: Perimeter, radius_km: float) -> bool:
    if supplier.point is None or place.point is None:
        return False
    return distance_km(supplier.point, place.point) <= radius_km
