"""The shelves of downloads: the former file with its record or the new one with its own."""

import errno
import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from tests.warehouse.shelves import NOW, SIAE, TODAY, held, names

from essor.errors import DiskError, SourceError
from essor.home import Home
from essor.warehouse.downloads import (
    Shelf,
    discard_part,
    file_of,
    install,
    last_record,
    open_shelf,
    record_of,
    shelf_of,
    write_part,
)
from essor.warehouse.provenance import SourceRecord


def record(content: bytes, file: str = "siae_2020.csv") -> SourceRecord:
    return SourceRecord(
        name="siae",
        title=SIAE.title,
        publisher=SIAE.publisher,
        licence=SIAE.licence,
        page=SIAE.page,
        is_present=True,
        file=file,
        published_on=TODAY,
        retrieved_at=NOW,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rows=1,
    )


def put(home: Home, content: bytes, file: str = "siae_2020.csv") -> Shelf:
    shelf = shelf_of(home, "siae")
    open_shelf(shelf)
    write_part(shelf, [content])
    install(shelf, record(content, file))
    return shelf


def test_a_source_never_fetched_is_absent(essor_home: Home):
    found = record_of(essor_home, SIAE)

    assert not found.is_present
    assert found.title == SIAE.title
    assert not essor_home.downloads.exists()


def test_a_file_put_in_place_is_found_with_its_record(essor_home: Home):
    put(essor_home, b"contenu")

    found = record_of(essor_home, SIAE)

    assert found == record(b"contenu")
    assert file_of(essor_home, found).read_bytes() == b"contenu"
    assert names(essor_home) == {"siae_2020.csv", "record.json"}


def test_a_source_whose_file_is_gone_is_absent(essor_home: Home):
    shelf = put(essor_home, b"contenu")
    (shelf.folder / "siae_2020.csv").unlink()

    found = record_of(essor_home, SIAE)

    assert not found.is_present


def test_a_file_of_another_name_takes_the_place_of_the_former(essor_home: Home):
    put(essor_home, b"ancien", "siae_2019.csv")

    put(essor_home, b"nouveau", "siae_2020.csv")

    assert held(essor_home) == b"nouveau"
    assert names(essor_home) == {"siae_2020.csv", "record.json"}


def test_a_record_that_cannot_be_read_says_what_to_do(essor_home: Home):
    shelf = put(essor_home, b"contenu")
    shelf.record.write_text("{")

    with pytest.raises(SourceError, match="essor sync --only siae"):
        record_of(essor_home, SIAE)


@pytest.mark.parametrize("file", ["siae_2019.csv", "siae_2020.csv"])
@pytest.mark.parametrize("step", range(6))
def test_whatever_step_a_kill_stops_at_file_and_record_agree(
    essor_home: Home, monkeypatch, step: int, file: str
):
    shelf = put(essor_home, b"ancien")
    steps = iter(range(100))
    write_part(shelf, [b"nouveau"])
    with monkeypatch.context() as patched:
        for name in ("replace", "unlink"):
            patched.setattr(Path, name, _killing(getattr(Path, name), steps, step))
        with suppress(KeyboardInterrupt):
            install(shelf, record(b"nouveau", file))

    before = held(essor_home)
    open_shelf(shelf)
    after = held(essor_home)
    discard_part(shelf)

    assert before in {b"ancien", b"nouveau"}
    assert after == before
    assert names(essor_home) == {str(last_record_file(shelf)), "record.json"}


def last_record_file(shelf: Shelf) -> str | None:
    found = last_record(shelf)
    return found.file if found else None


def _killing(method, steps, last):
    def killed(*arguments, **options):
        if next(steps) == last:
            raise KeyboardInterrupt
        return method(*arguments, **options)

    return killed


def test_a_full_disk_is_said_and_the_former_file_stays(essor_home: Home, monkeypatch):
    shelf = put(essor_home, b"ancien")
    write_part(shelf, [b"nouveau"])

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DiskError, match="est plein"):
        install(shelf, record(b"nouveau"))

    assert held(essor_home) == b"ancien"


def test_a_write_that_meets_a_full_disk_is_said(essor_home: Home):
    shelf = put(essor_home, b"ancien")
    shelf.part.symlink_to("/dev/full")

    with pytest.raises(DiskError, match="est plein"):
        write_part(shelf, [b"x" * 100_000])

    assert held(essor_home) == b"ancien"


def test_a_folder_that_may_not_be_made_is_said(tmp_path: Path, monkeypatch):
    def refused(*_arguments, **_options) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)

    with pytest.raises(DiskError, match="ESSOR_HOME"):
        open_shelf(shelf_of(Home(tmp_path), "siae"))


def test_records_travel_through_json_unchanged(essor_home: Home):
    written = replace(record(b"contenu"), is_fictional=True)
    shelf = shelf_of(essor_home, "siae")
    open_shelf(shelf)
    write_part(shelf, [b"contenu"])

    install(shelf, written)

    assert last_record(shelf) == written
