"""Fetching from a publisher's server that keeps its word, or breaks it in every way."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from essor.errors import DownloadError
from essor.home import Home
from essor.sources.source import Source
from essor.warehouse.downloads import Shelf, open_shelf, shelf_of
from essor.warehouse.fetch import fetch
from essor.warehouse.publisher import Line, new_client, published_sha256
from essor.warehouse.version import Version
from tests.loopback import Publisher, Whim, publishing
from tests.warehouse.shelves import HASTY, SIAE, at, rows, write

PATH = "inclusion/siae_2020.csv"
CONTENT = rows(2000)


@pytest.fixture
def publisher(tmp_path: Path):
    write(tmp_path / "published" / PATH, CONTENT)
    with publishing(tmp_path / "published") as publisher:
        yield publisher


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = shelf_of(Home(tmp_path / "home"), "siae")
    open_shelf(shelf)
    return shelf


def get(source: Source, shelf: Shelf, known: Version | None = None, patience=HASTY):
    with new_client() as client:
        line = Line(client, patience)
        return fetch(source, shelf, known, line, lambda _done, _total: None)


def test_a_file_arrives_whole_with_its_servers_marks(publisher: Publisher, shelf: Shelf):
    source = at(publisher.address(PATH))

    version = get(source, shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert version is not None
    assert version.length_bytes == len(CONTENT)
    assert version.file_name == "siae_2020.csv"
    assert version.etag is not None


def test_the_client_says_who_it_is(publisher: Publisher, shelf: Shelf):
    get(at(publisher.address(PATH)), shelf)

    asked = publisher.requests[0].headers

    assert asked["User-Agent"].startswith("Essor/")
    assert asked["Accept-Encoding"] == "identity"


def test_progress_grows_to_the_announced_total(publisher: Publisher, shelf: Shelf):
    told: list[tuple[int, int | None]] = []

    with new_client() as client:
        source = at(publisher.address(PATH))
        fetch(source, shelf, None, Line(client, HASTY), lambda done, all_: told.append((done, all_)))

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
    patience = replace(HASTY, sleep=lambda _: write(publisher.folder / PATH, renewed))

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


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(publisher: Publisher, shelf: Shelf, status: int):
    publisher.will(PATH, Whim(status=status), Whim(status=status))

    get(at(publisher.address(PATH)), shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert publisher.statuses() == [status, status, 200]


def test_the_wait_that_a_server_asks_for_is_kept(publisher: Publisher, shelf: Shelf):
    waits: list[float] = []
    publisher.will(PATH, Whim(status=429, retry_after="7"))

    get(at(publisher.address(PATH)), shelf, patience=replace(HASTY, sleep=waits.append))

    assert waits == [7.0]


def test_a_server_always_busy_is_left_after_the_last_attempt(publisher: Publisher, shelf: Shelf):
    publisher.will(PATH, *[Whim(status=503)] * 5)

    with pytest.raises(DownloadError, match=r"indisponible \(503\), après 3 essais"):
        get(at(publisher.address(PATH)), shelf)

    assert publisher.statuses() == [503, 503, 503]


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_gone_sends_to_the_page_of_its_source(
    publisher: Publisher, shelf: Shelf, status: int
):
    publisher.will(PATH, Whim(status=status))

    with pytest.raises(DownloadError, match="https://example.org/siae"):
        get(at(publisher.address(PATH)), shelf)

    assert publisher.statuses() == [status]


def test_a_refusal_is_not_asked_twice(publisher: Publisher, shelf: Shelf):
    publisher.will(PATH, Whim(status=403))

    with pytest.raises(DownloadError, match="refuse de donner le fichier"):
        get(at(publisher.address(PATH)), shelf)

    assert publisher.statuses() == [403]


def test_a_server_that_is_not_there_is_said_unreachable(publisher: Publisher, shelf: Shelf):
    nowhere = at("http://127.0.0.1:9/siae.csv")

    with pytest.raises(DownloadError, match="injoignable"):
        get(nowhere, shelf)


def test_a_permanent_address_leads_to_the_file_of_the_day(publisher: Publisher, shelf: Shelf):
    publisher.will("datasets/r/1234", Whim(status=302, location=f"/{PATH}"))

    version = get(at(publisher.address("datasets/r/1234")), shelf)

    assert shelf.part.read_bytes() == CONTENT
    assert version is not None
    assert version.file_name == "siae_2020.csv"


def test_endless_redirections_lead_nowhere(publisher: Publisher, shelf: Shelf):
    publisher.will("boucle", *[Whim(status=302, location="/boucle")] * 30)

    with pytest.raises(DownloadError, match="ne mène à rien"):
        get(at(publisher.address("boucle")), shelf)


def test_a_redirection_out_of_https_is_refused(shelf: Shelf):
    transport = httpx.MockTransport(
        lambda _: httpx.Response(302, headers={"Location": "http://example.org/siae.csv"})
    )
    source = at("https://example.org/siae.csv")

    with new_client(transport) as client, pytest.raises(DownloadError, match="non chiffrée"):
        fetch(source, shelf, None, Line(client, HASTY), lambda _done, _total: None)


def test_a_file_compressed_for_the_journey_is_kept_as_it_is_published(shelf: Shelf):
    transport = httpx.MockTransport(
        lambda _: httpx.Response(
            200, content=_gzipped(CONTENT), headers={"Content-Encoding": "gzip", "ETag": '"1"'}
        )
    )
    source = at("https://example.org/siae.csv")

    with new_client(transport) as client:
        fetch(source, shelf, None, Line(client, HASTY), lambda _done, _total: None)

    assert shelf.part.read_bytes() == CONTENT
    assert not shelf.part_version.exists()


@pytest.mark.parametrize(
    "text",
    [
        "{digest}",
        "{digest}  siae_2020.csv\n",
        "{other}  autre.csv\n{digest}  siae_2020.csv\n",
        "SHA256 (siae_2020.csv) = {digest}\n",
    ],
)
def test_a_published_fingerprint_is_found_however_it_is_written(
    publisher: Publisher, text: str
):
    digest, other = "ab" * 32, "cd" * 32
    write(publisher.folder / "sommes.txt", text.format(digest=digest, other=other).encode())
    source = replace(SIAE, checksum_address=publisher.address("sommes.txt"))

    with new_client() as client:
        found = published_sha256(source, "siae_2020.csv", Line(client, HASTY))

    assert found == digest


def test_a_fingerprint_that_is_not_there_is_an_error(publisher: Publisher):
    write(publisher.folder / "sommes.txt", b"rien")
    source = replace(SIAE, checksum_address=publisher.address("sommes.txt"))

    with new_client() as client, pytest.raises(DownloadError, match="introuvable"):
        published_sha256(source, "siae_2020.csv", Line(client, HASTY))


def _gzipped(content: bytes) -> bytes:
    import gzip

    return gzip.compress(content)
