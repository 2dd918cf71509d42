"""A card: what a release publishes of one establishment, as one text, and the supplier it describes."""

import json
from dataclasses import dataclass
from datetime import date

from essor.matching.activity import Status, Supplier
from essor.matching.inference import Published, Trades, activities_of
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

ABOVE = (
    Level.EPCI,
    Level.DEPARTEMENT,
    Level.REGION,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
)
"""The levels that an establishment is said to be in, above its commune."""

_SELECTORS = ", ".join(f"'{level.value}:' || e.{level.value}" for level in ABOVE)

# Of the sources that attest one status, the last day speaks; of the same day, the first by its name.
CARDS = f"""
WITH held AS (
    SELECT siren, siret, kind, max(attested_on) AS attested_on, max(valid_to) AS valid_to,
        first(source ORDER BY attested_on DESC, source) AS source
    FROM statuses GROUP BY ALL),
holders AS (
    SELECT coalesce(nullif(siret, ''), siren) AS holder, list(kind) AS kinds,
        list_sort(list([kind, attested_on::VARCHAR, source, valid_to::VARCHAR])) AS statuses
    FROM held GROUP BY holder),
cards AS (
    SELECT e.*, o.ess_family, c.parent, e.siret IN (SELECT siret FROM statuses) AS is_conventioned,
        e.siren IN (SELECT siren FROM statuses) AS has_status,
        coalesce(s.kinds, []) || coalesce(u.kinds, []) AS kinds,
        concat_ws(chr(10), o.name, e.name) AS names,
        coalesce(e.lon, c.lon) AS x, coalesce(e.lat, c.lat) AS y,
        json_array(
            e.siret, e.siren, coalesce(o.name, e.name), e.name, e.naf, n.label, e.commune,
            c.name, coalesce(e.lon, c.lon), coalesce(e.lat, c.lat),
            list_filter(['commune:' || c.parent, {_SELECTORS}], lambda each: each IS NOT NULL),
            o.ess_family, e.staff_lower, e.is_fictional,
            coalesce(s.statuses, []) || coalesce(u.statuses, [])
        )::VARCHAR AS card
    FROM establishments AS e JOIN organisations AS o ON o.siren = e.siren
    LEFT JOIN naf AS n ON n.code = e.naf LEFT JOIN communes AS c ON c.code = e.commune
    LEFT JOIN holders AS s ON s.holder = e.siret LEFT JOIN holders AS u ON u.holder = e.siren)
"""
"""The SQL of the relation `cards`: every establishment of the register, with its card and where it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What cards are read with: the kinds of status without a list, and the trades that a name says."""

    kinds_without_list: tuple[str, ...]
    trades: Trades


def supplier_of(card: str | bytes, reading: Reading) -> Supplier:
    """Return the supplier that a card describes, with the activities inferred of it."""
    (siret, siren, name, sign, naf, label, commune, town, lon, lat, *rest) = json.loads(card)
    within, ess_family, staff_lower, is_fictional, held = rest
    point = None if lon is None or lat is None else Point(lon, lat)
    statuses = tuple(
        Status(kind, date.fromisoformat(attested_on), source, _day(valid_to))
        for kind, attested_on, source, valid_to in held
    )
    names = tuple(each for each in (name, sign) if each)
    published = Published(naf, label, names, tuple(status.kind for status in statuses))
    return Supplier(
        siret=siret,
        siren=siren,
        name=name or f"SIREN {siren} (nom non diffusé)",
        place=None if commune is None else _place(commune, town, point, within),
        activities=activities_of(published, reading.trades),
        statuses=statuses,
        kinds_without_list=reading.kinds_without_list,
        ess_family=ess_family,
        staff_lower=staff_lower,
        is_fictional=bool(is_fictional),
    )


def _place(commune: str, town: str | None, point: Point | None, within: list[str]) -> Zone:
    return Zone(Level.COMMUNE, commune, town or commune, point, within=(*within, FRANCE))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
