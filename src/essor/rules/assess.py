"""Assess: apply a rule to the facts known of an operator, keeping every reason of the verdict."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from essor.rules.facts import (
    STATUSES,
    UNKNOWN_STATUSES,
    FactType,
    FactValue,
    evidence_of,
    vocabulary,
)
from essor.rules.rule import (
    Citation,
    Condition,
    Join,
    Operator,
    Requirement,
    Rule,
    Status,
    Version,
)
from essor.rules.verdict import Verdict, all_of, any_of, negated, verdict_of


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground of a verdict: a French sentence, the text it rests on, and how to know what is not.

    `verdict` is that of its condition alone; `how` is empty unless it is unknown.
    """

    condition: str
    verdict: Verdict
    sentence: str
    citation: Citation
    checked_on: date
    status: Status
    how: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A rule's verdict on an operator, its grounds, and the version applied (None: none in force)."""

    rule: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    version: Version | None

    @property
    def is_to_check(self) -> bool:
        """Whether a ground rests on something of the law that we have not verified."""
        return any(reason.status is not Status.VERIFIED for reason in self.reasons)


def assess(rule: Rule, facts: Mapping[str, FactValue], day: date) -> Assessment:
    """Return the verdict of `rule` on `facts` as of `day`.

    The reasons are those that make the verdict: of a choice, only the branches that settle it, or,
    when it is left open, those that come nearest.
    On a day when no version is in force the verdict is unknown, and its one reason says so.
    """
    version = rule.on(day)
    if version is None:
        return Assessment(rule.code, Verdict.UNKNOWN, (_out_of_force(rule, day),), None)
    verdict, reasons = _judge(version.requires, version, facts)
    return Assessment(rule.code, verdict, reasons, version)


_COMPARISONS: dict[Operator, Callable[[float, float], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
}

_UNLISTED = "aucune liste complète et récente ne le dit"

Judged = tuple[Verdict, tuple[Reason, ...]]


def _judge(part: str | Requirement, version: Version, facts: Mapping[str, FactValue]) -> Judged:
    if isinstance(part, str):
        reason = _reason(version.conditions[part], facts)
        return reason.verdict, (reason,)
    judged = [_judge(inner, version, facts) for inner in part.parts]
    verdicts = [verdict for verdict, _ in judged]
    match part.join:
        case Join.ALL:
            return all_of(verdicts), _joined(judged)
        case Join.ANY:
            verdict = any_of(verdicts)
            return verdict, _joined(_settling([j for j in judged if j[0] is verdict]))
        case Join.NOT:
            return negated(verdicts[0]), _joined(judged)


def _settling(branches: list[Judged]) -> list[Judged]:
    """Return the branches worth saying: of several left open, those that are met in part."""
    if branches[0][0] is not Verdict.UNKNOWN:
        return branches
    begun = [branch for branch in branches if any(r.verdict is Verdict.MET for r in branch[1])]
    return begun or branches


def _joined(judged: list[Judged]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reason for _, reasons in judged for reason in reasons))


def _reason(condition: Condition, facts: Mapping[str, FactValue]) -> Reason:
    verdict = _compare(condition, facts)
    observed = _observed(condition, verdict, facts)
    shown = f" ({observed})" if observed else ""
    return Reason(
        condition=condition.code,
        verdict=verdict,
        sentence=f"{condition.text}\u00a0: {verdict.answer}{shown}.",
        citation=condition.citation,
        checked_on=condition.checked_on,
        status=condition.status,
        how=vocabulary()[condition.fact].how if verdict is Verdict.UNKNOWN else "",
    )


def _compare(condition: Condition, facts: Mapping[str, FactValue]) -> Verdict:
    """Return the verdict of a condition; reading a rule made sure that fact and value are of one type."""
    observed, value = facts.get(condition.fact), condition.value
    if observed is None:
        return Verdict.UNKNOWN
    match value, observed:
        case tuple(), frozenset():
            return _meets(frozenset(value), observed, facts)
        case tuple(), str():
            return verdict_of(observed in value)
        case bool(), bool():
            return verdict_of(observed is value)
        case float(), float() | int() if not isinstance(observed, bool):
            return verdict_of(_COMPARISONS[condition.operator](observed, value))
    raise TypeError(f"{condition.fact}={observed!r} cannot be compared with {value!r}")


def _meets(wanted: frozenset[str], held: frozenset[str], facts: Mapping[str, FactValue]) -> Verdict:
    """Return whether one of the statuses wanted is held; unknown when none is and one is not settled."""
    if wanted & held:
        return Verdict.MET
    return Verdict.UNKNOWN if wanted & _unsettled(facts) else Verdict.NOT_MET


def _unsettled(facts: Mapping[str, FactValue]) -> frozenset[str]:
    unsettled = facts.get(UNKNOWN_STATUSES, frozenset())
    return unsettled if isinstance(unsettled, frozenset) else frozenset()


def _observed(condition: Condition, verdict: Verdict, facts: Mapping[str, FactValue]) -> str:
    """Return what was observed, and where it was read; empty when there is nothing to add."""
    value = facts.get(condition.fact)
    if condition.fact == STATUSES and isinstance(value, frozenset):
        return _observed_statuses(condition, verdict, facts)
    if value is None or isinstance(value, bool | frozenset):
        return evidence_of(facts, condition.fact)
    said = evidence_of(facts, condition.fact)
    if isinstance(value, str):
        return said
    is_share = vocabulary()[condition.fact].type is FactType.SHARE
    shown = f"{100 * value:.4g}\u00a0%" if is_share else f"{value:.6g}"
    return ", ".join(filter(None, (f"observé\u00a0: {shown.replace('.', ',')}", said)))


def _observed_statuses(
    condition: Condition, verdict: Verdict, facts: Mapping[str, FactValue]
) -> str:
    wanted = condition.value if isinstance(condition.value, tuple) else ()
    held = facts.get(STATUSES)
    if verdict is Verdict.MET and isinstance(held, frozenset):
        kinds = [kind for kind in wanted if kind in held]
    elif verdict is Verdict.UNKNOWN:
        kinds = [kind for kind in wanted if kind in _unsettled(facts)]
    else:
        kinds = list(wanted)
    said = "\u00a0; ".join(
        dict.fromkeys(filter(None, (evidence_of(facts, f"{STATUSES}.{kind}") for kind in kinds)))
    )
    return said or (_UNLISTED if verdict is Verdict.UNKNOWN else "")


def _out_of_force(rule: Rule, day: date) -> Reason:
    """Return the reason that says which versions are known, and that none holds on `day`."""
    nearest = min(rule.versions, key=lambda version: abs((version.since - day).days))
    spans = ", ".join(_span(version) for version in rule.versions)
    first = next(iter(nearest.conditions.values()))
    return Reason(
        condition="",
        verdict=Verdict.UNKNOWN,
        sentence=(
            f"Aucune version connue de cette règle n’est en vigueur le {day:%d/%m/%Y}"
            f"\u00a0; sont connues celles en vigueur {spans}."
        ),
        citation=first.citation,
        checked_on=first.checked_on,
        status=first.status,
        how="Demandez un jour où une version connue est en vigueur, ou lisez le texte d’alors.",
    )


def _span(version: Version) -> str:
    if version.until is None:
        return f"depuis le {version.since:%d/%m/%Y}"
    return f"du {version.since:%d/%m/%Y} au {version.until:%d/%m/%Y}"
