"""An answer says when nobody is known for the trade that is wanted."""

import pytest
from tests.matching.made_up import DAY, METZ, activity, need, supplier

from essor.matching.answer import answered
from essor.matching.need import Wanted
from essor.matching.suppliers import Candidates

UNSAID = activity(trades=(), label="Aide par le travail", because="le code dit une mission")
SORTS = activity("38.32Z")


def asked(*suppliers, trades=("38.32Z",)):
    wanted = tuple(Wanted(code) for code in trades)
    return answered(need(trades=wanted), Candidates(suppliers, is_cut=False), DAY, 1)


@pytest.mark.parametrize(
    ("activities", "is_nobodys"),
    [([UNSAID], True), ([SORTS], False), ([UNSAID, SORTS], False), ([], False)],
)
def test_a_trade_is_nobodys_when_all_that_answer_say_none(activities, is_nobodys):
    met = [supplier(rank, METZ, each) for rank, each in enumerate(activities)]

    assert asked(*met).is_trade_nobodys is is_nobodys


def test_a_need_of_no_trade_misses_none():
    assert not asked(supplier(), trades=()).is_trade_nobodys
