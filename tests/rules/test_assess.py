from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.rules.assess import assess
from essor.rules.facts import Facts, FactType, FactValue, vocabulary
from essor.rules.reading import read_rule
from essor.rules.registry import RULES, rule_of
from essor.rules.rule import Status
from essor.rules.structures import structures
from essor.rules.verdict import Verdict

DAY = date(2026, 1, 15)
FAMILIES = ("cooperative", "mutuelle", "association", "fondation", "societe_commerciale", "aucune")
VALUES = {
    FactType.TEXT: st.sampled_from(FAMILIES),
    FactType.FLAG: st.booleans(),
    FactType.SHARE: st.sampled_from([0.0, 0.19, 0.2, 0.49, 0.5, 0.66, 1.0]),
    FactType.NUMBER: st.sampled_from([0.0, 3.0, 3.5, 7.0, 7.01, 10.0, 10.01]),
    FactType.SET: st.frozensets(st.sampled_from([*structures()]), max_size=3),
}
facts_known = st.fixed_dictionaries(
    {}, optional={name: VALUES[fact.type] for name, fact in vocabulary().items()}
)
any_rule = st.sampled_from(RULES).map(rule_of)


@given(any_rule, facts_known, facts_known)
def test_learning_a_fact_never_changes_a_verdict_already_reached(rule, known, learnt):
    before = assess(rule, known, DAY).verdict

    after = assess(rule, {**learnt, **known}, DAY).verdict

    assert before is Verdict.UNKNOWN or after is before


@given(any_rule, facts_known, st.frozensets(st.sampled_from([*structures()]), min_size=1))
def test_settling_a_status_never_changes_a_verdict_already_reached(rule, known, unsettled):
    held = known.get("statuses", frozenset()) - unsettled
    unsure = {**known, "statuses": held, "unknown_statuses": unsettled}
    before = assess(rule, unsure, DAY).verdict

    settled = [
        assess(rule, {**known, "statuses": statuses}, DAY).verdict
        for statuses in (held, held | unsettled)
    ]

    assert before is Verdict.UNKNOWN or settled == [before, before]


@given(any_rule, facts_known)
def test_the_reasons_of_a_verdict_bear_it(rule, known):
    found = assess(rule, known, DAY)

    assert found.verdict in {reason.verdict for reason in found.reasons}


@given(any_rule)
def test_knowing_nothing_of_an_operator_is_unknown_and_says_how_to_know(rule):
    found = assess(rule, {}, DAY)

    assert found.verdict is Verdict.UNKNOWN
    assert all(reason.how for reason in found.reasons)


@given(any_rule, facts_known, st.dates(max_value=date(2014, 7, 31)))
def test_a_day_outside_every_version_is_unknown_and_said(rule, known, day):
    found = assess(rule, known, day)

    assert (found.verdict, found.version) == (Verdict.UNKNOWN, None)
    assert f"n’est en vigueur le {day:%d/%m/%Y}" in found.reasons[0].sentence
    assert found.reasons[0].citation.article


@given(any_rule, facts_known, st.timedeltas(min_value=timedelta(days=1), max_value=timedelta(4000)))
def test_before_its_first_day_a_rule_is_not_in_force_and_from_that_day_it_is(rule, known, earlier):
    first = rule.versions[0].since

    before = assess(rule, known, first - earlier)

    assert (before.verdict, before.version) == (Verdict.UNKNOWN, None)
    assert assess(rule, known, first).version is rule.versions[0]


def test_a_scop_is_the_target_of_no_reserved_industrial_lot():
    scop: dict[str, FactValue] = {
        "statuses": frozenset({"scop"}),
        "ess_family": "cooperative",
        "is_only_social_services": False,
    }

    found = [assess(rule_of(f"reserve-{kind}"), scop, DAY) for kind in ("mixte", "ess")]

    assert [assessment.verdict for assessment in found] == [Verdict.NOT_MET] * 2
    cited = " ".join(reason.citation.article for each in found for reason in each.reasons)
    assert all(article in cited for article in ("L2113-12", "L2113-13", "L2113-15"))


