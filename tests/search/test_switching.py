"""Releases built, spoilt, switched and searched by real processes, as the commands do it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.small_mirror import PLACES, UNITS, place, siren, siret, unit, write_mirror

from essor.cli.run import main
from essor.home import Home
from essor.release import store
from essor.search.build import FOLDER

SERVING = Path(__file__).parent / "serving.py"
SWITCHING = """
from essor.home import home
from essor.release.upkeep import use
for rank in range(40):
    use(home(), 2 - rank % 2)
use(home(), 1)
"""
NAMES = ("MENUISERIE DURAND", "MENUISERIE DUPONT", "BLANCHISSERIE DU VAL")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A home with release 1, of two organisations, and release 2, in service, of three."""
    root = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSOR_HOME", str(root / "home"))
        for rank, names in enumerate((NAMES[:2], NAMES)):
            synchronised(root / str(rank), names)
            assert main(["build"]) == 0
    return root / "home"


@pytest.fixture
def home(built, essor_home):
    shutil.copytree(built, essor_home.root, symlinks=True)
    return essor_home


def synchronised(folder, names):
    units = [unit(siren(rank), denomination=name) for rank, name in enumerate(names)]
    places = [place(siren(rank)) for rank, _ in enumerate(names)]
    mirror = write_mirror(folder, **{UNITS: units, PLACES: places})
    assert main(["sync", "--from", str(mirror)]) == 0


def spoilt(home: Home, name: str) -> Path:
    """Return the file of the index in service, made writable."""
    path = store.folder_of(home, 2) / FOLDER / name
    for each in (path.parent, path):
        each.chmod(0o755)
    return path


def searched(capsys, text):
    status = main(["search", text])
    told = capsys.readouterr()
    return status, told.out + told.err


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("index.json", lambda text: text[: len(text) // 2]),
        ("index.json", lambda text: re.sub(rb'"version": \d+', b'"version": 0', text)),
        (
            "index.json",
            lambda text: re.sub(rb'"fingerprint": "....', b'"fingerprint": "0000', text),
        ),
        ("organisation/columns.json", lambda _: b""),
    ],
)
def test_an_index_that_cannot_serve_is_refused_with_the_command_to_run(home, capsys, name, written):
    path = spoilt(home, name)
    path.write_bytes(written(path.read_bytes()))

    status, told = searched(capsys, "menuiserie")

    assert status != 0
    assert told.count("Erreur : ") == 1
    assert "essor build" in told


def test_the_command_that_a_refusal_names_builds_an_index_that_answers(home, capsys):
    assert main(["build", "--no-index"]) == 0
    status, told = searched(capsys, "menuiserie")
    assert status != 0
    assert "n’a pas d’index de recherche" in told
    assert "lancez `essor build`" in told

    assert main(["build"]) == 0

    status, told = searched(capsys, "menuiserie")
    assert status == 0
    assert "MENUISERIE DURAND" in told


def test_two_processes_search_without_a_fault_while_a_third_switches_releases(home):
    readers = [reading() for _ in range(2)]
    before = [asked(reader, "menuiserie") for reader in readers]

    switching = subprocess.Popen((sys.executable, "-c", SWITCHING), stdout=subprocess.PIPE)
    during = []
    while switching.poll() is None:
        during += [asked(reader, "") for reader in readers]
    after = [asked(reader, "") for reader in readers]

    for process in (*readers, switching):
        process.communicate()
    assert switching.returncode == 0
    assert before == ["2 2", "2 2"]
    assert set(during) == {"1 2", "2 3"}
    assert after == ["1 2", "1 2"]


def test_a_number_that_is_another_s_by_one_digit_is_proposed(home, capsys):
    wrong = siren(0)[:-1] + str((int(siren(0)[-1]) + 1) % 10)

    status, told = searched(capsys, wrong)

    assert status == 0
    assert "clé de contrôle fausse" in told
    assert siren(0) in told


def test_a_number_of_the_register_is_answered_first(home, capsys):
    main(["search", siret(siren(1)), "--json"])

    hits = json.loads(capsys.readouterr().out.partition("{")[2].join(("{", "")))["hits"]
    assert hits[0]["document"]["siren"] == siren(1)


def reading():
    return subprocess.Popen(
        (sys.executable, str(SERVING)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


def asked(reader, text):
    reader.stdin.write(f"{text}\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()
