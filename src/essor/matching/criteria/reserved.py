"""Reserved contracts: whether the law lets the supplier have one; the rule of law decides, cited."""

from datetime import date
from functools import lru_cache

from essor.matching.activity import Activity, Supplier
from essor.matching.attestation import Attestation, Attested, attestation
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need
from essor.matching.reservation import RESERVATIONS
from essor.rules.assess import Assessment, Reason, assess
from essor.rules.facts import STATUSES, UNKNOWN_STATUSES, Facts, FactValue
from essor.rules.registry import rule_of
from essor.rules.verdict import Verdict

_KINDS = ("ei", "etti", "aci", "ai", "eiti", "ea", "eatt", "esat", "geiq", "esus", "scop")
# Of what is unknown, how many points are said; the rest is for the command of the rules.
_SAID = 1


def judge(need: Need, supplier: Supplier, _: Activity, day: date) -> tuple[Finding, ...]:
    """Return what the rule of the reservation says of the supplier, on that day."""
    if need.reserved_under is None:
        return ()
    # Many suppliers have the same statuses, most none: the rule is asked once for them all.
    alike = Supplier(
        "",
        "",
        "",
        None,
        (),
        supplier.statuses,
        supplier.kinds_without_list,
        supplier.ess_family,
    )
    return _judged(RESERVATIONS[need.reserved_under].rule, alike, day)


@lru_cache(maxsize=4_096)
def _judged(rule: str, supplier: Supplier, day: date) -> tuple[Finding, ...]:
    return _findings(assess(rule_of(rule), facts_of(supplier, day), day))


def facts_of(supplier: Supplier, day: date) -> Facts:
    """Return the facts that rules may look at; what no list settles on that day stays unknown."""
    found = {kind: attestation(supplier, (kind,), day) for kind in _KINDS}
    known: dict[str, FactValue] = {
        STATUSES: _with(found, Attestation.ATTESTED),
        UNKNOWN_STATUSES: _with(found, Attestation.UNKNOWN),
    }
    if supplier.ess_family is not None:
        known["ess_family"] = supplier.ess_family
    evidence = {f"{STATUSES}.{kind}": each.because.rstrip(".") for kind, each in found.items()}
    return Facts(known, evidence)


def _with(found: dict[str, Attested], verdict: Attestation) -> frozenset[str]:
    return frozenset(kind for kind, each in found.items() if each.verdict is verdict)


def _findings(assessment: Assessment) -> tuple[Finding, ...]:
    met = [each for each in assessment.reasons if each.verdict is Verdict.MET]
    if assessment.verdict is Verdict.MET:
        return (Met(1.0, _told(met)),)
    if assessment.verdict is Verdict.NOT_MET:
        broken = [each for each in assessment.reasons if each.verdict is Verdict.NOT_MET]
        return (Refused(_told(broken), _cited(broken)),)
    unknown = [each for each in assessment.reasons if each.verdict is Verdict.UNKNOWN]
    first = unknown[:_SAID]
    more = (
        f" Et {len(unknown) - _SAID} autres points : `essor eligible`." if unknown[_SAID:] else ""
    )
    unpublished = Unpublished(
        _told(first) + more, " ".join(dict.fromkeys(each.how for each in first)), is_hard=True
    )
    if not met:
        return (unpublished,)
    return (Met(len(met) / len(assessment.reasons), _told(met)), unpublished)


def _told(reasons: list[Reason]) -> str:
    return " ".join(
        f"{each.sentence.removesuffix('.')} ({each.citation.article})." for each in reasons
    )


def _cited(reasons: list[Reason]) -> str:
    return " ; ".join(dict.fromkeys(each.citation.article for each in reasons))
