"""`essor needs` ranks, for one organisation, the needs that were recorded."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.matching.made_up import DAY, METZ, need
from tests.matching.register import registered

from essor.cli.run import _loaded
from essor.errors import InvalidRequestError
from essor.matching.need import Wanted
from essor.matching.record import write


@dataclass
class OneRelease:
    """A release whose register is that of the tests of matching."""

    def open(self, _home, _number=None):
        manifest = SimpleNamespace(number=4)
        return SimpleNamespace(manifest=manifest, folder=Path("absent"), connect=registered)


@pytest.fixture(autouse=True)
def release(monkeypatch, essor_home):
    monkeypatch.setattr("essor.release.opened.open_release", OneRelease().open)
    monkeypatch.setattr("essor.matching.naming.trades_said", lambda name: ())
    return essor_home


def needs(capsys, *arguments):
    _loaded("needs").main(list(arguments), prog_name="needs", standalone_mode=False)
    return capsys.readouterr().out


def test_without_any_recorded_need_what_to_do_is_said(capsys):
    assert "posez-en un avec « essor match »" in needs(capsys, "000000001")


def test_the_needs_that_suit_are_shown_with_their_reasons(release, capsys):
    write(release, need(text="Trier du verre", place=METZ), (), 4, DAY)
    write(release, need(text="Écrire un logiciel", trades=(Wanted("62.01Z"),)), (), 4, DAY)

    shown = needs(capsys, "000000001")

    assert "Besoin 1 : Trier du verre" in shown
    assert "métier : Exerce le métier demandé, 38.32Z" in shown
    assert "Écrire un logiciel" not in shown
    assert "Besoins qui conviennent à TRI DE METZ : 1 ; autres : 1." in shown


def test_a_need_asked_twice_is_shown_once(release, capsys):
    write(release, need(text="Trier du verre", place=METZ), (), 4, DAY)
    write(release, need(text="Trier du verre", place=METZ), (), 4, DAY)

    shown = needs(capsys, "000000001")

    assert shown.count("Trier du verre") == 1
    assert "Besoin 2 :" in shown


def test_a_need_whose_deadline_is_passed_suits_nobody(release, capsys):
    write(release, need(text="Trier du verre", deadline=date(2001, 1, 1)), (), 4, DAY)

    assert "Aucun besoin n’est enregistré" in needs(capsys, "000000001")


def test_an_organisation_that_is_not_there_is_refused(capsys):
    with pytest.raises(InvalidRequestError, match="n’est pas dans la version ouverte"):
        needs(capsys, "732829320")
