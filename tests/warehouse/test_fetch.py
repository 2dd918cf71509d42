"""Fetching from a publisher's server that keeps its word, or breaks it in every way."""

import gzip
from dataclasses import replace

import httpx
import pytest
from tests.loopback import Publisher, Whim
from tests.warehouse.shelves import CONTENT, HASTY, PATH, at, get, rows, write

from essor.errors import DownloadError
from essor.warehouse.downloads import Shelf
from essor.warehouse.fetch import fetch
from essor.warehouse.publisher import Line, new_client


def test_a_file_arrives_whole_with_its_servers_marks(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))

    version = get(source, shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert version is not None
    assert version.length_bytes == len(CONTENT)
    assert version.file_name == "siae_2020.csv"
    assert version.etag is not None


def test_progress_grows_to_the_announced_total(publisher: Publisher, shelf: Shelf):
    told: list[tuple[int, int | None]] = []

    with new_client() as client:
        source = at(publisher.address(PATH))
        fetch(
            source, shelf, None, Line(client, HASTY), lambda done, all_: told.append((done, all_))
        )

    assert told == sorted(told)
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_a_known_version_is_not_sent_again(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))
    known = get(source, shelf)
    shelf.part.unlink()

    again = get(source, shelf, known)

    assert again is None
    assert publisher.statuses() == [200, 304]


def test_a_version_known_by_its_date_only_is_not_sent_again(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))
    known = get(source, shelf)
    assert known is not None
    shelf.part.unlink()

    again = get(source, shelf, replace(known, etag=None))

    assert again is None
    assert "If-Modified-Since" in publisher.requests[-1].headers


def test_a_cut_line_is_resumed_where_it_stopped(publisher: Publisher, shelf: Shelf):
    publisher.will(PATH, Whim(sent_bytes=10_000))

    get(at(publisher.address(PATH)), shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [200, 206]
    assert publisher.requests[1].headers["Range"] == "bytes=10000-"


def test_a_download_cut_for_good_resumes_at_the_next_synchronisation(
    publisher: Publisher, shelf: Shelf
):
    publisher.will(PATH, Whim(sent_bytes=10_000), Whim(sent_bytes=5_000), Whim(sent_bytes=0))
    source = at(publisher.address(PATH))
    with pytest.raises(DownloadError, match="la ligne a été coupée, après 3 essais"):
        get(source, shelf)
    assert shelf.part.read_bytes() == CONTENT[:15_000]

    get(source, shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [200, 206, 206, 206]


def test_a_server_that_ignores_ranges_is_listened_to_from_the_start(
    publisher: Publisher, shelf: Shelf
):
    publisher.will(PATH, Whim(sent_bytes=10_000), Whim(ignores_range=True))

    get(at(publisher.address(PATH)), shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [200, 200]


def test_a_file_that_changes_between_two_ranges_is_taken_again_whole(
    publisher: Publisher, shelf: Shelf
):
    publisher.will(PATH, Whim(sent_bytes=10_000))
    renewed = rows(2500, "autre")

    def renew_meanwhile(_wait_s: float) -> None:
        write(publisher.folder / PATH, renewed)

    patience = replace(HASTY, sleep=renew_meanwhile)

    get(at(publisher.address(PATH)), shelf, patience=patience)

    assert shelf.part.read_bytes() == renewed
    assert publisher.statuses() == [200, 200]


def test_a_file_without_marks_is_never_resumed(publisher: Publisher, shelf: Shelf):
    publisher.will(PATH, Whim(sent_bytes=10_000, is_unmarked=True))

    get(at(publisher.address(PATH)), shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert "Range" not in publisher.requests[1].headers


def test_nothing_is_left_of_a_failure_that_cannot_be_resumed(publisher: Publisher, shelf: Shelf):
    cut = Whim(sent_bytes=10_000, is_unmarked=True)
    publisher.will(PATH, cut, cut, cut)

    with pytest.raises(DownloadError):
        get(at(publisher.address(PATH)), shelf)

    assert list(shelf.folder.iterdir()) == []


def test_another_range_than_the_one_asked_for_is_refused(publisher: Publisher, shelf: Shelf):
    publisher.will(PATH, Whim(sent_bytes=10_000), Whim(range_shift=-100))

    with pytest.raises(DownloadError, match="un autre morceau"):
        get(at(publisher.address(PATH)), shelf)

    assert not shelf.part.exists()


def test_a_file_already_whole_is_not_asked_for_twice(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))
    get(source, shelf)

    version = get(source, shelf)

    assert version is not None
    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [200, 416]


def test_a_part_longer_than_the_file_is_thrown_away(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))
    get(source, shelf)
    write(shelf.part, CONTENT + b"trop")

    get(source, shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [200, 416, 200]


def test_a_server_that_announces_too_much_is_not_believed(publisher: Publisher, shelf: Shelf):
    lie = Whim(claimed_bytes=len(CONTENT) + 1000, ignores_range=True)
    publisher.will(PATH, lie, lie, lie)

    with pytest.raises(DownloadError, match="la ligne a été coupée"):
        get(at(publisher.address(PATH)), shelf)


def test_a_file_compressed_for_the_journey_is_kept_as_it_is_published(shelf: Shelf):
    transport = httpx.MockTransport(
        lambda _: httpx.Response(
            200,
            content=gzip.compress(CONTENT, mtime=0),
            headers={"Content-Encoding": "gzip", "ETag": '"1"'},
        )
    )
    source = at("https://example.org/siae.csv")

    with new_client(transport) as client:
        fetch(source, shelf, None, Line(client, HASTY), lambda _done, _total: None)

    assert shelf.part.read_bytes() == CONTENT
    assert not shelf.part_version.exists()
