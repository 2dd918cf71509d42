"""What the figures of a territory call for: recommendations of the study, each with its reason.

Only those that the study addresses to local authorities are looked at. Tying a figure to a
recommendation is our reasoning (status R), and said so where it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from essor.observatory.breakdown import Row
from essor.observatory.dashboard import Dashboard
from essor.observatory.figure import Figure
from essor.observatory.figures import Figures
from essor.observatory.report.wording import COLON, SEMICOLON, counted, share
from essor.observatory.shrinkage import wilson_interval
from essor.observatory.typography import SPACE, number
from essor.perimeter.families import Family
from essor.study import links
from essor.study.contents import study
from essor.study.items import Case, Lever, Recommendation, Tool

LOCAL_AUTHORITIES = "APL"
SMALL_BANDS = frozenset({"00", "01", "02", "03", "11"})
"""The staff bands under 20 employees."""
LEAST_ORGANISATIONS = 3
"""Organisations under which nothing is said of their sizes."""

RESERVED = frozenset({"ea", "eatt", "esat"})
"""Statuses to which a lot may be reserved for disabled workers (art. L2113-12)."""
INSERTION = frozenset({"ei", "etti", "aci", "ai"})
"""Statuses to which a lot may be reserved for insertion (art. L2113-13)."""


@dataclass(frozen=True, slots=True)
class Step:
    """A recommendation, what in the figures calls for it, and how the directory shows whom.

    `asked` are the parameters of the directory, territory apart; none when it has nothing to show.
    `is_inferred` tells that the wording of the study does not name local authorities.
    """

    recommendation: Recommendation
    lever: Lever
    because: str
    asked: tuple[tuple[str, str], ...]
    is_inferred: bool
    cases: tuple[Case, ...]
    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps, in the order of the study, and the levers of which these figures say nothing."""

    steps: tuple[Step, ...]
    silent: tuple[Lever, ...]


_Asked = tuple[tuple[str, str], ...]
_Said = tuple[str, _Asked] | None


def first_steps(found: Dashboard) -> Plan:
    """Return what the figures of a territory call for; nothing where they say nothing."""
    steps = []
    for code, signal in _SIGNALS:
        said = signal(found)
        if said is not None:
            steps.append(_step(study().recommendations[code], *said))
    told = {step.lever.id for step in steps}
    silent = tuple(lever for lever in study().levers.values() if lever.id not in told)
    return Plan(tuple(steps), silent)


def _step(recommendation: Recommendation, because: str, asked: _Asked) -> Step:
    return Step(
        recommendation=recommendation,
        lever=study().levers[recommendation.lever],
        because=because,
        asked=asked,
        is_inferred=LOCAL_AUTHORITIES in recommendation.inferred,
        cases=tuple(links.cases_of(recommendation)),
        tools=tuple(links.tools_of(recommendation)),
    )


def _sourcing(found: Dashboard) -> _Said:
    """Nobody is there, or clearly fewer than in France: suppliers have to be looked for around."""
    if not found.employers.total:
        if not found.nearest:
            return None
        first = found.nearest[0]
        return (
            "Aucune organisation industrielle de l’ESS (P1) n’a son siège ici. La plus proche, "
            f"{first.member.name}, est à {number(first.distance_km)}{SPACE}km du centre.",
            (),
        )
    here, france = _figure(found.here, "K04"), _figure(found.compared[-1], "K04")
    industry = _figure(found.here, "K07")
    if here is None or france is None or not (industry and industry.value):
        return None
    interval = wilson_interval(found.employers.total, round(industry.value))
    if interval is None or france.value is None or interval[1] >= france.value:
        return None
    return (
        f"L’ESS pèse {share(here.value)} des entreprises industrielles ici, contre "
        f"{share(france.value)} en France, et le hasard des petits nombres ne l’explique pas.",
        (("naf", "C"),),
    )


def _meetings(found: Dashboard) -> _Said:
    """An industry that the territory lives by, in which no workshop of the social economy is known."""
    alone = [
        each.of for each in found.strengths if each.is_cluster and not each.of.ess_establishments
    ]
    if not alone:
        return None
    first = alone[0]
    others = f" (et {counted(len(alone) - 1, 'autre', 'autres')})" if len(alone) > 1 else ""
    return (
        f"«{SPACE}{first.label}{SPACE}» est une spécialité d’ici{others}{COLON} environ "
        f"{number(first.jobs.value)}{SPACE}salariés (entre {number(first.jobs.lower)} et "
        f"{number(first.jobs.upper)}), et aucun établissement de l’ESS n’y est connu.",
        (),
    )


