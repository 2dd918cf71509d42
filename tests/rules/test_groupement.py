from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import InvalidRequestError
from essor.rules.assess import assess
from essor.rules.facts import FactValue
from essor.rules.groupement import GroupReading, assess_groupement
from essor.rules.registry import RULES, rule_of
from essor.rules.verdict import Verdict, all_of, any_of

DAY = date(2026, 1, 15)
ADAPTED: dict[str, FactValue] = {"statuses": frozenset({"ea"})}
ESAT: dict[str, FactValue] = {"statuses": frozenset({"esat"})}
ORDINARY: dict[str, FactValue] = {"statuses": frozenset()}
NOBODY_KNOWS: dict[str, FactValue] = {}
ASSOCIATION: dict[str, FactValue] = {"ess_family": "association"}
COMMUNE: dict[str, FactValue] = {"ess_family": "aucune", "is_commercial_company": False}
members = st.lists(
    st.sampled_from([ADAPTED, ESAT, ORDINARY, NOBODY_KNOWS, ASSOCIATION, COMMUNE]),
    min_size=1,
    max_size=4,
)


@given(st.sampled_from(RULES).map(rule_of), members, st.randoms())
def test_the_order_of_the_members_does_not_change_the_verdict(rule, group, random):
    shuffled = random.sample(group, len(group))

    verdicts = [assess_groupement(rule, each, DAY).verdict for each in (group, shuffled)]

    assert verdicts[0] is verdicts[1]


@given(
    st.sampled_from(["reserve-handicap", "reserve-insertion", "reserve-mixte"]).map(rule_of),
    members,
)
def test_a_reservation_is_the_conjunction_of_its_members_and_loosely_their_disjunction(rule, group):
    alone = [assess(rule, facts, DAY).verdict for facts in group]

    strict = assess_groupement(rule, group, DAY)
    loose = assess_groupement(rule, group, DAY, GroupReading.AGGREGATE)

    assert [each.verdict for each in strict.members] == alone
    assert (strict.verdict, loose.verdict) == (all_of(alone), any_of(alone))


def test_the_loose_reading_is_always_to_be_checked():
    rule = rule_of("reserve-handicap")

    found = assess_groupement(rule, [ADAPTED, ORDINARY], DAY, GroupReading.AGGREGATE)

    assert (found.verdict, found.reasons[0].status) == (Verdict.MET, "AV")
    assert "R2142-25" in found.reasons[0].citation.article


@pytest.mark.parametrize("reading", GroupReading)
def test_the_loose_reading_does_not_settle_what_the_text_leaves_silent(reading):
    found = assess_groupement(rule_of("ess-article-1"), [ASSOCIATION, COMMUNE], DAY, reading)

    assert found.verdict is Verdict.UNKNOWN


def test_one_ordinary_member_makes_a_group_ineligible_and_the_doctrine_is_to_be_checked():
    found = assess_groupement(rule_of("reserve-handicap"), [ADAPTED, ORDINARY, NOBODY_KNOWS], DAY)

    assert found.verdict is Verdict.NOT_MET
    assert [each.verdict for each in found.members] == [
        Verdict.MET,
        Verdict.NOT_MET,
        Verdict.UNKNOWN,
    ]
    assert found.reasons[0].status == "AV"
    assert "un membre au moins ne la remplit pas" in found.reasons[0].sentence


def test_a_member_left_unknown_leaves_the_group_unknown_and_says_whom_to_ask():
    found = assess_groupement(rule_of("reserve-handicap"), [ADAPTED, NOBODY_KNOWS], DAY)

    assert found.verdict is Verdict.UNKNOWN
    assert "acheteur" in found.reasons[0].how


@pytest.mark.parametrize(
    ("group", "verdict"),
    [
        ([ASSOCIATION, ASSOCIATION], Verdict.MET),
        ([COMMUNE, COMMUNE], Verdict.NOT_MET),
        ([ASSOCIATION, COMMUNE], Verdict.UNKNOWN),
    ],
)
def test_where_the_text_is_silent_only_members_that_agree_settle_it(group, verdict):
    assert assess_groupement(rule_of("ess-article-1"), group, DAY).verdict is verdict


def test_one_member_alone_is_judged_as_an_operator():
    found = assess_groupement(rule_of("reserve-handicap"), [ADAPTED], DAY)

    assert found.reasons == found.members[0].reasons


def test_a_day_outside_every_version_is_said_of_a_group_too():
    found = assess_groupement(rule_of("reserve-handicap"), [ADAPTED, ESAT], date(2010, 1, 1))

    assert found.verdict is Verdict.UNKNOWN
    assert "Aucune version connue" in found.reasons[0].sentence


def test_a_group_without_members_is_refused():
    with pytest.raises(InvalidRequestError, match="donnez au moins un opérateur"):
        assess_groupement(rule_of("reserve-handicap"), [], DAY)
