"""What organisations declare is laid over what was inferred, and makes candidates of them."""

import pytest
from tests.matching.made_up import DAY, LYON, METZ, NATIONWIDE, activity, need, supplier, within
from tests.matching.register import registered

from essor.matching.activity import Basis
from essor.matching.answer import answered
from essor.matching.declared import declaring, overlaid, suppliers_declaring
from essor.matching.need import Wanted
from essor.matching.suppliers import Candidates

TOLD = "déclaré par l’organisation le 23 novembre 2026"
SEWING = activity("14.12Z", label="Couture", reach=NATIONWIDE, because=TOLD)
INFERRED = activity("14.12Z", basis=Basis.INFERRED, because="d’après son code d’activité")
UNSAID = activity(trades=(), basis=Basis.INFERRED, because="le code dit une mission")
OTHER = activity("38.32Z", basis=Basis.INFERRED, because="d’après son nom")
WANTED = (Wanted("14.12Z"),)


def test_what_is_declared_takes_the_place_of_the_same_trade_and_of_silence():
    found = declaring(supplier(1, METZ, INFERRED, UNSAID, OTHER), (SEWING,))

    assert found.activities == (SEWING, OTHER)


def test_whoever_declares_the_trade_wanted_becomes_a_candidate_and_the_reason_says_it():
    asked = need(trades=WANTED)
    hidden = declaring(supplier(7, LYON, UNSAID), (SEWING,))

    read = overlaid(Candidates((), is_cut=False), asked, [hidden])
    (match,) = answered(asked, read, DAY, 1).matches

    assert match.activity == SEWING
    assert any(TOLD in reason.because for reason in match.reasons)
    assert match.score == sum(reason.points for reason in match.reasons)


def test_whoever_declares_another_trade_does_not():
    stranger = declaring(supplier(7, LYON, UNSAID), (activity("49.41A"),))

    read = overlaid(Candidates((), is_cut=True), need(trades=WANTED), [stranger])

    assert read == Candidates((), is_cut=True)


def test_a_candidate_read_already_is_judged_once_on_what_it_declares():
    read = Candidates((supplier(1, METZ, INFERRED), supplier(2, METZ, OTHER)), is_cut=False)

    found = overlaid(read, need(), [declaring(read.suppliers[0], (SEWING,))])

    assert [each.siren for each in found.suppliers] == ["000000001", "000000002"]
    assert found.suppliers[0].activities == (SEWING,)


def test_a_declared_reach_refuses_what_it_does_not_serve():
    near = declaring(supplier(1, METZ), (activity("14.12Z", reach=within(10)),))
    asked = need(trades=WANTED, place=LYON)

    found = answered(asked, overlaid(Candidates((), is_cut=False), asked, [near]), DAY, 1)

    assert found.matches == ()
    assert found.judged == 1


@pytest.mark.parametrize("declared", [{}, {"99999999999999": (SEWING,)}])
def test_nobody_declares_who_is_not_in_the_register(declared):
    with registered() as connection:
        assert suppliers_declaring(connection, declared, lambda _: ()) == ()


def test_an_open_establishment_of_the_register_declares():
    with registered() as connection:
        siret = connection.execute(
            "SELECT siret FROM establishments WHERE name = 'ESAT DE METZ'"
            " OR siren IN (SELECT siren FROM organisations WHERE name = 'ESAT DE METZ')"
        ).fetchone()[0]
        (found,) = suppliers_declaring(connection, {siret: (SEWING,)}, lambda _: ())

    assert found.siret == siret
    assert found.activities[0] == SEWING
