"""The contents of a report: everything it says of a territory, read from one release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from essor.observatory.breakdown import Breakdown, breakdown
from essor.observatory.clusters import Detection, codes_within, detect, is_disseminated
from essor.observatory.figures import Figures, figures
from essor.observatory.indicators import Concentration, Specialisation, concentrations, specialise
from essor.observatory.local_sectors import Choice, read_local_sectors
from essor.observatory.maps import MapContents, read_map
from essor.observatory.perspective import By, Perimeter
from essor.observatory.question import Question
from essor.observatory.report.members import Members, Nearby, read_members, read_nearest
from essor.perimeter.industry import DIVISIONS
from essor.territory.containment import parents
from essor.territory.level import Level
from essor.territory.territories import Territory
from essor.warehouse.provenance import SourceRecord

LEAST_JOBS_SHOWN = 20.0
"""Employees under which an activity is too small to be compared."""

FEW_MEMBERS = 10
"""Organisations under which a territory looks around itself."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The release that a report is drawn from; `contours` is its folder of borders, if any."""

    number: int
    built_on: date
    sources: tuple[SourceRecord, ...]
    is_fictional: bool
    contours: Path | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The organisations of a place told apart by family, by activity and by size."""

    families: Breakdown
    divisions: Breakdown
    bands: Breakdown


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. `region` is missing where the territory is not inside one région.

    `declared` holds the figures of the conventioned structures (P2), whatever the perimeter.
    """

    territory: Territory
    edition: Edition
    perimeter: Perimeter
    region: Territory | None
    here: Figures
    in_region: Figures | None
    in_france: Figures
    declared: Figures
    declared_by_status: Breakdown
    structure: Structure
    families_in_region: Breakdown | None
    families_in_france: Breakdown
    strengths: tuple[Specialisation, ...]
    concentration: Concentration | None
    clusters: Detection
    members: Members
    nearest: tuple[Nearby, ...]
    map: MapContents


def read_report(
    connection: duckdb.DuckDBPyConnection,
    territory: Territory,
    edition: Edition,
    perimeter: Perimeter = Perimeter.P1,
) -> Report:
    """Return the contents of the report of `territory`, in one perimeter."""
    region = _region(connection, territory)
    own = Question(territory, perimeter)
    here = figures(connection, own, edition.sources)
    members = read_members(connection, territory, perimeter)
    locals_ = read_local_sectors(
        connection, territory.level, choice=Choice(territory=territory.code)
    )
    return Report(
        territory=territory,
        edition=edition,
        perimeter=perimeter,
        region=region,
        here=here,
        in_region=_figures(connection, region, edition, perimeter) if region else None,
        in_france=figures(connection, Question(None, perimeter), edition.sources),
        declared=figures(connection, Question(territory, Perimeter.P2), edition.sources),
        declared_by_status=breakdown(connection, Question(territory, Perimeter.P2), By.STATUS),
        structure=read_structure(connection, own),
        families_in_region=(
            breakdown(connection, Question(region, perimeter), By.FAMILY) if region else None
        ),
        families_in_france=breakdown(connection, Question(None, perimeter), By.FAMILY),
        strengths=industrial_strengths([specialise(local) for local in locals_]),
        concentration=next(iter(concentrations(locals_)), None),
        clusters=clusters_of(connection, territory),
        members=members,
        nearest=(
            read_nearest(connection, territory, perimeter) if members.total < FEW_MEMBERS else ()
        ),
        map=read_map(connection, territory, perimeter, edition.contours),
    )


def read_structure(connection: duckdb.DuckDBPyConnection, question: Question) -> Structure:
    """Return the organisations of a question told apart by family, by activity and by size."""
    return Structure(
        families=breakdown(connection, question, By.FAMILY),
        divisions=breakdown(connection, question, By.NAF),
        bands=breakdown(connection, question, By.STAFF),
    )


def industrial_strengths(readings: Sequence[Specialisation | None]) -> tuple[Specialisation, ...]:
    """Return the industrial activities that may be shown and are big enough, strongest first."""
    shown = [
        reading
        for reading in readings
        if reading
        and reading.of.sector in DIVISIONS
        and reading.of.jobs.value >= LEAST_JOBS_SHOWN
        and is_disseminated([reading])
    ]
    return tuple(sorted(shown, key=lambda r: (-r.shrunk_quotient, r.of.sector)))


def clusters_of(connection: duckdb.DuckDBPyConnection, territory: Territory) -> Detection:
    """Return the industrial clusters that a territory has a share in, told apart by intercommunalité."""
    if territory.level is Level.FRANCE:
        return detect(connection, Level.EPCI)
    return detect(connection, Level.EPCI, codes_within(connection, Level.EPCI, territory))


def _region(connection: duckdb.DuckDBPyConnection, territory: Territory) -> Territory | None:
    if territory.level in (Level.FRANCE, Level.REGION):
        return None
    around = parents(connection, territory)
    return next((parent for parent in around if parent.level is Level.REGION), None)


def _figures(
    connection: duckdb.DuckDBPyConnection, place: Territory, edition: Edition, perimeter: Perimeter
) -> Figures:
    return figures(connection, Question(place, perimeter), edition.sources)
