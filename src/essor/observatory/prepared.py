"""Prepared tables: the few rows and columns that every question reads, drawn once from a release.

They live in the schema `observatory` of the in-memory database: all the cursors of a connection
share them.
"""

import duckdb

from essor.tables.places import PLACE_COLUMNS

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
    u.is_natural_person, u.staff_band,
    sum(u.units)::BIGINT AS units, sum(u.staff_lower)::BIGINT AS staff_lower,
    sum(u.staff_mid)::DOUBLE AS staff_mid, sum(u.staff_upper)::BIGINT AS staff_upper
FROM industrial_units AS u LEFT JOIN communes AS c ON c.code = u.commune
GROUP BY ALL
"""

# One row per structure × status; closed structures are left out. Each source counts for the last
# day it attests.
# A structure is industrial when one source says so, unknown when none says anything.
_STRUCTURES = f"""
CREATE TABLE IF NOT EXISTS observatory.structures AS
WITH attested AS (
    SELECT siren, siret, kind, source, has_industrial_activity, is_fictional
    FROM statuses
    WINDOW same_fact AS (PARTITION BY siren, siret, kind, source ORDER BY attested_on DESC)
    QUALIFY row_number() OVER same_fact = 1
),
structures AS (
    SELECT
        siren, siret, if(siret = '', siren, siret) AS structure, kind,
        bool_or(has_industrial_activity) AS is_industrial,
        list(DISTINCT source) AS sources, bool_or(is_fictional) AS is_fictional
    FROM attested GROUP BY siren, siret, kind
)
SELECT
    s.structure, s.kind, s.is_industrial, s.sources, s.is_fictional,
    {", ".join(f"if(e.siret IS NULL, o.{place}, e.{place}) AS {place}" for place in PLACES)}
FROM structures AS s
LEFT JOIN establishments AS e ON e.siret = s.siret
LEFT JOIN organisations AS o ON o.siren = s.siren
WHERE coalesce(e.is_active, true) AND coalesce(o.is_active, true)
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Draw the prepared tables from the release, unless `connection` has them already."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS observatory")
    for creation in (_MEMBERS, _INDUSTRY, _STRUCTURES):
        connection.execute(creation)
