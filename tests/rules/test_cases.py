"""Every rule answers as its own cases say; they are also the examples of its page."""

from importlib.resources import files

import pytest

from essor.rules.groupement import assess_groupement
from essor.rules.registry import RULES, rule_of
from essor.rules.verdict import Verdict

CASES = [
    pytest.param(rule_of(code), case, id=f"{code}: {case.name}")
    for code in RULES
    for case in rule_of(code).cases
]

every_rule = pytest.mark.parametrize("rule", [rule_of(code) for code in RULES], ids=RULES)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_answers_as_its_case_says(rule, case):
    assert assess_groupement(rule, case.members, case.day).verdict is case.verdict


@every_rule
def test_a_rule_has_a_case_for_each_verdict(rule):
    assert {case.verdict for case in rule.cases} == {*Verdict}


@every_rule
def test_a_rule_is_cited_condition_by_condition(rule):
    conditions = [c for version in rule.versions for c in version.conditions.values()]

    assert all(c.citation.article and c.citation.source.startswith("https://") for c in conditions)
    assert all("art. " in c.citation.article or "Arrêté" in c.citation.article for c in conditions)


def test_the_registry_names_every_file_of_law():
    written = {path.name for path in (files("essor.rules") / "law").iterdir()}

    assert written == {f"{code}.toml" for code in RULES}
