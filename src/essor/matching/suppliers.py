"""Candidates: the suppliers of a release that may answer a need, chosen in SQL, judged elsewhere."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import duckdb

from essor.matching.activity import Status, Supplier
from essor.matching.criteria.trade import LEAST_SHARE, closeness
from essor.matching.decay import Decay, decay_of
from essor.matching.inference import UNTELLING, Published, Trades, activities_of
from essor.matching.need import Need
from essor.matching.prepared import CARD_COLUMNS, CARD_TABLES, prepare
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

MOST = 250
"""How many suppliers of a trade are judged: the nearest in distance and trade."""

MOST_UNSAID = 50
"""How many conventioned structures whose activity code says no trade are judged beside them."""

# The sources that list each kind of status: without any, not being listed proves nothing.
_LISTS = {
    "ea": ("entreprises_adaptees", "marche_inclusion"),
    "eatt": ("entreprises_adaptees", "marche_inclusion"),
    "esat": ("esat",),
    "geiq": ("geiq",),
    "esus": ("esus",),
    "scop": ("scop",),
    **dict.fromkeys(("ei", "etti", "aci", "ai", "eiti"), ("siae", "siae_asp", "marche_inclusion")),
}
KINDS = tuple(_LISTS)
"""The kinds of status that a need may require."""

_ABOVE = (
    Level.EPCI,
    Level.DEPARTEMENT,
    Level.REGION,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
)
_KM_PER_DEGREE = 111.195
# The judgement computes the distance in another way: at the very edge of a radius, it is for it to say.
_ROUNDING_KM = 1e-6
# Of a supplier of an unknown zone, how far from a perimeter it is still worth asking.
_MARGIN_SHARE = 0.5

Values = dict[str, object]
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The suppliers read, and whether there were more than are judged."""

    suppliers: tuple[Supplier, ...]
    is_cut: bool


def candidates(connection: duckdb.DuckDBPyConnection, need: Need, trades: Trades) -> Candidates:
    """Return the open establishments of the social economy that may answer, in no order.

    Of a trade near one wanted, within reach of the place; and conventioned structures in the same
    place whose activity code says no trade. Past `MOST`, the nearest in distance and trade are kept.
    `trades` reads the trades that a name says.
    """
    prepare(connection)
    curve = decay_of(wanted.code for wanted in need.trades)
    where, values = _within(need, curve)
    values |= _wanted(connection, need) | {"half_km": curve.reach_km(_MARGIN_SHARE)}
    found = _read(connection, _OF_TRADE.format(within=where), values | {"most": MOST + 1})
    unsaid: list[Row] = []
    if need.place is not None or need.zones or need.reserved_under or need.statuses:
        asked = values | {"untelling": _joined(sorted(UNTELLING)), "most": MOST_UNSAID}
        unsaid = _read(connection, _UNSAID.format(within=where), asked)
    rows = {str(row["siret"]): row for row in (*found[:MOST], *unsaid)}
    return Candidates(_suppliers(connection, list(rows.values()), trades), len(found) > MOST)


def suppliers_at(
    connection: duckdb.DuckDBPyConnection, sirets: Sequence[str], trades: Trades
) -> tuple[Supplier, ...]:
    """Return the suppliers of these SIRET that the release holds, open or not, by SIRET."""
    prepare(connection)
    rows = _read(connection, _CARDS, {"sirets": _joined(sirets)})
    return _suppliers(connection, rows, trades)


def siret_of(connection: duckdb.DuckDBPyConnection, number: str) -> str | None:
    """Return the SIRET of an establishment, or of the head office of a SIREN; None without any."""
    rows = _read(connection, _ONE, {"number": number})
    return str(rows[0]["siret"]) if rows else None


# The great-circle distance, by the chord between two points of the unit sphere prepared beforehand; a
# place without point puts everybody at distance 0.
_KM = (
    "CASE WHEN $x IS NULL THEN 0 ELSE 2 * 6371.0088 * asin(least(1, "
    "sqrt((e.x - $x) ** 2 + (e.y - $y) ** 2 + (e.z - $z) ** 2) / 2)) END"
)
_NEAR = f"1 / (1 + coalesce({_KM}, 500) / $half_km)"
# Lists travel as one text: DuckDB takes 20 µs for each item of a Python list. The nearest are chosen on
# the few columns that choose them; the others are read of those chosen alone.
_OF_TRADE = f"""
WITH w AS (SELECT unnest(string_split($codes, ' ')) AS code,
                  unnest(string_split($shares, ' '))::DOUBLE AS share),
nearest AS (SELECT e.rank, w.share * {_NEAR} AS near, e.draw
            FROM matching_suppliers AS e JOIN w ON w.code = e.naf
            WHERE {{within}} ORDER BY near DESC, e.draw, e.rank LIMIT $most)
SELECT e.* FROM matching_suppliers AS e JOIN nearest AS n ON n.rank = e.rank
ORDER BY n.near DESC, n.draw, n.rank
"""
_UNSAID = f"""
WITH nearest AS (SELECT e.rank, {_NEAR} AS near, e.draw FROM matching_suppliers AS e
                 WHERE {{within}} AND e.has_status
                 AND list_contains(string_split($untelling, ' '), e.naf)
                 ORDER BY near DESC, e.draw, e.rank LIMIT $most)
SELECT e.* FROM matching_suppliers AS e JOIN nearest AS n ON n.rank = e.rank
ORDER BY n.near DESC, n.draw, n.rank
"""
_CARDS = f"""
SELECT {CARD_COLUMNS} FROM {CARD_TABLES}
WHERE e.siret IN (SELECT unnest(string_split($sirets, ' '))) ORDER BY e.siret
"""
_ONE = """
SELECT e.siret FROM establishments AS e WHERE e.siret = $number OR e.siren = $number
ORDER BY e.siret = $number DESC, coalesce(e.is_head_office, false) DESC, e.is_active DESC, e.siret LIMIT 1
"""
_HELD = """
SELECT siren, siret, kind, attested_on, valid_to, source FROM matching_statuses
WHERE siren IN (SELECT unnest(string_split($sirens, ' ')))
"""


