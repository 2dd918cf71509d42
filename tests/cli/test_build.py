from dataclasses import replace

import pytest
from tests.release.fake_build import SOURCE, builder

from essor.cli.build import summary
from essor.cli.run import main
from essor.errors import SourceError
from essor.home import Home
from essor.observatory import publish
from essor.release import building, store
from essor.release.manifest import Manifest
from essor.release.opened import open_release
from essor.warehouse.lock import exclusive


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ESSOR_HOME", str(tmp_path))
    return Home(tmp_path)


@pytest.fixture
def served_by(monkeypatch):
    """Put a builder in the place of the one that reads the sources."""
    return lambda one: monkeypatch.setattr(publish, "builder", lambda *, has_index, also: one)


def built(home) -> Manifest:
    building.build_release(home, builder=builder(rows=3))
    return open_release(home).manifest


def test_a_build_says_what_it_made(home, served_by, capsys):
    served_by(builder(rows=1000))

    assert main(["build"]) == 0

    said = capsys.readouterr()
    first, second = said.out.splitlines()
    assert first.startswith("Version 1 construite en ")
    assert first.endswith(" s et mise en service : 18 tables, 18\u202f000 lignes.")
    assert second.startswith("Anomalies : 499\u202f500 lignes, 1\u202f000 valeurs différentes")
    assert said.err == ""
    assert store.current(home) == 1


def test_the_engine_and_the_number_of_releases_to_keep_are_options(home, served_by):
    engines = []

    def noting(home, folder, engine, progress):
        engines.append(engine)
        return builder()(home, folder, engine, progress)

    served_by(noting)

    for _ in range(3):
        main(["build", "--engine", "spark", "--keep", "1"])

    assert engines == ["spark"] * 3
    assert store.numbers(home) == (3,)


@pytest.mark.parametrize(("options", "has_index"), [([], True), (["--no-index"], False)])
def test_the_search_index_may_be_left_out(home, monkeypatch, options, has_index):
    asked = []

    def noting(*, has_index, also):
        asked.append(has_index)
        return builder()

    monkeypatch.setattr(publish, "builder", noting)

    assert main(["build", *options]) == 0

    assert asked == [has_index]


def test_a_failed_build_is_one_line_and_the_code_of_its_error(home, served_by, capsys):
    def failing(*_):
        raise SourceError("Le fichier est tronqué.")

    served_by(failing)

    assert main(["build"]) == 3

    assert capsys.readouterr() == ("", "Erreur : Le fichier est tronqué.\n")
    assert store.numbers(home) == ()


def test_a_build_beside_another_is_refused_with_its_own_code(home, capsys):
    with exclusive(home, "une synchronisation"):
        code = main(["build"])

    assert code == 7
    assert "une synchronisation" in capsys.readouterr().err


def test_without_downloads_the_missing_source_is_said(home, capsys):
    assert main(["build"]) == 3

    assert "essor sync" in capsys.readouterr().err
    assert store.numbers(home) == ()


def test_absent_sources_are_named(home):
    manifest = replace(
        built(home), sources=(SOURCE, replace(SOURCE, name="esat", is_present=False))
    )

    assert "Sources absentes (1) : esat." in list(summary(home, manifest, seconds=1.0))


def test_invented_rows_are_said(home):
    manifest = replace(built(home), is_fictional=True)

    assert list(summary(home, manifest, seconds=1.0))[-1].startswith("Données fictives")


def test_seconds_are_written_the_french_way(home):
    assert "en 12,3 s" in next(summary(home, built(home), seconds=12.34))
