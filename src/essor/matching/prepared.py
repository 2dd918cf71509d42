"""What is prepared once so that candidates are read in a blink: who may supply, in memory.

The tables are those of a database in memory: all the cursors of its connection share them.
"""

import duckdb

CARD_COLUMNS = """
e.siret, e.siren, coalesce(o.name, e.name) AS name, e.name AS sign, e.naf, n.label,
e.commune, c.name AS town, c.parent, coalesce(e.lon, c.lon) AS lon, coalesce(e.lat, c.lat) AS lat,
e.epci, e.departement, e.region, e.territoire_industrie, e.zone_emploi,
o.ess_family, e.staff_lower, e.is_fictional
"""
CARD_TABLES = """
establishments AS e JOIN organisations AS o ON o.siren = e.siren
LEFT JOIN naf AS n ON n.code = e.naf LEFT JOIN communes AS c ON c.code = e.commune
"""

# `x`, `y` and `z` place a supplier on the unit sphere; `draw` orders equals, `rank` names a row.
_SUPPLIERS = f"""
CREATE TABLE IF NOT EXISTS matching_suppliers AS
WITH cards AS (
    SELECT {CARD_COLUMNS}, e.siret IN (SELECT siret FROM statuses) AS has_status
    FROM {CARD_TABLES}
    WHERE e.is_active AND (o.ess_family IS NOT NULL OR e.siren IN (SELECT siren FROM statuses)))
SELECT *, cos(radians(lat)) * cos(radians(lon)) AS x, cos(radians(lat)) * sin(radians(lon)) AS y,
    sin(radians(lat)) AS z, ('0x' || md5(siret)[:15])::BIGINT AS draw,
    row_number() OVER (ORDER BY naf, siret) AS rank
FROM cards ORDER BY rank
"""
_STATUSES = """
CREATE TABLE IF NOT EXISTS matching_statuses AS
SELECT siren, siret, kind, max(attested_on) AS attested_on, max(valid_to) AS valid_to,
    arg_max(source, attested_on) AS source
FROM statuses GROUP BY ALL ORDER BY ALL
"""
_LISTS = "CREATE TABLE IF NOT EXISTS matching_lists AS SELECT DISTINCT source FROM statuses"
_CODES = """
CREATE TABLE IF NOT EXISTS matching_codes AS
SELECT DISTINCT naf AS code FROM matching_suppliers WHERE naf IS NOT NULL ORDER BY code
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold in memory the open establishments of the social economy, and their statuses; once only."""
    for statement in (_SUPPLIERS, _STATUSES, _LISTS, _CODES):
        connection.execute(statement)
