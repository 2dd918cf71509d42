"""A groupement d’opérateurs économiques before a rule: each member judged, then the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from essor.errors import InvalidRequestError
from essor.rules.assess import Assessment, Reason, assess
from essor.rules.facts import FactValue
from essor.rules.rule import Citation, Groupement, GroupementClause, Rule, Status
from essor.rules.verdict import Verdict, all_of, any_of


class GroupReading(StrEnum):
    """How a condition asked of a groupement is read: by default, each member must meet it.

    `AGGREGATE` is the loose reading, for which the groupement is judged as a whole: no text says it of a
    reservation, and its answers are always to be checked.
    """

    ALL_MEMBERS = "all_members"
    AGGREGATE = "aggregate"


_CODE = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000037701019/"
_AGGREGATE_TEXT = (
    "En lecture souple, les capacités d’un groupement s’apprécient globalement, et un membre suffit"
)
_AGGREGATE_CITATION = Citation(
    "Code de la commande publique, art. R2142-25 (capacités ; rien n’y est dit des réserves)", _CODE
)
_AGGREGATE_CONCLUSIONS = {
    Verdict.MET: "un membre au moins remplit la condition",
    Verdict.NOT_MET: "aucun membre ne la remplit",
    Verdict.UNKNOWN: "aucun membre ne la remplit à coup sûr",
}
_CONCLUSIONS = {
    Verdict.MET: "chaque membre remplit la condition",
    Verdict.NOT_MET: "un membre au moins ne la remplit pas",
    Verdict.UNKNOWN: "on ne peut pas le dire de tous les membres",
}
_SILENT_CONCLUSIONS = {
    Verdict.MET: "chaque membre remplit la règle, la question ne se pose pas",
    Verdict.NOT_MET: "aucun membre ne remplit la règle",
    Verdict.UNKNOWN: "les membres ne sont pas tous dans le même cas, et le texte ne tranche pas",
}


@dataclass(frozen=True, slots=True)
class GroupementAssessment:
    """A rule's verdict on a groupement: that of each member, in the order given, and what joins them."""

    rule: str
    verdict: Verdict
    members: tuple[Assessment, ...]
    reasons: tuple[Reason, ...]


def assess_groupement(
    rule: Rule,
    members: Sequence[Mapping[str, FactValue]],
    day: date,
    reading: GroupReading = GroupReading.ALL_MEMBERS,
) -> GroupementAssessment:
    """Return the verdict of `rule` on a groupement as of `day`; the order of members does not count.

    Where the text or its doctrine asks it of each member, one failure fails the whole. Where the text is
    silent, the verdict is the members' when they agree, else unknown. In the loose `reading` of the former,
    one member that meets it is enough. One member alone is no groupement.

    Raises:
        InvalidRequestError: there is no member.
    """
    if not members:
        raise InvalidRequestError(
            "Un groupement sans membre ne peut pas être jugé : donnez au moins un opérateur."
        )
    judged = tuple(assess(rule, facts, day) for facts in members)
    version = rule.on(day)
    if len(judged) == 1 or version is None:
        return GroupementAssessment(rule.code, judged[0].verdict, judged, judged[0].reasons)
    verdicts = [assessment.verdict for assessment in judged]
    reason = _joining(version.groupement, verdicts, reading)
    return GroupementAssessment(rule.code, reason.verdict, judged, (reason,))


def _joining(clause: GroupementClause, verdicts: list[Verdict], reading: GroupReading) -> Reason:
    """Return the verdict on the whole, and its reason."""
    if clause.mode is Groupement.SILENT:
        verdict = _unanimous(verdicts)
        return _reason(clause, verdict, _SILENT_CONCLUSIONS[verdict])
    if reading is GroupReading.ALL_MEMBERS:
        verdict = all_of(verdicts)
        return _reason(clause, verdict, _CONCLUSIONS[verdict])
    loose = replace(
        clause, text=_AGGREGATE_TEXT, citation=_AGGREGATE_CITATION, status=Status.TO_CHECK
    )
    verdict = any_of(verdicts)
    return _reason(loose, verdict, _AGGREGATE_CONCLUSIONS[verdict])


def _reason(clause: GroupementClause, verdict: Verdict, conclusion: str) -> Reason:
    is_open = verdict is Verdict.UNKNOWN
    return Reason(
        condition="groupement",
        verdict=verdict,
        sentence=f"{clause.text}\u00a0: {conclusion}.",
        citation=clause.citation,
        checked_on=clause.checked_on,
        status=clause.status,
        how="Interrogez l’acheteur avant la date limite de remise des offres." if is_open else "",
    )


def _unanimous(verdicts: list[Verdict]) -> Verdict:
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.UNKNOWN
