"""Mirrors: folders of the publishers' files."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.warehouse.shelves import SIAE, rows, write

from essor.errors import SourceError
from essor.home import Home
from essor.warehouse.downloads import open_shelf, shelf_of
from essor.warehouse.mirror import copy, open_mirror, verify

CONTENT = rows(10)


def listed(folder: Path, **promises: object) -> None:
    write(folder / "manifest.json", json.dumps({"fichiers": [promises]}).encode())


def test_a_file_is_found_in_its_place_under_its_first_name(tmp_path: Path):
    write(tmp_path / "inclusion" / "siae_2019.csv", CONTENT)
    first = write(tmp_path / "inclusion" / "siae_2020.csv", CONTENT)

    found = open_mirror(tmp_path, [SIAE]).find(SIAE)

    assert found == first


def test_a_file_laid_at_the_root_is_found_too(tmp_path: Path):
    laid = write(tmp_path / "siae_2019.csv", CONTENT)

    found = open_mirror(tmp_path, [SIAE]).find(SIAE)

    assert found == laid


def test_a_source_without_its_file_is_not_found(tmp_path: Path):
    write(tmp_path / "siae_2019.csv", CONTENT)
    other = replace(SIAE, name="geiq", files=("inclusion/geiq_2019.csv",))

    found = open_mirror(tmp_path, [SIAE, other]).find(other)

    assert found is None


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(SourceError, match="n’existe pas"):
        open_mirror(tmp_path / "rien", [SIAE])


def test_a_folder_without_any_known_file_is_refused(tmp_path: Path):
    write(tmp_path / "vacances.jpg", b"JFIF")

    with pytest.raises(SourceError, match="aucun fichier connu"):
        open_mirror(tmp_path, [SIAE])


def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path):
    write(tmp_path / "siae_2020.csv", CONTENT)
    write(tmp_path / "manifest.json", b"{")

    with pytest.raises(SourceError, match=r"manifest\.json.*illisible"):
        open_mirror(tmp_path, [SIAE])


def test_a_copy_has_the_fingerprint_of_what_was_copied(tmp_path: Path):
    file = write(tmp_path / "mirror" / "siae_2020.csv", CONTENT)
    shelf = shelf_of(Home(tmp_path), "siae")
    open_shelf(shelf)
    told: list[tuple[int, int | None]] = []

    sha256 = copy(file, shelf, lambda done, total: told.append((done, total)))

    assert sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert shelf.part.read_bytes() == CONTENT
    assert told == [(len(CONTENT), len(CONTENT))]


@pytest.mark.parametrize(
    ("promises", "why"), [({"bytes": 3}, "3 du manifeste"), ({"sha256": "ab" * 32}, "empreinte")]
)
def test_a_file_that_is_not_the_listed_one_is_refused(tmp_path: Path, promises, why):
    file = write(tmp_path / "siae_2020.csv", CONTENT)
    listed(tmp_path, path="siae_2020.csv", **promises)

    with pytest.raises(SourceError, match=why):
        verify(open_mirror(tmp_path, [SIAE]), file, hashlib.sha256(CONTENT).hexdigest())


def test_a_file_has_the_date_of_its_line_or_else_of_its_mirror(tmp_path: Path):
    file = write(tmp_path / "siae_2020.csv", CONTENT)
    other = write(tmp_path / "geiq_2019.csv", CONTENT)
    manifest = {"date": "2026-01", "fichiers": [{"path": "siae_2020.csv", "date": "2026-03-01"}]}
    write(tmp_path / "manifest.json", json.dumps(manifest).encode())

    mirror = open_mirror(tmp_path, [SIAE])

    assert mirror.date_of(file) == "2026-03-01"
    assert mirror.date_of(other) == "2026-01"


def test_every_file_of_the_real_mirror_is_the_one_its_manifest_lists(mirror: Path):
    opened = open_mirror(mirror, [SIAE])
    files = [mirror / listed.path for listed in opened.manifest.fichiers]

    for file in files:
        verify(opened, file, hashlib.sha256(file.read_bytes()).hexdigest())

    assert len(files) > 30
