"""`essor demo`: one command from nothing to the key figures, and never over real data."""

from pathlib import Path

from essor.cli.demo import NEXT, is_in_service
from essor.cli.run import COMMANDS, main
from essor.demonstration import folder
from essor.release.store import numbers
from essor.sources.catalogue import SOURCES
from essor.warehouse.sync import sync


def test_the_demonstration_prints_the_figures_of_the_study(essor_home, capsys):
    status = main(["demo", "--no-serve"])

    printed = capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")
    assert status == 0
    assert "1 367" in printed
    assert "177 800" in printed
    assert "FICTIVES" in printed
    assert "essor figures --territory" in printed
    assert is_in_service(essor_home, folder())

    main(["demo", "--no-serve"])

    assert "déjà en service" in capsys.readouterr().out
    assert numbers(essor_home) == (1,)


def test_the_demonstration_ends_by_serving_its_site(essor_home, monkeypatch, capsys):
    assert main(["demo", "--no-serve"]) == 0
    monkeypatch.delenv("DATABASE_URL", raising=False)
    steps = []
    monkeypatch.setattr("essor.cli.serve.prepare", lambda **asked: steps.append(asked))
    monkeypatch.setattr("essor.cli.serve.run", lambda: steps.append(numbers(essor_home)))

    status = main(["demo"])

    assert status == 0
    assert steps == [{"migrates": True}, (1,)]
    assert "1 367" in capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_demonstration_changes_no_database_that_was_there_before_it(demonstration, monkeypatch):
    monkeypatch.setenv("ESSOR_HOME", str(demonstration.root))
    monkeypatch.setenv("DATABASE_URL", "postgres://essor@localhost/essor")
    steps = []
    monkeypatch.setattr("essor.cli.serve.prepare", lambda **asked: steps.append(asked))
    monkeypatch.setattr("essor.cli.serve.run", lambda: None)

    assert main(["demo"]) == 0
    assert steps == [{"migrates": False}]


def test_nothing_is_in_service_in_an_empty_home(essor_home):
    assert not is_in_service(essor_home, folder())


def test_real_data_are_not_replaced(essor_home, tmp_path, capsys):
    units = tmp_path / "mirror/sirene/StockUniteLegale_utf8.csv"
    units.parent.mkdir(parents=True)
    units.write_text(REAL_UNITS, "utf-8")
    only = [source for source in SOURCES if source.name == "sirene_unites_legales"]
    sync(only, essor_home, from_dir=tmp_path / "mirror")

    status = main(["demo", "--no-serve"])

    assert status == 2
    assert "données réelles" in capsys.readouterr().err
    assert kept(essor_home.downloads) == REAL_UNITS


REAL_UNITS = """\
siren,statutDiffusionUniteLegale,dateCreationUniteLegale,trancheEffectifsUniteLegale,\
etatAdministratifUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale,\
activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,\
economieSocialeSolidaireUniteLegale
552100554,O,1955-01-01,12,A,SOCIETE EXEMPLE,5599,29.10Z,NAFRev2,25,N
"""


def kept(downloads: Path) -> str:
    (file,) = downloads.glob("sirene_unites_legales/*.csv")
    return file.read_text("utf-8")


def test_the_commands_that_the_demonstration_suggests_exist():
    suggested = {command.split()[1] for command in NEXT}

    assert suggested <= set(COMMANDS)