def _within(need: Need, curve: Decay) -> tuple[str, Values]:
    """Return the SQL condition of the place, ours, and the values of its parameters."""
    centre = need.place or (need.zones[0] if len(need.zones) == 1 else None)
    point = centre.point if centre else None
    values: Values = dict(zip("xyz", _on_sphere(point), strict=True))
    conditions = []
    if need.place is not None and need.radius_km is not None and point is not None:
        reach = need.radius_km + need.place.half_width_km
        conditions.append(f"(abs(e.lat - $lat) <= $band AND ({_KM}) <= $reach)")
        band = reach / _KM_PER_DEGREE + 0.01
        values |= {"reach": reach + _ROUNDING_KM, "band": band, "lat": point.lat}
    if need.zones and all(zone.level is not Level.FRANCE for zone in need.zones):
        margin = curve.reach_km(_MARGIN_SHARE)
        inside = [f"e.{zone.level.value} = $zone_{i}" for i, zone in enumerate(need.zones)]
        values |= {f"zone_{i}": zone.code for i, zone in enumerate(need.zones)}
        if point is not None and need.place is None:
            inside.append(f"({_KM}) <= $margin")
            values["margin"] = margin + (centre.half_width_km if centre else 0.0)
        conditions.append(f"({' OR '.join(inside)})")
    return " AND ".join(conditions) or "true", values


def _wanted(connection: duckdb.DuckDBPyConnection, need: Need) -> Values:
    """Return the activity codes near a trade wanted, and how near; all of them when none is."""
    rows = connection.execute("SELECT code FROM matching_codes").fetchall()
    known = tuple(code for (code,) in rows)
    near: dict[str, float] = dict.fromkeys(known, 1.0) if not need.trades else {}
    for each in need.trades:
        for code, close in _neighbours(each.code, known):
            share = each.share * close
            if share >= max(LEAST_SHARE, near.get(code, 0.0)):
                near[code] = share
    return {"codes": _joined(near), "shares": _joined(near.values()) or "0"}


@lru_cache(maxsize=4_096)
def _neighbours(wanted: str, known: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Return the known codes that have something to do with the one wanted, and how close they are."""
    found = ((code, closeness(wanted, code)) for code in known)
    return tuple((code, close) for code, close in found if close > 0)


def _on_sphere(point: Point | None) -> tuple[float | None, float | None, float | None]:
    """Return the place of a point on the unit sphere."""
    if point is None:
        return None, None, None
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _joined(values: Iterable[object]) -> str:
    return " ".join(str(value) for value in values)


def _read(connection: duckdb.DuckDBPyConnection, query: str, values: Values) -> list[Row]:
    named = {name: value for name, value in values.items() if f"${name}" in query}
    cursor = connection.execute(query, named)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _suppliers(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Row], trades: Trades
) -> tuple[Supplier, ...]:
    statuses = _statuses(connection, [str(row["siren"]) for row in rows])
    unlisted = _kinds_without_list(connection)
    return tuple(_supplier(row, statuses, unlisted, trades) for row in rows)


def _statuses(
    connection: duckdb.DuckDBPyConnection, sirens: Sequence[str]
) -> Mapping[str, list[Status]]:
    """Return the statuses by SIRET, those of a whole unit by SIREN."""
    held: dict[str, list[Status]] = {}
    rows = connection.execute(_HELD, {"sirens": _joined(dict.fromkeys(sirens))}).fetchall()
    for siren, siret, kind, attested_on, valid_to, source in rows:
        held.setdefault(siret or siren, []).append(Status(kind, attested_on, source, valid_to))
    return held


def _kinds_without_list(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    rows = connection.execute("SELECT source FROM matching_lists").fetchall()
    read = {str(source) for (source,) in rows}
    return tuple(kind for kind, sources in _LISTS.items() if read.isdisjoint(sources))


def _supplier(
    row: Mapping[str, object],
    statuses: Mapping[str, list[Status]],
    unlisted: tuple[str, ...],
    trades: Trades,
) -> Supplier:
    siret, siren = str(row["siret"]), str(row["siren"])
    held = (*statuses.get(siret, ()), *statuses.get(siren, ()))
    published = Published(
        _text(row["naf"]),
        _text(row["label"]),
        tuple(name for name in (_text(row["name"]), _text(row["sign"])) if name),
        tuple(status.kind for status in held),
    )
    staff = row["staff_lower"]
    return Supplier(
        siret=siret,
        siren=siren,
        name=_text(row["name"]) or f"SIREN {siren} (nom non diffusé)",
        place=_place(row),
        activities=activities_of(published, trades),
        statuses=held,
        kinds_without_list=unlisted,
        ess_family=_text(row["ess_family"]),
        staff_lower=staff if isinstance(staff, int) else None,
        is_fictional=bool(row["is_fictional"]),
    )


def _place(row: Mapping[str, object]) -> Zone | None:
    lon, lat, code = row["lon"], row["lat"], _text(row["commune"])
    point = Point(lon, lat) if isinstance(lon, float) and isinstance(lat, float) else None
    if code is None:
        return None
    above = tuple(f"{level.value}:{row[level.value]}" for level in _ABOVE if row[level.value])
    parent = (f"commune:{row['parent']}",) if row["parent"] else ()
    name = _text(row["town"]) or code
    return Zone(Level.COMMUNE, code, name, point, within=(*parent, *above, FRANCE))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
