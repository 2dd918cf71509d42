"""A disk that is full, or refuses to write."""

import errno
import os
from pathlib import Path

import pytest

from essor.errors import DiskError
from essor.warehouse.disk import readable_size, require_room, write_atomically, writing_in


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (999, "999 octets"),
        (1000, "1,0 ko"),
        (1_708_310, "1,7 Mo"),
        (2_700_000_000, "2,7 Go"),
        (10**12, "1,0 To"),
        (10**16, "10000,0 To"),
    ],
)
def test_a_size_is_read_in_decimal_units(size_bytes, text):
    found = readable_size(size_bytes)

    assert found.replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "est plein"),
        (errno.EDQUOT, "est plein"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "accès est refusé"),
    ],
)
def test_a_refusal_of_the_disk_is_a_sentence(tmp_path: Path, number: int, sentence: str):
    with pytest.raises(DiskError, match=sentence) as refusal, writing_in(tmp_path):
        raise OSError(number, os.strerror(number))

    assert str(tmp_path) in str(refusal.value)


def test_another_failure_is_a_bug_and_stays_one(tmp_path: Path):
    with pytest.raises(FileNotFoundError), writing_in(tmp_path):
        (tmp_path / "rien").read_bytes()


def test_missing_room_is_said_before_writing(tmp_path: Path):
    with pytest.raises(DiskError, match="il y manque"):
        require_room(tmp_path, 10**18)


def test_a_file_that_cannot_be_written_whole_is_not_touched(tmp_path: Path, monkeypatch):
    path = tmp_path / "record.json"
    write_atomically(path, b"ancien")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DiskError):
        write_atomically(path, b"nouveau")

    assert path.read_bytes() == b"ancien"
    assert [found.name for found in tmp_path.iterdir()] == ["record.json"]
