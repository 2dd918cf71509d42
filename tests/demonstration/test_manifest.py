"""The manifest describes the mirror exactly, and the package stays small."""

import hashlib
import json

import pytest

from essor.demonstration import folder
from essor.sources.catalogue import SOURCES

MANIFEST = json.loads((folder() / "manifest.json").read_text("utf-8"))["fichiers"]


@pytest.mark.parametrize("listed", MANIFEST, ids=lambda listed: listed["path"])
def test_a_file_is_as_the_manifest_says(listed):
    content = (folder() / listed["path"]).read_bytes()

    assert len(content) == listed["bytes"]
    assert hashlib.sha256(content).hexdigest() == listed["sha256"]
    assert listed["rows"] > 0
    assert listed["date"] <= "2026-01-01"
    assert listed["licence"]


def test_the_manifest_lists_every_file():
    there = {
        path.relative_to(folder()).as_posix() for path in folder().rglob("*") if path.is_file()
    }

    assert there - {"manifest.json"} == {listed["path"] for listed in MANIFEST}


def test_every_file_is_that_of_a_source():
    names = {name for source in SOURCES for name in source.files}

    assert {listed["path"] for listed in MANIFEST} <= names


def test_fictional_files_are_dated_and_licensed_as_such():
    fictional = [listed for listed in MANIFEST if listed["path"].startswith(("sirene/", "ess/"))]

    assert {listed["date"] for listed in fictional} == {"2024-07-01"}
    assert all("fictives" in listed["licence"] for listed in fictional)


def test_the_mirror_weighs_less_than_12_megabytes():
    total = sum(path.stat().st_size for path in folder().rglob("*") if path.is_file())

    assert total < 12_000_000
