import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.search.small_register import ROWS, register

from essor.errors import NoReleaseError
from essor.search.build import build_index, discard, read_identity
from essor.search.index import open_index
from essor.search.query import Query

READER = Path(__file__).parent / "reading.py"


def copied(folder, target):
    shutil.copytree(folder / "search", target / "search")
    for path in (target / "search").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return target


def test_an_index_says_what_it_holds(folder):
    identity = read_identity(folder)

    assert identity.documents == {"organisation": 9, "establishment": 9}
    assert identity.labels["departement:57"] == "Moselle"


def test_a_release_without_an_index_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(NoReleaseError, match="lancez `essor build`"):
        open_index(tmp_path)


def test_an_index_half_written_is_refused(folder, tmp_path):
    half = copied(folder, tmp_path)
    (half / "search" / "index.json").unlink()

    with pytest.raises(NoReleaseError, match="incomplet"):
        open_index(half)


@pytest.mark.parametrize("lost", ["activities.npy", "organisation/columns.json", "organisation"])
def test_an_index_that_lost_a_file_is_refused(folder, tmp_path, lost):
    spoilt = copied(folder, tmp_path)
    path = spoilt / "search" / lost
    discard(path) if path.is_dir() else path.unlink()

    with pytest.raises(NoReleaseError, match="abîmé"):
        open_index(spoilt)


def test_an_index_of_another_release_is_refused(folder, tmp_path):
    other = copied(folder, tmp_path)
    (other / "tables").mkdir()
    register().table("naf").write_parquet(str(other / "tables" / "naf.parquet"))

    with pytest.raises(NoReleaseError, match="autre version du registre"):
        open_index(other)


def test_an_index_of_another_format_is_refused(folder, tmp_path):
    old = copied(folder, tmp_path)
    path = old / "search" / "index.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"version": 0}))

    with pytest.raises(NoReleaseError, match="autre version d’Essor"):
        open_index(old)


def test_building_again_replaces_what_a_killed_build_left(folder, tmp_path):
    half = copied(folder, tmp_path)
    (half / ".search-building").mkdir()
    (half / ".search-building" / "leftover").touch()

    build_index(half, register(ROWS[:2], statuses=[]))

    assert open_index(half).search(Query()).total == 2
    assert [path.name for path in half.iterdir()] == ["search"]


def test_every_file_of_an_index_is_read_only(folder):
    files = [path for path in (folder / "search").rglob("*") if path.is_file()]

    assert {path.stat().st_mode & 0o777 for path in files} == {0o444}


def test_two_processes_go_on_reading_a_sealed_index_while_another_takes_its_place(folder, tmp_path):
    old = copied(folder, tmp_path)
    for path in (old / "search").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    readers = [_reader(old) for _ in range(2)]
    before = [_read(reader) for reader in readers]
    (old / "search").rename(tmp_path / "retired")

    build_index(old, register(ROWS[:2], statuses=[]))

    during = [_ask(reader, "") for reader in readers]
    discard(tmp_path / "retired")
    after = [_ask(reader, "durand") for reader in readers]
    for reader in readers:
        reader.communicate()
    assert before == during == ["8", "8"]
    assert after == ["3", "3"]
    assert open_index(old).search(Query()).total == 2


def test_opening_an_index_leaves_nothing_in_its_folder(folder):
    before = sorted((folder / "search").rglob("*"))

    open_index(folder).search(Query("menuiserie"))

    assert sorted((folder / "search").rglob("*")) == before


def _reader(folder):
    command = (sys.executable, str(READER), str(folder))
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(reader, text):
    reader.stdin.write(f"{text}\n")
    reader.stdin.flush()
    return _read(reader)


def _read(reader):
    return reader.stdout.readline().strip()
