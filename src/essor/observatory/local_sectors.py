"""Local sectors: the employment of every territory of a level, by sector, in one query."""

from dataclasses import dataclass
from enum import StrEnum

import duckdb

from essor.observatory.indicators import LocalSector
from essor.observatory.interval import Interval
from essor.territory.level import Level


class Sector(StrEnum):
    """How finely activities are told apart: 21 sections or 88 divisions of the NAF rév. 2."""

    DIVISION = "division"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which local sectors to read: some sectors, a territory, or those big enough; all by default.

    `sectors` and `territory` are codes; `least_jobs`, in employees, is included.
    """

    sectors: tuple[str, ...] | None = None
    territory: str | None = None
    least_jobs: float = 0.0
    least_establishments: int = 0


_EVERYTHING = Choice()

_ZONES = {
    Level.COMMUNE: "coalesce(parent, code)",
    Level.EPCI: "epci",
    Level.DEPARTEMENT: "departement",
    Level.REGION: "region",
    Level.ZONE_EMPLOI: "zone_emploi",
    Level.TERRITOIRE_INDUSTRIE: "territoire_industrie",
    Level.FRANCE: "'FR'",
}

# An arrondissement counts in its commune, unless it is itself the territory asked for.
_COMMUNE_ASKED = "CASE WHEN code = $territory THEN code ELSE coalesce(parent, code) END"

_SECTORS = {Sector.DIVISION: "code", Sector.SECTION: "section"}

_QUERY = """
WITH places AS (SELECT code AS commune, {zone} AS zone FROM communes),
sectors AS (SELECT code AS division, {sector} AS sector FROM naf WHERE level = 2),
local AS (
    SELECT zone, sector, sum(establishments) AS establishments,
        sum(staff_lower) AS lower, sum(staff_mid) AS mid, sum(staff_upper) AS upper
    FROM employment JOIN sectors USING (division) LEFT JOIN places USING (commune)
    GROUP BY ALL),
known AS (
    SELECT zone, sector, ess_family IS NOT NULL AND o.is_active AS is_ess,
        coalesce(e.staff_lower, 0) AS lower, coalesce(e.staff_mid, 0) AS mid,
        coalesce(e.staff_upper, e.staff_lower, 0) AS upper
    FROM establishments AS e
    JOIN organisations AS o USING (siren)
    JOIN sectors ON sectors.division = left(e.naf, 2)
    LEFT JOIN places ON places.commune = e.commune
    WHERE e.is_active),
ess AS (
    SELECT zone, sector, max(upper) AS largest,
        coalesce(max(upper) FILTER (is_ess), 0) AS ess_largest,
        count(*) FILTER (is_ess) AS establishments,
        coalesce(sum(lower) FILTER (is_ess), 0) AS lower,
        coalesce(sum(mid) FILTER (is_ess), 0) AS mid,
        coalesce(sum(upper) FILTER (is_ess), 0) AS upper
    FROM known GROUP BY ALL),
by_zone AS (SELECT zone, sum(mid) AS mid FROM local GROUP BY zone),
by_sector AS (SELECT sector, sum(mid) AS mid FROM local GROUP BY sector),
ess_by_sector AS (SELECT sector, sum(mid) AS mid FROM ess GROUP BY sector)
SELECT zone, coalesce(t.name, zone) AS name, sector, coalesce(n.label, sector) AS label,
    l.establishments, l.lower, l.mid, l.upper, coalesce(s.largest, 0),
    coalesce(s.establishments, 0), coalesce(s.lower, 0), coalesce(s.mid, 0), coalesce(s.upper, 0),
    coalesce(s.ess_largest, 0),
    z.mid, k.mid, (SELECT sum(mid) FROM local), coalesce(ek.mid, 0)
FROM local AS l
JOIN by_zone AS z USING (zone)
JOIN by_sector AS k USING (sector)
LEFT JOIN ess AS s USING (zone, sector)
LEFT JOIN ess_by_sector AS ek USING (sector)
LEFT JOIN naf AS n ON n.code = sector
LEFT JOIN territories AS t ON t.code = zone AND t.level = $level
WHERE ($sectors IS NULL OR list_contains($sectors, sector))
    AND ($territory IS NULL OR zone = $territory)
    AND l.mid >= $least_jobs AND l.establishments >= $least_establishments
ORDER BY zone, sector
"""


def read_local_sectors(
    connection: duckdb.DuckDBPyConnection,
    level: Level,
    sector: Sector = Sector.DIVISION,
    choice: Choice = _EVERYTHING,
) -> list[LocalSector]:
    """Return one row per territory of `level` × sector where somebody is employed, by codes.

    Totals are those of all located and unlocated employment of known activity, whatever the choice.
    """
    zone = _ZONES[level] if level is not Level.COMMUNE else _COMMUNE_ASKED
    query = _QUERY.format(zone=zone, sector=_SECTORS[sector])
    parameters = {
        "level": level.value,
        "sectors": list(choice.sectors) if choice.sectors is not None else None,
        "territory": choice.territory,
        "least_jobs": choice.least_jobs,
        "least_establishments": choice.least_establishments,
    }
    return [_local_sector(row) for row in connection.execute(query, parameters).fetchall()]


def zone_column(level: Level) -> str:
    """Return the SQL that gives, on a row of `communes`, the code of its territory of `level`."""
    return _ZONES[level]


def _local_sector(row: tuple[object, ...]) -> LocalSector:
    territory, name, sector, label = (str(value) for value in row[:4])
    numbers = [float(str(value)) for value in row[4:]]
    return LocalSector(
        territory=territory,
        name=name,
        sector=sector,
        label=label,
        establishments=int(numbers[0]),
        jobs=_jobs(numbers[1:4]),
        largest=numbers[4],
        ess_establishments=int(numbers[5]),
        ess_jobs=_jobs(numbers[6:9]),
        ess_largest=numbers[9],
        territory_jobs=numbers[10],
        sector_jobs=numbers[11],
        total_jobs=numbers[12],
        sector_ess_jobs=numbers[13],
    )


def _jobs(values: list[float]) -> Interval:
    lower, mid, upper = values
    return Interval(lower, mid, upper)
