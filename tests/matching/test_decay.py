"""Distance counts by trade, as the award data say."""

import pytest

from essor.matching.decay import decay_of, known_divisions

DISTANCES = (0, 1, 5, 20, 50, 100, 300, 800, 5_000)


@pytest.mark.parametrize("division", ["38.32Z", "43.32A", "26.11Z", "99.00Z", "calcin", ""])
def test_a_curve_starts_at_one_and_never_rises(division):
    curve = decay_of([division])

    shares = [curve.share(distance) for distance in DISTANCES]

    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] > 0


def test_public_works_are_local_and_electronics_are_not():
    works, electronics = decay_of(["43.32A"]), decay_of(["26.11Z"])

    assert works.reach_km(0.5) * 4 < electronics.reach_km(0.5)


def test_an_unknown_trade_has_the_curve_of_all_trades():
    assert decay_of(["99.00Z"]) == decay_of([])
    assert decay_of(["99.00Z", "38.32Z"]) == decay_of(["38.32Z"])


def test_every_curve_rests_on_enough_contracts():
    assert len(known_divisions()) > 20
    assert min(decay_of([division]).contracts for division in known_divisions()) >= 30
