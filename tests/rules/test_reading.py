from importlib.resources import files

import pytest

from essor.errors import InvalidRequestError, RuleError
from essor.rules.reading import read_rule
from essor.rules.registry import rule_of

NAME = "reserve-insertion"
TEXT = (files("essor.rules") / "law" / f"{NAME}.toml").read_text("utf-8")


def without_cases(verdict):
    kept, *cases = TEXT.split("\n[[cases]]")
    return "\n[[cases]]".join([kept, *(c for c in cases if f'verdict = "{verdict}"' not in c)])


@pytest.mark.parametrize("verdict", ["met", "not_met", "unknown"])
def test_a_rule_without_a_case_for_a_verdict_is_refused(verdict):
    with pytest.raises(RuleError, match=f"aucun cas n’a pour verdict « {verdict} »"):
        read_rule(without_cases(verdict), NAME)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("citation = {", "citations = {", "il manque « citation » dans versions.0.groupement"),
        ('article = "', 'articles = "', "il manque « article »"),
        ('source = "https', 'source = "ftp', "« source » a une valeur refusée"),
        ('status = "V"', 'status = "sûr"', "« status » a une valeur refusée"),
        ("checked_on = 2026-11-23", "checked_on = 'hier'", "« checked_on » a une valeur refusée"),
        ("title =", "titre =", "« titre » n’est pas un champ prévu"),
        ('fact = "disadvantaged_share"', 'fact = "share"', "regarde un fait inconnu, « share »"),
        ("value = 0.5", "value = true", "compare mal « disadvantaged_share »"),
        ('    "part_defavorises",', "", "« part_defavorises » est définie et n’est pas exigée"),
        ('"statut_insertion"', '"statut"', "« statut » est exigée et n’est pas définie"),
        ("{ all = [\n    {", '{ any = ["proche"], all = [\n    {', "un seul de all, any et not"),
        ("facts = {", "members = [], facts = {", "ce n’est pas du TOML"),
        ('{ statuses = ["ei"] }', "{ statues = 1 }", "un fait inconnu, « statues »"),
        (f'code = "{NAME}"', 'code = "autre"', "son code est « autre »"),
    ],
)
def test_a_rule_that_is_badly_written_is_refused_in_french(before, after, said):
    broken = TEXT.replace(before, after)
    assert broken != TEXT

    with pytest.raises(RuleError) as refused:
        read_rule(broken, NAME)

    assert said in str(refused.value)
    assert str(refused.value).startswith(f"La règle « {NAME} » est refusée")


def test_versions_that_overlap_are_refused():
    version = TEXT[TEXT.index("[[versions]]") : TEXT.index("[[cases]]")]

    with pytest.raises(RuleError, match="se chevauchent le 01/04/2019"):
        read_rule(TEXT.replace("[[cases]]", f"{version}\n[[cases]]", 1), NAME)


def test_a_rule_is_read_once():
    assert rule_of(NAME) is rule_of(NAME)


def test_an_unknown_rule_is_refused_with_the_nearest_and_the_list():
    with pytest.raises(InvalidRequestError) as refused:
        rule_of("reserve-insertions")

    assert "Vouliez-vous dire « reserve-insertion »" in str(refused.value)
    assert "ess-article-1" in str(refused.value)