def _consortia(found: Dashboard) -> _Said:
    """Most of the organisations are small."""
    known = [row for row in found.bands.rows if row.key]
    total = sum(row.organisations for row in known)
    small = sum(row.organisations for row in known if row.key in SMALL_BANDS)
    if total < LEAST_ORGANISATIONS or 2 * small <= total:
        return None
    return (
        f"{number(small)} des {number(total)} organisations industrielles de l’ESS dont la taille "
        f"est connue ont moins de 20{SPACE}salariés{COLON} l’étude parle du «{SPACE}défi de la taille "
        f"critique{SPACE}».",
        (("naf", "C"),),
    )


def _ecosystem(found: Dashboard) -> _Said:
    """An industry that the territory lives by, in which the social economy already works."""
    shared = [
        each.of for each in found.strengths if each.is_cluster and each.of.ess_establishments > 1
    ]
    if not shared:
        return None
    first = max(shared, key=lambda each: (each.ess_establishments, each.jobs.value))
    return (
        f"«{SPACE}{first.label}{SPACE}» est une spécialité d’ici, et l’ESS y compte déjà "
        f"{number(first.ess_establishments)}{SPACE}établissements sur "
        f"{number(first.establishments)} employeurs.",
        (("naf", first.sector),),
    )


def _capital(found: Dashboard) -> _Said:
    """Cooperatives are there, whose capital local authorities may enter."""
    held = _organisations(found.families.rows, {Family.COOPERATIVE.value})
    if not held:
        return None
    verb = "ont leur" if held > 1 else "a son"
    return (
        f"{counted(held, 'coopérative industrielle', 'coopératives industrielles')} {verb} siège ici.",
        (("naf", "C"), ("famille", Family.COOPERATIVE.value)),
    )


def _employers_group(found: Dashboard) -> _Said:
    """No GEIQ is attested where industry is a speciality, though a source tells of them."""
    geiq = _figure(found.declared, "K11")
    strong = [each.of for each in found.strengths if each.is_cluster]
    if geiq is None or geiq.total or not geiq.sources or not strong:
        return None
    return (
        f"Aucun GEIQ n’est attesté ici par les sources lues, alors que «{SPACE}{strong[0].label}"
        f"{SPACE}» y est une spécialité.",
        (),
    )


def _recruitment(found: Dashboard) -> _Said:
    """Insertion structures with an industrial activity: people who leave them know a workshop."""
    held = _structures(found, INSERTION)
    if not held:
        return None
    what = counted(held, "structure d’insertion déclare", "structures d’insertion déclarent")
    return f"{what} une activité industrielle (P2).", tuple(
        ("statut", s) for s in sorted(INSERTION)
    )


def _reserved_lots(found: Dashboard) -> _Said:
    """Structures to which a lot may be reserved."""
    disabled, insertion = _structures(found, RESERVED), _structures(found, INSERTION)
    if not disabled + insertion:
        return None
    return (
        f"Activité industrielle déclarée (P2){COLON} "
        f"{counted(disabled, 'organisation', 'organisations')} du handicap (EA, ESAT)"
        f"{SEMICOLON} {counted(insertion, 'organisation', 'organisations')} de l’insertion. Un lot "
        "peut leur être réservé, aux conditions de la loi.",
        tuple(("statut", each) for each in sorted(RESERVED | INSERTION)),
    )


def _tenders(found: Dashboard) -> _Said:
    """Several organisations may answer together, and learn it together."""
    total = found.employers.total
    if total < LEAST_ORGANISATIONS:
        return None
    return (
        f"{number(total)}{SPACE}organisations industrielles de l’ESS (P1) ont leur siège ici"
        f"{COLON} assez pour un atelier commun sur la réponse aux marchés publics.",
        (("naf", "C"),),
    )


_SIGNALS: tuple[tuple[str, Callable[[Dashboard], _Said]], ...] = (
    ("L1.1", _sourcing),
    ("L1.2", _meetings),
    ("L1.3", _consortia),
    ("L1.4", _ecosystem),
    ("L2.2", _capital),
    ("L4.2", _employers_group),
    ("L4.3", _recruitment),
    ("L5.1", _reserved_lots),
    ("L5.5", _tenders),
)
"""Which recommendation each signal calls for, in the order of the study."""

CALLED = tuple(code for code, _ in _SIGNALS)


def _figure(held: Figures, code: str) -> Figure | None:
    return next((each for each in held.figures if each.id == code), None)


def _organisations(rows: tuple[Row, ...], keys: set[str]) -> int:
    return sum(row.organisations for row in rows if row.key in keys)


def _structures(found: Dashboard, kinds: frozenset[str]) -> int:
    """Return the organisations (P2) that hold one of these statuses, each counted once."""
    return sum(
        row.organisations
        for row in found.statuses.rows
        if kinds.intersection(row.key.lower().split(" + "))
    )
