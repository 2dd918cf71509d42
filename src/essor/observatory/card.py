"""The card of an organisation: all that the register says of it, each fact with its source and day."""

from dataclasses import dataclass
from datetime import date

import duckdb

from essor.errors import UnknownOrganisationError
from essor.perimeter.families import Family

MOST_PLACES = 50
"""Establishments that a card lists; the others are counted."""


@dataclass(frozen=True, slots=True)
class Held:
    """A status that a source attests; `place` is the SIRET it is about, None for the whole unit."""

    kind: str
    source: str
    attested_on: date
    valid_from: date | None
    valid_to: date | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Workplace:
    """An establishment; the point is in WGS 84 degrees."""

    siret: str
    name: str | None
    activity: str | None
    address: str | None
    postcode: str | None
    commune: str | None
    commune_code: str | None
    is_head_office: bool
    is_active: bool
    staff_band: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation; its name is unknown when its diffusion is partial.

    `basis` is what its family rests on (code, list, flag, name). Staff in employees; the shares of
    its territory are level, code and name, broadest first. `open_places` and `closed_places` count
    all its establishments, of which `places` lists the first, head office first, open ones before.
    """

    siren: str
    name: str | None
    acronym: str | None
    is_active: bool
    is_partly_diffused: bool
    created_on: date | None
    legal_category: str | None
    naf: str | None
    activity: str | None
    naf_2025: str | None
    family: Family | None
    basis: str | None
    is_industrial_p1: bool | None
    is_industrial_p2: bool | None
    staff_band: str | None
    staff_lower: int | None
    staff_upper: int | None
    staff_year: int | None
    is_fictional: bool
    territories: tuple[tuple[str, str, str], ...]
    statuses: tuple[Held, ...]
    places: tuple[Workplace, ...]
    open_places: int
    closed_places: int


_ORGANISATION = """
SELECT o.siren, CASE WHEN NOT o.is_partly_diffused THEN o.name END AS name, o.acronym, o.is_active,
    o.is_partly_diffused, o.created_on, coalesce(l.label, o.legal_category) AS legal_category, o.naf,
    n.label AS activity, o.naf_2025, o.ess_family AS family, o.ess_basis AS basis,
    o.is_industrial_p1, o.is_industrial_p2, b.label AS staff_band, o.staff_lower, o.staff_upper,
    o.staff_year, o.is_fictional,
    [o.region, o.departement, o.zone_emploi, o.territoire_industrie, o.epci, o.commune] AS codes
FROM organisations AS o
LEFT JOIN naf AS n ON n.code = o.naf
LEFT JOIN legal_categories AS l ON l.code = o.legal_category
LEFT JOIN staff_bands AS b ON b.code = o.staff_band
WHERE o.siren = $siren
"""
# As the codes of the organisation are in order: broadest first.
_LEVELS = ("region", "departement", "zone_emploi", "territoire_industrie", "epci", "commune")
_TERRITORIES = """
SELECT t.level, t.code, t.name FROM territories AS t
JOIN (SELECT unnest($levels) AS level, unnest($codes) AS code) AS its USING (level, code)
ORDER BY list_position($levels, t.level)
"""
_STATUSES = """
SELECT kind, source, max(attested_on), max(valid_from), max(valid_to), siret
FROM statuses WHERE siren = $siren GROUP BY kind, source, siret ORDER BY kind, source, siret
"""
_PLACES = """
WITH e AS MATERIALIZED (SELECT * FROM establishments WHERE siren = $siren)
SELECT e.siret, e.name, n.label, e.address, e.postcode, coalesce(c.name, e.city), e.commune,
    coalesce(e.is_head_office, false), e.is_active, b.label, e.lon, e.lat,
    count(*) FILTER (e.is_active) OVER (), count(*) FILTER (NOT e.is_active) OVER ()
FROM e LEFT JOIN naf AS n ON n.code = e.naf
LEFT JOIN communes AS c ON c.code = e.commune LEFT JOIN staff_bands AS b ON b.code = e.staff_band
ORDER BY e.is_active DESC, coalesce(e.is_head_office, false) DESC, e.siret
LIMIT $limit OFFSET $offset
"""


def card(connection: duckdb.DuckDBPyConnection, siren: str) -> Card:
    """Return the card of the organisation of that SIREN.

    Raises:
        UnknownOrganisationError: the register holds none.
    """
    asked = {"siren": siren}
    found = connection.execute(_ORGANISATION, asked)
    names = [column[0] for column in found.description or ()]
    row = found.fetchone()
    if row is None:
        raise UnknownOrganisationError(
            f"Le SIREN {siren} n’est pas dans le registre : il ne tient que l’économie sociale et "
            "solidaire et les structures conventionnées. Vérifiez ses chiffres, ou cherchez son nom "
            "dans l’annuaire."
        )
    said = dict(zip(names, row, strict=True))
    around = {"levels": list(_LEVELS), "codes": said.pop("codes")}
    places = connection.execute(_PLACES, {**asked, "limit": MOST_PLACES, "offset": 0}).fetchall()
    return Card(
        **{**said, "family": Family(said["family"]) if said["family"] else None},
        territories=tuple(
            (str(level), str(code), str(name))
            for level, code, name in connection.execute(_TERRITORIES, around).fetchall()
        ),
        statuses=tuple(Held(*held) for held in connection.execute(_STATUSES, asked).fetchall()),
        places=tuple(Workplace(*place[:-2]) for place in places),
        open_places=places[0][-2] if places else 0,
        closed_places=places[0][-1] if places else 0,
    )


def workplaces(
    connection: duckdb.DuckDBPyConnection, siren: str, limit: int, offset: int
) -> tuple[Workplace, ...]:
    """Return so many establishments of an organisation after so many, in the order of its card."""
    asked = {"siren": siren, "limit": limit, "offset": offset}
    return tuple(Workplace(*row[:-2]) for row in connection.execute(_PLACES, asked).fetchall())
