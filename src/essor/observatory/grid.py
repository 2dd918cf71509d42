"""The reproduction grid (domain.md B.4): every reading of the study's perimeter, and its distance.

The unit × the rule of membership × agricultural cooperatives × SICA × employers × the estimator
of staff. The vintage is that of the release. No reading is chosen beforehand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

import duckdb

from essor.observatory.figure import Mention, mentions
from essor.observatory.prepared import draw
from essor.observatory.study_figures import study_figures
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import BY_CODE, StaffBand
from essor.warehouse.provenance import SourceRecord


class Unit(StrEnum):
    """What is counted, and whose activity is read."""

    LEGAL_UNIT = "unite_legale_active"
    HEAD_OFFICE = "etablissement_siege"


class EssRule(StrEnum):
    """What makes an organisation one of the social economy, each rule wider than the first."""

    CODES = "codes_only"
    FLAG = "flag_O"
    CODES_OR_FLAG = "codes_or_flag"
    OR_ESS_FRANCE = "codes_or_flag_or_essfrance"
    OR_ESUS = "codes_or_flag_or_essfrance_or_esus"

    @property
    def grounds(self) -> frozenset[str]:
        """Return the grounds of the column `ess_evidence`, one of which is enough."""
        return _GROUNDS[self]


class Employer(StrEnum):
    """Which organisations are kept for their staff."""

    ANY = "any"
    DECLARED = "caractereEmployeur_O"
    BAND_01 = "tranche_ge_01"
    BAND_11 = "tranche_ge_11"


class Estimator(StrEnum):
    """How many employees a band stands for; an unknown band stands for none."""

    MIDPOINT = "midpoint"
    LOWER = "lower"
    UPPER = "upper"
    LOG_UNIFORM = "log_uniform"


_GROUNDS = {
    EssRule.CODES: frozenset({"code"}),
    EssRule.FLAG: frozenset({"flag"}),
    EssRule.CODES_OR_FLAG: frozenset({"code", "flag"}),
    EssRule.OR_ESS_FRANCE: frozenset({"code", "flag", "ess_france"}),
    EssRule.OR_ESUS: frozenset({"code", "flag", "ess_france", "esus"}),
}

# Catégories juridiques: agricultural cooperatives and their unions; SICA.
AGRICULTURAL = ("6317", "6318")
SICA = ("5432", "5532", "5632", "6532")

_SOURCES = ("sirene_unites_legales", "sirene_etablissements", "ess_france", "esus")


@dataclass(frozen=True, slots=True)
class Cell:
    """Organisations that every axis of the grid treats alike."""

    unit: Unit
    grounds: frozenset[str]
    is_agricultural: bool
    is_sica: bool
    is_declared_employer: bool
    is_cooperative: bool
    band: str | None
    organisations: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which organisations are counted: one choice on every axis but the estimator."""

    unit: Unit
    ess_rule: EssRule
    has_agricultural: bool
    has_sica: bool
    employer: Employer

    def takes(self, cell: Cell) -> bool:
        """Return whether the organisations of a cell are counted."""
        return (
            cell.unit is self.unit
            and not cell.grounds.isdisjoint(self.ess_rule.grounds)
            and (self.has_agricultural or not cell.is_agricultural)
            and (self.has_sica or not cell.is_sica)
            and _employs(cell, self.employer)
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """What a reading counts, and its distance to the study, 0 when it finds the same figures.

    `cooperative_share` (0–1, of organisations) is unknown when nothing is counted; it weighs as 0.
    """

    selection: Selection
    estimator: Estimator
    organisations: int
    staff: float
    cooperative_share: float | None
    distance: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The variants, nearest first; `vintage` is the day of the release's stock of legal units."""

    variants: tuple[Variant, ...]
    vintage: date | None
    sources: tuple[Mention, ...]
    is_fictional: bool


_DRAWN = f"""
CREATE TABLE IF NOT EXISTS observatory.grid AS
WITH seen AS (
    SELECT
        coalesce(ess_evidence, '') AS evidence, legal_category, is_employer, ess_family,
        o.is_active AND coalesce(o.is_industrial_p1, false) AS is_unit, o.staff_band AS unit_band,
        coalesce(e.is_active AND e.is_industrial_p1, false) AS is_seat, e.staff_band AS seat_band,
        o.is_fictional
    FROM organisations AS o
    LEFT JOIN (
        SELECT siret, is_active, is_industrial_p1, staff_band
        FROM establishments WHERE is_active AND is_industrial_p1
    ) AS e ON e.siret = o.head_office
    WHERE (ess_evidence IS NOT NULL OR legal_category IN {SICA})
        AND ((o.is_active AND o.is_industrial_p1) OR e.siret IS NOT NULL)
),
counted AS (
    SELECT '{Unit.LEGAL_UNIT}' AS unit, unit_band AS band, * FROM seen WHERE is_unit
    UNION ALL
    SELECT '{Unit.HEAD_OFFICE}' AS unit, seat_band AS band, * FROM seen WHERE is_seat
)
SELECT
    unit, evidence,
    coalesce(legal_category IN {AGRICULTURAL}, false) AS is_agricultural,
    coalesce(legal_category IN {SICA}, false) AS is_sica,
    coalesce(is_employer, false) AS is_declared_employer,
    coalesce(ess_family = '{Family.COOPERATIVE}', false) AS is_cooperative,
    band, count(*) AS organisations, coalesce(bool_or(is_fictional), false) AS is_fictional
FROM counted GROUP BY ALL
"""


def grid(connection: duckdb.DuckDBPyConnection, sources: Sequence[SourceRecord]) -> Grid:
    """Return every variant of the grid over a release, nearest to the study first."""
    draw(connection, {"grid": _DRAWN})
    rows = connection.execute("SELECT * FROM observatory.grid").fetchall()
    found = mentions(sources, _SOURCES)
    cells = [_cell(row) for row in rows]
    dates = [m.published_on for m in found if m.name == _SOURCES[0]]
    return Grid(
        variants=variants(cells),
        vintage=dates[0] if dates else None,
        sources=found,
        is_fictional=any(row[-1] for row in rows) or any(m.is_fictional for m in found),
    )


def variants(cells: Iterable[Cell]) -> tuple[Variant, ...]:
    """Return every variant over `cells`, nearest to the study first, ties in order of the axes."""
    by_unit = defaultdict(list)
    for cell in cells:
        by_unit[cell.unit].append(cell)
    found = [variant for each in _selections() for variant in _estimates(each, by_unit[each.unit])]
    return tuple(sorted(found, key=lambda variant: variant.distance))


def distance(organisations: int, staff: float, cooperative_share: float | None) -> float:
    """Return |n − 1367| / 1367 + |staff − 43000| / 43000 + |share of cooperatives − 0.667|.

    Source: domain.md B.4, against K03, K05 and K08 of the study.
    """
    study = study_figures()
    expected = [study[key].value or 0.0 for key in ("K03", "K05", "K08")]
    return (
        abs(organisations - expected[0]) / expected[0]
        + abs(staff - expected[1]) / expected[1]
        + abs((cooperative_share or 0.0) - expected[2])
    )


def _cell(row: tuple[object, ...]) -> Cell:
    unit, evidence, is_agricultural, is_sica, is_employer, is_cooperative, band, count, _ = row
    return Cell(
        unit=Unit(str(unit)),
        grounds=frozenset(str(evidence).split(" | ")) | ({"code"} if is_sica else set()),
        is_agricultural=bool(is_agricultural),
        is_sica=bool(is_sica),
        is_declared_employer=bool(is_employer),
        is_cooperative=bool(is_cooperative or is_sica),
        band=None if band is None else str(band),
        organisations=int(str(count)),
    )


def _selections() -> Iterator[Selection]:
    for axes in product(Unit, EssRule, (True, False), (True, False), Employer):
        yield Selection(*axes)


def _estimates(selection: Selection, cells: Iterable[Cell]) -> Iterator[Variant]:
    organisations = cooperatives = 0
    bands: dict[str | None, int] = defaultdict(int)
    for cell in cells:
        if selection.takes(cell):
            organisations += cell.organisations
            cooperatives += cell.organisations * cell.is_cooperative
            bands[cell.band] += cell.organisations
    share = cooperatives / organisations if organisations else None
    for estimator in Estimator:
        staff = sum(count * _employees(band, estimator) for band, count in bands.items())
        yield Variant(
            selection, estimator, organisations, staff, share, distance(organisations, staff, share)
        )


def _employs(cell: Cell, employer: Employer) -> bool:
    match employer:
        case Employer.ANY:
            return True
        case Employer.DECLARED:
            return cell.is_declared_employer
        case Employer.BAND_01:
            return _least(cell.band) >= 1
        case Employer.BAND_11:
            return _least(cell.band) >= BY_CODE["11"].lower


def _least(band: str | None) -> int:
    return BY_CODE[band].lower if band in BY_CODE else 0


def _employees(band: str | None, estimator: Estimator) -> float:
    return _ESTIMATES[estimator](BY_CODE[band]) if band in BY_CODE else 0.0


_ESTIMATES: dict[Estimator, Callable[[StaffBand], float]] = {
    Estimator.MIDPOINT: lambda band: band.mid,
    Estimator.LOWER: lambda band: float(band.lower),
    Estimator.UPPER: lambda band: float(band.lower if band.upper is None else band.upper),
    Estimator.LOG_UNIFORM: lambda band: band.log_uniform,
}
