"""Clusters: neighbouring territories that live by the same industry more than the country does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from essor.observatory.components import connected_components
from essor.observatory.headcount import Headcount
from essor.observatory.indicators import (
    LEAST_ESTABLISHMENTS,
    LEAST_STAFF,
    LocalSector,
    Specialisation,
    specialise,
)
from essor.observatory.interval import Interval
from essor.observatory.local_sectors import Choice, read_local_sectors, zone_column
from essor.observatory.secrecy import is_safe
from essor.observatory.shrinkage import shrunk_quotient
from essor.observatory.typography import FINE_SPACE, SPACE, number, percentage
from essor.perimeter.industry import DIVISIONS
from essor.territory.containment import filter_sql
from essor.territory.level import Level
from essor.territory.territories import Territory

MERGED_LEVELS = frozenset({Level.COMMUNE, Level.EPCI})
"""Levels fine enough for a cluster to spread over several neighbours."""


@dataclass(frozen=True, slots=True)
class Member:
    """A territory of a cluster."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EssMember:
    """An organisation of the social economy at work in a cluster.

    Its name is unknown when its diffusion is partial.
    """

    siren: str
    name: str | None


_EssByPlace = Mapping[tuple[str, str], Sequence[EssMember]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Touching territories specialised in one division, the biggest first, and why they are one.

    `staff` is in employees, bounds included; `quotient` is the shrunk location quotient of the
    whole; `share` (0–1) is what the division weighs in the cluster's employment.
    """

    level: Level
    division: str
    label: str
    name: str
    members: tuple[Member, ...]
    establishments: int
    staff: Interval
    share: float
    national_share: float
    quotient: float
    ess: tuple[EssMember, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Detection:
    """The clusters of a level, the most staffed first, and how many secrecy keeps from view."""

    clusters: tuple[Cluster, ...]
    hidden: int


def detect(
    connection: duckdb.DuckDBPyConnection, level: Level, within: frozenset[str] | None = None
) -> Detection:
    """Return the industrial clusters of `level`; those that hold a code of `within`, if given."""
    choice = Choice(DIVISIONS, least_jobs=LEAST_STAFF, least_establishments=LEAST_ESTABLISHMENTS)
    readings = (specialise(local) for local in read_local_sectors(connection, level, choice=choice))
    flagged = [reading for reading in readings if reading and reading.is_cluster]
    edges = _touching(connection, level) if level in MERGED_LEVELS else ()
    groups = [
        group
        for group in grouped(flagged, edges)
        if within is None or any(reading.of.territory in within for reading in group)
    ]
    shown = [group for group in groups if is_disseminated(group)]
    ess = _ess_members(connection, level) if shown else {}
    clusters = [_cluster(level, group, ess) for group in shown]
    clusters.sort(key=lambda cluster: (-cluster.staff.value, cluster.division, cluster.name))
    return Detection(tuple(clusters), len(groups) - len(shown))


def codes_within(
    connection: duckdb.DuckDBPyConnection, level: Level, territory: Territory
) -> frozenset[str]:
    """Return the codes of `level` that share a commune with `territory`."""
    here, values = filter_sql(territory)
    rows = connection.execute(
        f"SELECT DISTINCT {zone_column(level)} FROM (SELECT *, code AS commune FROM communes) "
        f"WHERE {here}",
        values,
    ).fetchall()
    return frozenset(str(zone) for (zone,) in rows if zone is not None)


def grouped(
    flagged: Iterable[Specialisation], edges: Sequence[tuple[str, str]]
) -> list[list[Specialisation]]:
    """Return the readings that touch and share a division together, the biggest first."""
    by_division: dict[str, dict[str, Specialisation]] = {}
    for reading in flagged:
        by_division.setdefault(reading.of.sector, {})[reading.of.territory] = reading
    return [
        sorted((readings[code] for code in codes), key=_size_first)
        for _, readings in sorted(by_division.items())
        for codes in connected_components(readings, edges)
    ]


def is_disseminated(group: Sequence[Specialisation]) -> bool:
    """Return whether statistical secrecy lets the staff of a group be shown."""
    return is_safe(
        Headcount(
            units=sum(reading.of.establishments for reading in group),
            known=sum(reading.of.establishments for reading in group),
            mid=sum(reading.of.jobs.value for reading in group),
            largest=int(max(reading.of.largest for reading in group)),
        )
    )


def _size_first(reading: Specialisation) -> tuple[float, str]:
    return -reading.of.jobs.value, reading.of.territory


def _cluster(level: Level, group: Sequence[Specialisation], ess: _EssByPlace) -> Cluster:
    first, locals_ = group[0], [reading.of for reading in group]
    staff = _summed(locals_)
    total = sum(local.territory_jobs for local in locals_)
    quotient = shrunk_quotient(staff.value, total, first.national_share) or 0.0
    establishments = sum(local.establishments for local in locals_)
    members = {
        member.siren: member
        for local in locals_
        for member in ess.get((local.sector, local.territory), ())
    }
    numbers = {"share": staff.value / total, "national": first.national_share, "quotient": quotient}
    return Cluster(
        level=level,
        division=first.of.sector,
        label=first.of.label,
        name=_name(locals_),
        members=tuple(Member(local.territory, local.name) for local in locals_),
        establishments=establishments,
        staff=staff,
        share=numbers["share"],
        national_share=first.national_share,
        quotient=quotient,
        ess=tuple(members.values()),
        because=_because(numbers, staff, establishments, len(locals_)),
    )


def _summed(locals_: Sequence[LocalSector]) -> Interval:
    return Interval(
        sum(local.jobs.lower for local in locals_),
        sum(local.jobs.value for local in locals_),
        sum(local.jobs.upper for local in locals_),
    )


def _name(locals_: Sequence[LocalSector]) -> str:
    others = len(locals_) - 1
    if not others:
        return locals_[0].name
    return f"{locals_[0].name} et {others}{SPACE}{'voisines' if others > 1 else 'voisine'}"


def _because(
    numbers: Mapping[str, float], staff: Interval, establishments: int, territories: int
) -> str:
    where = f"Dans ces {territories} territoires voisins" if territories > 1 else "Ici"
    return (
        f"{where}, cette activité occupe {percentage(numbers['share'])} des salariés, contre "
        f"{percentage(numbers['national'])} en France{FINE_SPACE}: {number(numbers['quotient'], 1)}"
        f"{SPACE}fois la part nationale, une fois corrigé l’effet des petits nombres. Elle compte "
        f"{number(establishments)}{SPACE}établissements employeurs et environ "
        f"{number(staff.value)}{SPACE}salariés (entre {number(staff.lower)} et "
        f"{number(staff.upper)})."
    )


def _touching(connection: duckdb.DuckDBPyConnection, level: Level) -> list[tuple[str, str]]:
    rows = connection.execute(
        f"""
        WITH places AS (SELECT code AS commune, {zone_column(level)} AS zone FROM communes)
        SELECT DISTINCT one.zone, other.zone
        FROM neighbours AS n
        JOIN places AS one ON one.commune = n.commune
        JOIN places AS other ON other.commune = n.neighbour
        WHERE one.zone < other.zone
        """
    ).fetchall()
    return [(str(one), str(other)) for one, other in rows]


def _ess_members(connection: duckdb.DuckDBPyConnection, level: Level) -> _EssByPlace:
    rows = connection.execute(
        f"""
        SELECT left(e.naf, 2) AS division, c.zone, o.siren,
            any_value(if(o.is_partly_diffused, NULL, o.name))
        FROM establishments AS e
        JOIN organisations AS o USING (siren)
        JOIN (SELECT code, {zone_column(level)} AS zone FROM communes) AS c ON c.code = e.commune
        WHERE e.is_active AND o.is_active AND o.ess_family IS NOT NULL
            AND list_contains(?, left(e.naf, 2)) AND c.zone IS NOT NULL
        GROUP BY division, c.zone, o.siren
        ORDER BY division, c.zone, sum(coalesce(e.staff_mid, 0)) DESC, o.siren
        """,
        [list(DIVISIONS)],
    ).fetchall()
    members: dict[tuple[str, str], list[EssMember]] = {}
    for division, zone, siren, name in rows:
        member = EssMember(str(siren), name if name is None else str(name))
        members.setdefault((str(division), str(zone)), []).append(member)
    return members
