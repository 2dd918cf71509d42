"""`essor sync`, as a person runs it."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.loopback import publishing
from tests.warehouse.shelves import SIAE, at, held, rows, write

from essor.cli.run import main
from essor.cli.sync import chosen
from essor.errors import BusyError, DownloadError, InvalidRequestError, SourceError
from essor.warehouse.lock import exclusive

GEIQ = replace(SIAE, name="geiq", files=("inclusion/geiq_2019.csv",))


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch):
    def publish(*sources):
        monkeypatch.setitem(
            __import__("sys").modules, "essor.sources.catalogue", SimpleNamespace(SOURCES=sources)
        )

    publish(SIAE, GEIQ)
    return publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for source in (SIAE, GEIQ):
        write(tmp_path / "mirror" / source.files[0], rows(1234))
    return tmp_path / "mirror"


def test_a_mirror_is_synchronised_and_told_as_a_table(essor_home, folder, capsys):
    status = main(["sync", "--from", str(folder)])

    said = capsys.readouterr()
    assert status == 0
    assert re.search(r"siae +nouvelle +1\u202f234 +31/12/2020 +", said.out)
    assert re.search(r"geiq +nouvelle +1\u202f234 +31/12/2019 +", said.out)
    assert said.err == ""
    assert held(essor_home) == rows(1234)


def test_a_file_that_nothing_dates_is_told_by_the_day_it_was_retrieved(
    essor_home, catalogue, tmp_path, capsys
):
    undated = replace(SIAE, files=("inclusion/siae.csv",))
    catalogue(undated)
    write(tmp_path / "mirror" / "inclusion" / "siae.csv", rows(3))

    main(["sync", "--from", str(tmp_path / "mirror")])

    assert re.search(r"siae +nouvelle +3 +récupéré le \d\d/\d\d/\d{4} ", capsys.readouterr().out)


def test_only_the_named_sources_are_synchronised(essor_home, folder, capsys):
    status = main(["sync", "--from", str(folder), "--only", "geiq"])

    assert status == 0
    assert "siae" not in capsys.readouterr().out
    assert [path.name for path in essor_home.downloads.iterdir()] == ["geiq"]


def test_an_unknown_source_is_refused_with_those_near_it(essor_home, capsys):
    status = main(["sync", "--only", "siea"])

    assert status == InvalidRequestError.exit_code
    assert "vouliez-vous dire « siae »" in capsys.readouterr().err


def test_a_name_like_no_other_sends_to_the_list():
    with pytest.raises(InvalidRequestError, match="« essor sources »"):
        chosen([SIAE, GEIQ], ["zzz"])


def test_a_source_without_an_address_is_no_failure(essor_home, capsys):
    status = main(["sync"])

    said = capsys.readouterr().out
    assert status == 0
    assert f"à télécharger à la main depuis {SIAE.page}" in said


def test_a_failed_source_gives_its_exit_code_and_the_others_are_done(
    essor_home, folder, catalogue, capsys
):
    with publishing(folder) as publisher:
        gone = at(publisher.address("disparu.csv"))
        catalogue(gone, at(publisher.address(GEIQ.files[0]), GEIQ))

        status = main(["sync"])

    said = capsys.readouterr()
    assert status == DownloadError.exit_code
    assert "n’est plus à son adresse" in said.err
    assert re.search(r"siae +en échec", said.out)
    assert re.search(r"geiq +nouvelle", said.out)


def test_a_loss_is_refused_until_it_is_accepted(essor_home, folder, capsys):
    main(["sync", "--from", str(folder)])
    write(folder / SIAE.files[0], rows(5))

    refused = main(["sync", "--from", str(folder)])
    accepted = main(["sync", "--from", str(folder), "--only", "siae", "--accept-loss"])

    assert refused == SourceError.exit_code
    assert "--only siae --accept-loss" in capsys.readouterr().err
    assert accepted == 0
    assert held(essor_home) == rows(5)


def test_a_folder_that_is_not_a_mirror_is_refused(essor_home, tmp_path, capsys):
    status = main(["sync", "--from", str(tmp_path / "rien")])

    assert status == SourceError.exit_code
    assert "n’existe pas" in capsys.readouterr().err


def test_a_synchronisation_does_not_start_while_another_runs(essor_home, folder, capsys):
    with exclusive(essor_home, "une construction"):
        status = main(["sync", "--from", str(folder)])

    assert status == BusyError.exit_code
    assert "une construction" in capsys.readouterr().err


def test_the_help_is_in_french(capsys):
    status = main(["sync", "--help"])

    said = capsys.readouterr().out
    assert status == 0
    assert "Récupérer les fichiers des producteurs" in said
    assert "--accept-loss" in said