def test_a_reason_is_a_sentence_with_what_was_seen_and_where():
    facts = Facts(
        {"statuses": frozenset({"ei"}), "disadvantaged_share": 0.625},
        {"statuses.ei": "attesté par « siae »", "disadvantaged_share": "d’après vous"},
    )

    found = assess(rule_of("reserve-insertion"), facts, DAY)

    assert [reason.sentence.replace("\u00a0", " ") for reason in found.reasons] == [
        "Être une structure d’insertion par l’activité économique (EI, ETTI, AI ou ACI) : oui "
        "(attesté par « siae »).",
        "Employer au moins 50 % de travailleurs défavorisés : oui "
        "(observé : 62,5 %, d’après vous).",
    ]


def test_of_an_open_choice_the_branch_that_is_met_in_part_is_said():
    found = assess(rule_of("reserve-insertion"), {"statuses": frozenset({"ei"})}, DAY)

    assert [reason.condition for reason in found.reasons] == [
        "statut_insertion",
        "part_defavorises",
    ]


def test_a_ground_that_is_not_verified_shows():
    esat = assess(rule_of("reserve-handicap"), {"statuses": frozenset({"esat"})}, DAY)
    adapted = assess(rule_of("reserve-handicap"), {"statuses": frozenset({"ea"})}, DAY)

    assert (esat.is_to_check, adapted.is_to_check) == (True, False)
    assert Status.TO_CHECK in {reason.status for reason in esat.reasons}


def test_a_requirement_may_be_the_contrary_of_a_condition():
    text = NEGATED.replace("REQUIRES", '{ not = "coop" }')

    rule = read_rule(text, "essai")

    answers = [assess(rule, facts, DAY).verdict for facts in ({}, FAMILY_OF_COOP, OUTSIDE)]
    assert answers == [Verdict.UNKNOWN, Verdict.NOT_MET, Verdict.MET]


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), date(2020, 1, 1)),
        (date(2024, 12, 31), date(2020, 1, 1)),
        (date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_version_of_the_day_is_applied_from_its_first_day_to_its_last(day, since):
    text = NEGATED.replace("REQUIRES", '{ all = ["coop"] }')
    later = text[text.index("[[versions]]") : text.index("[[cases]]")].replace("2020", "2025")
    ended = text.replace("{ since = 2020-01-01 }", "{ since = 2020-01-01, until = 2024-12-31 }")
    rule = read_rule(ended.replace("[[cases]]", f"{later}[[cases]]", 1), "essai")

    version = assess(rule, FAMILY_OF_COOP, day).version

    assert (version.since if version else None) == since


def test_a_fact_of_another_type_is_a_bug():
    with pytest.raises(TypeError, match="disadvantaged_share"):
        assess(rule_of("reserve-insertion"), {"disadvantaged_share": "beaucoup"}, DAY)


FAMILY_OF_COOP = {"ess_family": "cooperative"}
OUTSIDE = {"ess_family": "aucune"}
NEGATED = """
code = "essai"
title = "Essai"
summary = "Une règle d’essai."
[[versions]]
in_force = { since = 2020-01-01 }
requires = REQUIRES
[versions.groupement]
mode = "silent"
text = "Le texte ne dit rien des groupements"
citation = { article = "Loi, art. 1", source = "https://www.legifrance.gouv.fr/" }
checked_on = 2026-11-22
status = "V"
[versions.conditions.coop]
text = "Être une coopérative"
fact = "ess_family"
operator = "one_of"
value = ["cooperative"]
citation = { article = "Loi, art. 1", source = "https://www.legifrance.gouv.fr/" }
checked_on = 2026-11-22
status = "V"
[[cases]]
name = "une coopérative non"
day = 2026-01-15
facts = { ess_family = "cooperative" }
verdict = "not_met"
[[cases]]
name = "une autre oui"
day = 2026-01-15
facts = { ess_family = "aucune" }
verdict = "met"
[[cases]]
name = "sans forme, on ne sait pas"
day = 2026-01-15
facts = {}
verdict = "unknown"
"""
