"""Prepared tables: the few rows and columns that every question reads, drawn once from a release.

They live in the schema `observatory` of the in-memory database: all the cursors of a connection
share them. A release brings those of its build (`publish`); the others are drawn at the first question.
"""

from collections.abc import Callable, Mapping

import duckdb

from essor.observatory.definitions import BY_MAIN_ACTIVITY, KINDS
from essor.observatory.nesting import masks_sql
from essor.tables.places import PLACE_COLUMNS

_FIGURE = f"""CASE {
    " ".join(
        f"WHEN kind IN ({', '.join(repr(kind) for kind in kinds)}) THEN '{figure}'"
        for figure, kinds in KINDS.items()
    )
} END"""

_HAS_MAIN_ACTIVITY = f"s.figure IN ({', '.join(map(repr, BY_MAIN_ACTIVITY))})"

SCHEMA = "observatory"

PLACES = tuple(column.name for column in PLACE_COLUMNS)

# One row per active organisation that is, or may be, of either perimeter.
_MEMBERS = f"""
CREATE TABLE IF NOT EXISTS observatory.members AS
WITH held AS (
    SELECT siren, string_agg(DISTINCT kind, ' + ' ORDER BY kind) AS statuses
    FROM statuses GROUP BY siren
)
SELECT
    o.ess_family, o.naf, left(o.naf, 2) AS division, held.statuses,
    o.staff_band, o.staff_lower, o.staff_mid, o.staff_upper,
    {", ".join(f"o.{place}" for place in PLACES)},
    coalesce(c.parent, o.commune) AS whole_commune,
    o.is_partly_diffused, o.is_fictional,
    o.ess_family IS NOT NULL AND coalesce(o.is_industrial_p1, false) AS is_p1,
    o.ess_family IS NOT NULL AND o.is_industrial_p1 IS NULL AS is_perhaps_p1,
    coalesce(o.is_industrial_p2, false) AS is_p2,
    o.is_industrial_p2 IS NULL AND held.siren IS NOT NULL AS is_perhaps_p2
FROM organisations AS o LEFT JOIN held USING (siren) LEFT JOIN communes AS c ON c.code = o.commune
WHERE o.is_active AND (
    o.is_industrial_p2
    OR (o.ess_family IS NOT NULL AND o.is_industrial_p1 IS NOT FALSE)
    OR (o.is_industrial_p2 IS NULL AND held.siren IS NOT NULL)
)
"""

# One row per place × kind of person × staff band: the whole of industry.
_INDUSTRY = f"""
CREATE TABLE IF NOT EXISTS observatory.industry AS
SELECT
    u.commune, {", ".join(f"c.{place}" for place in PLACES if place != "commune")},
    u.is_natural_person, u.staff_band, u.units
FROM (
    SELECT commune, is_natural_person, staff_band, sum(units)::BIGINT AS units
    FROM industrial_units GROUP BY ALL
) AS u
LEFT JOIN communes AS c ON c.code = u.commune
"""

# One row per structure × key figure; closed structures are left out. Each source counts for the
# last day it attests. A structure is industrial when one source says so; when none says anything,
# the main activity of its unit tells where the figure allows it, and otherwise it is unknown.
_STRUCTURES = f"""
CREATE TABLE IF NOT EXISTS observatory.structures AS
WITH attested AS (
    SELECT siren, siret, {_FIGURE} AS figure, has_industrial_activity, is_fictional
    FROM statuses
    WHERE {_FIGURE} IS NOT NULL
    WINDOW same_fact AS (PARTITION BY siren, siret, kind, source ORDER BY attested_on DESC)
    QUALIFY row_number() OVER same_fact = 1
),
structures AS (
    SELECT
        siren, siret, figure, bool_or(has_industrial_activity) AS is_industrial,
        bool_or(is_fictional) AS is_fictional
    FROM attested GROUP BY ALL
)
SELECT
    s.figure,
    coalesce(s.is_industrial, CASE WHEN {_HAS_MAIN_ACTIVITY} THEN o.is_industrial_p1 END)
        AS is_industrial,
    s.is_fictional,
    {", ".join(f"if(e.siret IS NULL, o.{place}, e.{place}) AS {place}" for place in PLACES)}
FROM structures AS s
LEFT JOIN establishments AS e ON e.siret = s.siret
LEFT JOIN organisations AS o ON o.siren = s.siren
WHERE coalesce(e.is_active, true) AND coalesce(o.is_active, true)
"""


# One row per key figure × source that attests a status it is about.
_ATTESTERS = f"""
CREATE TABLE IF NOT EXISTS observatory.attesters AS
SELECT DISTINCT {_FIGURE} AS figure, source FROM statuses WHERE {_FIGURE} IS NOT NULL
"""

TABLES = {
    "members": _MEMBERS,
    "industry": _INDUSTRY,
    "structures": _STRUCTURES,
    "attesters": _ATTESTERS,
}


Creation = str | Callable[[duckdb.DuckDBPyConnection], str]
"""The SQL that creates a table, or what writes it from the tables already there."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Draw the tables of the key figures from the release, unless `connection` has them already.

    What is masked is never brought by a release: an older one is masked by the rules of today.
    """
    draw(connection, {**TABLES, "masks": masks_sql})


def draw(connection: duckdb.DuckDBPyConnection, creations: Mapping[str, Creation]) -> None:
    """Create the missing tables of the schema `observatory`, in order; `creations` are by name."""
    there = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'observatory'"
    ).fetchall()
    held = {name for (name,) in there}
    missing = [name for name in creations if name not in held]
    if missing:
        connection.execute("CREATE SCHEMA IF NOT EXISTS observatory")
    for name in missing:
        creation = creations[name]
        connection.execute(creation if isinstance(creation, str) else creation(connection))
