"""Indicators of an economic fabric: what a territory does more than others, and how varied it is.

Employment is that of the whole economy: middles of staff bands, in employees.
Formulas and thresholds: domain.md H, `cluster_indicators`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from essor.observatory.interval import Interval
from essor.observatory.shrinkage import shrunk_quotient

LEAST_QUOTIENT = 1.25
LEAST_STAFF = 50.0
LEAST_ESTABLISHMENTS = 5


@dataclass(frozen=True, slots=True)
class LocalSector:
    """What a territory holds of a sector, and the three totals that it is read against.

    Staff is in employees; `largest` and `ess_largest` are the upper bounds of its largest
    known establishment, and of the largest of the social economy.
    """

    territory: str
    name: str
    sector: str
    label: str
    establishments: int
    jobs: Interval
    largest: float
    ess_establishments: int
    ess_jobs: Interval
    ess_largest: float
    territory_jobs: float
    sector_jobs: float
    total_jobs: float
    sector_ess_jobs: float


@dataclass(frozen=True, slots=True)
class Specialisation:
    """A local sector and what it says: shares (0–1), quotients (1 is the national level), flag."""

    of: LocalSector
    share: float
    national_share: float
    quotient: float
    shrunk_quotient: float
    ess_share: float | None
    ess_quotient: float | None
    is_flagged: bool
    is_cluster: bool


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated (Herfindahl, 0–1) and how singular (Krugman, 0–2) employment is."""

    territory: str
    name: str
    jobs: float
    herfindahl: float
    krugman: float


def specialise(local: LocalSector) -> Specialisation | None:
    """Return the reading of a local sector; unknown where one of its totals is empty."""
    share = _ratio(local.jobs.value, local.territory_jobs)
    national_share = _ratio(local.sector_jobs, local.total_jobs)
    if share is None or not national_share:
        return None
    quotient = share / national_share
    shrunk = shrunk_quotient(local.jobs.value, local.territory_jobs, national_share) or 0.0
    return Specialisation(
        of=local,
        share=share,
        national_share=national_share,
        quotient=quotient,
        shrunk_quotient=shrunk,
        ess_share=_ratio(local.ess_jobs.value, local.jobs.value),
        ess_quotient=_ess_quotient(local),
        is_flagged=is_flagged(quotient, local),
        is_cluster=is_flagged(shrunk, local),
    )


def is_flagged(quotient: float, local: LocalSector) -> bool:
    """Return whether a quotient is high and rests on enough jobs and establishments."""
    return (
        quotient >= LEAST_QUOTIENT
        and local.jobs.value >= LEAST_STAFF
        and local.establishments >= LEAST_ESTABLISHMENTS
    )


def herfindahl(jobs: Mapping[str, float]) -> float | None:
    """Return Σ s², from 1 / number of sectors (even) to 1 (one sector); unknown without any job."""
    total = sum(jobs.values())
    return sum((value / total) ** 2 for value in jobs.values()) if total else None


def krugman(local: Mapping[str, float], national: Mapping[str, float]) -> float | None:
    """Return Σ |s_ik − s_k|, from 0 (the national structure) to 2 (nothing alike).

    Unknown without any job.
    """
    here, there = sum(local.values()), sum(national.values())
    if not here or not there:
        return None
    keys = sorted({*local, *national})
    return sum(abs(local.get(k, 0) / here - national.get(k, 0) / there) for k in keys)


def concentrations(sectors: Sequence[LocalSector]) -> list[Concentration]:
    """Return one row per territory of `sectors`, by code.

    `sectors` must hold every sector of the country (territories may lack some).
    """
    national = {local.sector: local.sector_jobs for local in sectors}
    by_territory: dict[str, list[LocalSector]] = {}
    for local in sectors:
        by_territory.setdefault(local.territory, []).append(local)
    return [
        concentration
        for _, own in sorted(by_territory.items())
        if (concentration := _concentration(own, national))
    ]


def _concentration(
    own: Sequence[LocalSector], national: Mapping[str, float]
) -> Concentration | None:
    local = {each.sector: each.jobs.value for each in own}
    evenness, singularity = herfindahl(local), krugman(local, national)
    if evenness is None or singularity is None:
        return None
    total = sum(local.values())
    return Concentration(own[0].territory, own[0].name, total, evenness, singularity)


def _ess_quotient(local: LocalSector) -> float | None:
    here = _ratio(local.ess_jobs.value, local.jobs.value)
    national = _ratio(local.sector_ess_jobs, local.sector_jobs)
    return _ratio(here, national) if here is not None and national is not None else None


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
