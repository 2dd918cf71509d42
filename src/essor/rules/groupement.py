"""A groupement d’opérateurs économiques before a rule: each member judged, then the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from essor.errors import InvalidRequestError
from essor.rules.assess import Assessment, Reason, assess
from essor.rules.facts import FactValue
from essor.rules.rule import Groupement, Rule
from essor.rules.verdict import Verdict, all_of

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
    rule: Rule, members: Sequence[Mapping[str, FactValue]], day: date
) -> GroupementAssessment:
    """Return the verdict of `rule` on a groupement as of `day`; the order of members does not count.

    Where the text or its doctrine asks it of each member, one failure fails the whole. Where the text is
    silent, the verdict is the members' when they agree, else unknown. One member alone is no groupement.

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
    clause = version.groupement
    is_each = clause.mode is Groupement.EACH
    verdicts = [assessment.verdict for assessment in judged]
    verdict = all_of(verdicts) if is_each else _unanimous(verdicts)
    conclusion = (_CONCLUSIONS if is_each else _SILENT_CONCLUSIONS)[verdict]
    reason = Reason(
        condition="groupement",
        verdict=verdict,
        sentence=f"{clause.text}\u00a0: {conclusion}.",
        citation=clause.citation,
        checked_on=clause.checked_on,
        status=clause.status,
        how=(
            "Interrogez l’acheteur avant la date limite de remise des offres."
            if verdict is Verdict.UNKNOWN
            else ""
        ),
    )
    return GroupementAssessment(rule.code, verdict, judged, (reason,))


def _unanimous(verdicts: list[Verdict]) -> Verdict:
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.UNKNOWN
