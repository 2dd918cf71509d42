"""What is inferred of a supplier: by its code, held for so; by its name, which is no proof."""

import pytest

from essor.matching.activity import Basis
from essor.matching.inference import Published, activities_of
from essor.matching.naming import trades_said


def inferred(naf, *names, kinds=()):
    return activities_of(Published(naf, "Libellé", names, kinds), trades_said)


def test_a_code_of_mission_leaves_the_trade_to_the_name():
    by_name, unsaid = inferred("88.10C", "Blanchisserie du Parc")

    assert by_name.trades == ("96.01A", "96.01B")
    assert by_name.basis is Basis.NAMED
    assert by_name.because == "d’après son nom (« Blanchisserie »)"
    assert unsaid.trades == ()


def test_a_code_comes_before_what_the_name_says():
    by_code, by_name = inferred("47.59A", "Menuiserie Durand")

    assert (by_code.trades, by_code.basis) == (("47.59A",), Basis.INFERRED)
    assert "16.23Z" in by_name.trades
    assert by_name.basis is Basis.NAMED


@pytest.mark.parametrize("naf", ["56.10A", "68.20A", "90.01Z", "93.12Z"])
def test_an_inn_an_owner_a_stage_or_a_club_bears_the_name_of_what_stood_there(naf):
    (by_code,) = inferred(naf, "Brasserie Espace")

    assert by_code.trades == (naf,)


def test_the_name_of_a_status_is_no_guess():
    _, by_name = inferred("82.99Z", "GEIQ Industrie")

    assert "78.30Z" in by_name.trades
    assert by_name.basis is Basis.INFERRED
