import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.rules.verdict import Verdict, all_of, any_of, negated, verdict_of

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
verdicts = st.lists(st.sampled_from(Verdict), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("given_verdicts", "all_met", "any_met"),
    [
        ([MET, MET], MET, MET),
        ([MET, UNKNOWN], UNKNOWN, MET),
        ([MET, NOT_MET], NOT_MET, MET),
        ([UNKNOWN, NOT_MET], NOT_MET, UNKNOWN),
        ([NOT_MET, NOT_MET], NOT_MET, NOT_MET),
    ],
)
def test_unknown_is_neither_true_nor_false(given_verdicts, all_met, any_met):
    assert all_of(given_verdicts) is all_met
    assert any_of(given_verdicts) is any_met


@given(verdicts)
def test_not_all_is_any_not(given_verdicts):
    contraries = [negated(verdict) for verdict in given_verdicts]

    assert negated(all_of(given_verdicts)) is any_of(contraries)


@given(verdicts)
def test_the_order_of_conditions_does_not_count(given_verdicts):
    assert all_of(given_verdicts) is all_of(reversed(given_verdicts))
    assert any_of(given_verdicts) is any_of(reversed(given_verdicts))


def test_an_answer_nobody_has_is_unknown():
    assert [verdict_of(answer) for answer in (True, False, None)] == [MET, NOT_MET, UNKNOWN]
