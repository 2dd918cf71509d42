"""The rule of the « Marché de l'inclusion » written in SQL, for PostgreSQL with PostGIS.

It says what `essor.matching.marche` says in Python: a set by equal sectors and places, in an order of
popularity that no need changes. Tests and every run compare the two.
"""

from collections.abc import Iterator

from benchmarks.peers.register_sql import Statement, Values
from essor.matching.marche import NEVER_MATCHED, Listed, Offer, Perimeter, Request

TABLES = (
    """CREATE UNLOGGED TABLE suppliers (
        id text COLLATE "C" PRIMARY KEY, kind text NOT NULL, place geography(Point, 4326),
        post_code text NOT NULL, department text NOT NULL, region_name text NOT NULL,
        is_reachable boolean NOT NULL, is_active boolean NOT NULL, is_delisted boolean NOT NULL,
        has_badge boolean NOT NULL, contact_clicks int NOT NULL, views int NOT NULL,
        completeness float NOT NULL)""",
    """CREATE UNLOGGED TABLE offers (
        id int PRIMARY KEY, supplier text COLLATE "C" NOT NULL, sector text NOT NULL,
        modes text[] NOT NULL, range text NOT NULL, radius_m float)""",
    """CREATE UNLOGGED TABLE zones (
        offer int NOT NULL, perimeter text NOT NULL, kind text NOT NULL, code text NOT NULL)""",
)
INDEXES = (
    "CREATE INDEX ON suppliers USING gist (place)",
    "CREATE INDEX ON suppliers (department)",
    "CREATE INDEX ON suppliers (region_name)",
    "CREATE INDEX ON suppliers (post_code)",
    "CREATE INDEX ON offers (sector)",
    "CREATE INDEX ON offers (supplier)",
    "CREATE INDEX ON zones (offer)",
    "CREATE INDEX ON zones (perimeter)",
    "CREATE INDEX ON zones (kind, code)",
)
_KEPT = """
SELECT s.id FROM suppliers AS s
WHERE s.is_active AND NOT s.is_delisted AND s.is_reachable AND s.kind <> %(never)s{kinds}
AND EXISTS (SELECT FROM offers AS o WHERE o.supplier = s.id{conditions})
ORDER BY s.has_badge DESC, s.contact_clicks DESC, s.views DESC, s.completeness DESC, s.id
"""
_IS_NATIONAL = "o.range = 'country'"
_IN_ZONE = (
    "(o.range = 'zones' AND EXISTS (SELECT FROM zones AS z WHERE z.offer = o.id AND {which}))"
)
_NOWHERE = "false"


def rule(request: Request) -> Statement:
    """Return the statement whose rows are the suppliers kept, most popular first, then by identifier."""
    values: Values = {"never": NEVER_MATCHED}
    conditions = []
    if request.modes:
        values["modes"] = list(request.modes)
        conditions.append("o.modes && %(modes)s::text[]")
    if request.sectors:
        values["sectors"] = list(request.sectors)
        conditions.append("o.sector = ANY(%(sectors)s)")
    if place := _place(request, values):
        conditions.append(place)
    kinds = ""
    if request.kinds:
        values["kinds"] = list(request.kinds)
        kinds = " AND s.kind = ANY(%(kinds)s)"
    sql = _KEPT.format(kinds=kinds, conditions="".join(f" AND {each}" for each in conditions))
    return Statement(sql, values)


def supplier_row(supplier: Listed) -> tuple[object, ...]:
    """Return the supplier as a row of `suppliers`."""
    fame, point = supplier.popularity, supplier.point
    return (
        supplier.id,
        supplier.kind,
        f"SRID=4326;POINT({point.lon!r} {point.lat!r})" if point else None,
        supplier.post_code,
        supplier.department,
        supplier.region_name,
        supplier.is_reachable,
        supplier.is_active,
        supplier.is_delisted,
        fame.has_badge,
        fame.contact_clicks,
        fame.views,
        fame.completeness,
    )


def offer_row(number: int, supplier: str, offer: Offer) -> tuple[object, ...]:
    """Return the offer as a row of `offers`."""
    metres = None if offer.radius_km is None else offer.radius_km * 1000
    return (number, supplier, offer.sector, list(offer.modes), offer.range.value, metres)


def zone_rows(number: int, offer: Offer) -> Iterator[tuple[object, ...]]:
    """Yield the zones of an offer as rows of `zones`."""
    return ((number, zone.id, zone.kind, zone.code) for zone in offer.zones)


def _place(request: Request, values: Values) -> str:
    """Return the first of the six lines of the rule that is concerned; empty when all pass."""
    if request.is_country_only:
        return _IS_NATIONAL
    location, reach = request.location, request.distance_km
    if location is not None and location.kind == "city" and reach:
        values["reach"] = reach * 1000
        near = _within(location, "location", "%(reach)s", values)
        return f"({near} OR {_IS_NATIONAL})" if request.includes_country else near
    if not request.perimeters:
        return _IS_NATIONAL if request.includes_country else ""
    every = enumerate(request.perimeters)
    touches = " OR ".join(_touches(each, f"p{number}", values) for number, each in every)
    if request.includes_country:
        return f"({touches} OR {_IS_NATIONAL})"
    return f"(({touches}) AND o.range <> 'country')"


def _touches(perimeter: Perimeter, name: str, values: Values) -> str:
    """Return the condition of an activity that touches a perimeter; its values are named after `name`."""
    values[f"{name}_id"] = perimeter.id
    ways = [_IN_ZONE.format(which=f"z.perimeter = %({name}_id)s")]
    if perimeter.kind == "city":
        ways += _touches_city(perimeter, name, values)
    elif perimeter.kind == "department":
        ways += _has("region", perimeter.region, f"{name}_region", values)
        values[f"{name}_code"] = perimeter.code
        ways.append(f"s.department = %({name}_code)s")
    else:
        values[f"{name}_name"] = perimeter.name
        ways.append(f"s.region_name = %({name}_name)s")
    return " OR ".join(ways)


def _touches_city(city: Perimeter, name: str, values: Values) -> Iterator[str]:
    near = _within(city, name, "o.radius_m", values)
    yield f"(o.range = 'radius' AND o.radius_m IS NOT NULL AND {near})"
    yield from _has("department", city.department, f"{name}_department", values)
    yield from _has("region", city.region, f"{name}_region", values)
    if city.post_codes:
        values[f"{name}_posts"] = list(city.post_codes)
        yield f"(s.post_code <> '' AND s.post_code = ANY(%({name}_posts)s))"


def _has(kind: str, code: str, name: str, values: Values) -> Iterator[str]:
    if code:
        values[name] = code
        yield _IN_ZONE.format(which=f"z.kind = '{kind}' AND z.code = %({name})s")


def _within(place: Perimeter, name: str, metres: str, values: Values) -> str:
    """Return the condition of a supplier that near, on the sphere, as Essor computes distances."""
    if place.point is None:
        return _NOWHERE
    values |= {f"{name}_lon": place.point.lon, f"{name}_lat": place.point.lat}
    point = f"ST_SetSRID(ST_MakePoint(%({name}_lon)s, %({name}_lat)s), 4326)::geography"
    return f"ST_DWithin(s.place, {point}, {metres}, false)"
