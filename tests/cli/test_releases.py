import json

import pytest
from tests.release.fake_build import builder

from essor.cli.run import main
from essor.home import Home
from essor.release import store
from essor.release.building import build_release
from essor.warehouse.lock import exclusive


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ESSOR_HOME", str(tmp_path))
    return Home(tmp_path)


@pytest.fixture
def built(home):
    for rows in (1000, 2000, 3000):
        build_release(home, builder=builder(rows=rows))
    return home


def test_without_a_release_the_list_says_what_to_run(home, capsys):
    assert main(["releases"]) == 0

    assert "lancez « essor demo »" in capsys.readouterr().out


def test_the_list_shows_every_release_and_the_one_in_service(built, capsys):
    assert main(["releases"]) == 0

    _, first, *_, last = capsys.readouterr().out.splitlines()
    assert first.split()[0] == "1"
    assert last.split()[0] == "3"
    assert "54\u202f000" in last
    assert "en service" not in first
    assert last.rstrip().endswith("en service")


def test_the_list_is_written_as_json_for_programs(built, capsys):
    assert main(["releases", "--json"]) == 0

    lines = json.loads(capsys.readouterr().out)
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert [line["is_in_service"] for line in lines] == [False, False, True]
    assert lines[0]["rows"] == 18_000


def test_a_broken_release_is_listed_as_such(built, capsys):
    store.remove(store.folder_of(built, 2) / "tables")

    assert main(["releases"]) == 0

    assert capsys.readouterr().out.splitlines()[2].rstrip().endswith("abîmée")


def test_one_goes_back_to_a_release_by_its_number(built, capsys):
    assert main(["releases", "use", "1"]) == 0

    assert capsys.readouterr().out.startswith("Version 1 en service (construite le ")
    assert store.current(built) == 1


def test_going_back_to_nothing_is_an_error(built, capsys):
    assert main(["releases", "use", "9"]) == 6

    assert "La version 9 n’existe pas" in capsys.readouterr().err
    assert store.current(built) == 3


def test_old_releases_are_pruned_on_demand(built, capsys):
    assert main(["releases", "prune", "--keep", "1"]) == 0

    assert capsys.readouterr().out == "Versions supprimées : 1, 2.\n"
    assert store.numbers(built) == (3,)


def test_pruning_says_when_there_is_nothing_to_remove(built, capsys):
    assert main(["releases", "prune"]) == 0

    assert capsys.readouterr().out == "Aucune version à supprimer.\n"


@pytest.mark.parametrize("arguments", [["use", "1"], ["prune"]])
def test_a_change_under_a_build_is_refused_with_its_own_code(built, arguments, capsys):
    with exclusive(built, "une construction"):
        code = main(["releases", *arguments])

    assert code == 7
    assert "une construction" in capsys.readouterr().err
