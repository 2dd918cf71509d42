"""The line to the publishers: who we are, what they refuse, what they promise."""

from dataclasses import replace

import httpx
import pytest
from tests.loopback import Publisher, Whim
from tests.warehouse.shelves import CONTENT, HASTY, PATH, SIAE, at, get, write

from essor.errors import DownloadError
from essor.warehouse.downloads import Shelf
from essor.warehouse.fetch import fetch
from essor.warehouse.publisher import Line, new_client, published_sha256


def test_the_client_says_who_it_is(publisher: Publisher, shelf: Shelf):
    get(at(publisher.address(PATH)), shelf)

    asked = publisher.requests[0].headers

    assert asked["User-Agent"].startswith("Essor/")
    assert asked["Accept-Encoding"] == "identity"


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

    with pytest.raises(DownloadError, match=r"https://example\.org/siae"):
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


@pytest.mark.parametrize(
    "text",
    [
        "{digest}",
        "{digest}  siae_2020.csv\n",
        "{other}  autre.csv\n{digest}  siae_2020.csv\n",
        "SHA256 (siae_2020.csv) = {digest}\n",
    ],
)
def test_a_published_fingerprint_is_found_however_it_is_written(publisher: Publisher, text: str):
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
