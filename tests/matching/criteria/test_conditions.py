"""The other criteria: each meets, refuses with its reason, or says what nobody published."""

from datetime import date

import pytest
from tests.matching.made_up import DAY, activity, need, status, supplier, tonnes

from essor.language.presence import Presence
from essor.language.quantities import Quantity
from essor.matching.activity import Basis
from essor.matching.criteria import amount, capacity, deadline, presence, reserved, statuses
from essor.matching.finding import Met, Refused, Unpublished
from essor.matching.reservation import Reserved


def judged(criterion, wanted, offered=None, **facts):
    offered = offered or activity()
    return criterion.judge(wanted, supplier(1, None, offered, **facts), offered, DAY)


@pytest.mark.parametrize("criterion", [amount, capacity, deadline, presence, reserved, statuses])
def test_what_is_not_asked_finds_nothing(criterion):
    assert judged(criterion, need()) == ()


@pytest.mark.parametrize(
    ("offered", "share"),
    [(tonnes(900), 1.0), (tonnes(300), 0.5), (tonnes(50, "mois"), 1.0)],
)
def test_a_capacity_covers_a_part_of_the_quantity(offered, share):
    (found,) = judged(capacity, need(quantity=tonnes(600)), activity(capacity=(offered,)))

    assert found.share == share


def test_a_capacity_in_another_unit_tells_nothing():
    pieces = Quantity(9_000, "piece", "an", "9 000 pièces/an")

    (found,) = judged(capacity, need(quantity=tonnes(600)), activity(capacity=(pieces,)))

    assert isinstance(found, Unpublished)
    assert "autre unité" in found.what


def test_a_capacity_that_nobody_published_is_unknown():
    (found,) = judged(capacity, need(quantity=tonnes(600)))

    assert isinstance(found, Unpublished)
    assert not found.is_hard


def test_a_declared_form_refuses_and_an_inferred_one_does_not():
    wanted = need(presence=(Presence.MISE_A_DISPOSITION,))
    making = {"presence": (Presence.FABRICATION,)}

    (declared,) = judged(presence, wanted, activity(**making))
    (inferred,) = judged(presence, wanted, activity(**making, basis=Basis.INFERRED))

    assert isinstance(declared, Refused)
    assert isinstance(inferred, Unpublished)


def test_an_esat_may_have_a_contract_reserved_to_disability():
    (found,) = judged(reserved, need(reserved_under=Reserved.HANDICAP), statuses=(status("esat"),))

    assert isinstance(found, Met)
    assert found.share == 1.0
    assert "L2113-12" in found.because


def test_an_ordinary_firm_may_not_and_the_article_says_so():
    (found,) = judged(reserved, need(reserved_under=Reserved.HANDICAP), ess_family="cooperative")

    assert isinstance(found, Refused)
    assert "L2113-12" in found.citation


def test_where_the_list_is_missing_not_being_listed_proves_nothing():
    found = judged(
        reserved, need(reserved_under=Reserved.HANDICAP), kinds_without_list=("ea", "eatt")
    )

    assert isinstance(found[-1], Unpublished)
    assert found[-1].is_hard


def test_a_status_is_held_refused_or_too_old_to_tell():
    wanted = need(statuses=("aci", "ei"))

    (held,) = judged(statuses, wanted, statuses=(status("ei"),))
    (absent,) = judged(statuses, wanted)
    (old,) = judged(statuses, wanted, statuses=(status("ei", date(2020, 12, 18)),))
    (unlisted,) = judged(statuses, wanted, kinds_without_list=("ei",))

    assert isinstance(held, Met)
    assert isinstance(absent, Refused)
    assert isinstance(old, Unpublished)
    assert "18/12/2020" in old.what
    assert isinstance(unlisted, Unpublished)


def test_every_certificate_is_needed_and_what_was_never_said_is_unknown():
    wanted = need(certificates=("ISO 9001", "Qualipref"))

    (held,) = judged(statuses, wanted, activity(certificates=("iso 9001", "QUALIPREF")))
    (missing,) = judged(statuses, wanted, activity(certificates=("ISO 9001",)))
    (unsaid,) = judged(statuses, wanted)

    assert isinstance(held, Met)
    assert missing == Refused("Ne déclare pas Qualipref parmi ses certificats.")
    assert isinstance(unsaid, Unpublished)


@pytest.mark.parametrize(("turnover", "share"), [(300_000, 1.0), (150_000, 1.0), (75_000, 0.5)])
def test_a_turnover_is_held_against_the_most_a_buyer_may_require(turnover, share):
    (found,) = judged(amount, need(amount_eur=100_000.0), turnover_eur=turnover)

    assert found.share == share
    assert "R2142-7" in found.because


def test_before_2026_a_buyer_could_require_twice_the_value():
    wanted, firm = need(amount_eur=100_000.0), supplier(turnover_eur=150_000)

    (found,) = amount.judge(wanted, firm, activity(), date(2025, 6, 1))

    assert isinstance(found, Met)
    assert found.share == 0.75


def test_who_is_free_after_the_deadline_is_refused():
    wanted = need(deadline=date(2027, 3, 1))

    (late,) = judged(deadline, wanted, activity(available_from=date(2027, 4, 1)))
    (ready,) = judged(deadline, wanted, activity(available_from=date(2027, 1, 1)))
    (unsaid,) = judged(deadline, wanted)

    assert isinstance(late, Refused)
    assert isinstance(ready, Met)
    assert isinstance(unsaid, Unpublished)
