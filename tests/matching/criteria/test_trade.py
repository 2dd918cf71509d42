"""The trade: exact, or a neighbour in the tree of activities."""

import pytest
from tests.matching.made_up import DAY, activity, need, supplier

from essor.matching.activity import Basis
from essor.matching.criteria.trade import closeness, judge
from essor.matching.finding import Met, Refused, Unpublished
from essor.matching.need import Wanted


@pytest.mark.parametrize(
    ("wanted", "code", "near"),
    [
        ("38.32Z", "38.32Z", 1.0),
        ("32.12Z", "32.12A", 0.8),
        ("38.32Z", "38.31Z", 0.6),
        ("38.32Z", "38.11Z", 0.3),
        ("38.32Z", "39.00Z", 0.0),
        ("38", "38.32Z", 1.0),
        ("calcin", "calcin", 1.0),
        ("calcin", "38.32Z", 0.0),
        ("s1", "s2", 0.0),
    ],
)
def test_trades_are_near_by_the_tree_of_the_naf(wanted, code, near):
    assert closeness(wanted, code) == near
    assert closeness(code, wanted) == near


def test_another_trade_is_refused():
    (found,) = judge(need(), supplier(), activity("62.01Z", label="Logiciel"), DAY)

    assert found == Refused("Son métier (Logiciel) n’est pas de ceux qui répondent au besoin.")


def test_the_best_of_the_trades_wanted_counts():
    wanted = need(trades=(Wanted("25.62B", 1.0), Wanted("38.32Z", 0.7, "tri")))

    (found,) = judge(wanted, supplier(), activity("38.32Z"), DAY)

    assert isinstance(found, Met)
    assert found.share == 0.7
    assert "tri" in found.because


def test_a_trade_that_nobody_published_is_unknown_and_not_another_one():
    unsaid = activity(trades=(), because="le code 88.10C dit une mission")

    (found,) = judge(need(), supplier(), unsaid, DAY)

    assert isinstance(found, Unpublished)
    assert found.is_hard
    assert "88.10C" in found.what


def test_a_trade_that_a_name_alone_says_is_worth_half_and_is_not_certain():
    named = activity("38.32Z", basis=Basis.NAMED, because="d’après son nom (« tri »)")

    met, unsure = judge(need(), supplier(), named, DAY)

    assert isinstance(met, Met)
    assert met.share == 0.5
    assert met.because.startswith("Exercerait le métier demandé, 38.32Z")
    assert "d’après son nom (« tri »)" in met.because
    assert isinstance(unsure, Unpublished)
    assert unsure.is_hard
    assert "n’est pas une preuve" in unsure.what


def test_a_trade_that_a_name_alone_says_must_be_near():
    named = activity("38.11Z", basis=Basis.NAMED)
    wanted = need(trades=(Wanted("38.32Z", 0.9),))

    (found,) = judge(wanted, supplier(), named, DAY)

    assert isinstance(found, Refused)
