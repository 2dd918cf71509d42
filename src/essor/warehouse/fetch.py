"""Fetching a publisher's file over HTTP: conditional, resumable, verified, in bounded memory.

Nothing here puts a file in place: what arrives waits in its shelf as the file in progress.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import httpx

from essor.errors import DownloadError, EssorError
from essor.sources.source import Source
from essor.warehouse.disk import require_room
from essor.warehouse.downloads import Shelf, discard_part, write_part
from essor.warehouse.patience import Setback, persist
from essor.warehouse.publisher import Line, ask, check_status
from essor.warehouse.version import (
    Version,
    is_plain,
    version_in_progress,
    version_of,
    write_version,
)

_CONTENT_RANGE = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<total>\d+|\*)")

Progress = Callable[[int, int | None], None]

_CONNECTIONS = 2
"""How many connections may be tried to confirm the end of a file."""


def fetch(
    source: Source, shelf: Shelf, known: Version | None, line: Line, progress: Progress
) -> Version | None:
    """Fetch the file of `source` into its shelf's file in progress, resuming it if it was cut.

    Returns what the server said of it, or nothing when it is still the `known` version.

    Raises:
        DownloadError: the server does not give the file, or not what it announced.
        DiskError: the disk refuses.
    """
    visit = _Visit(source, source.address or "", shelf, known, progress)
    question = partial(visit.attempt, line.client)
    try:
        return persist(partial(ask, source, question), line.patience)
    except EssorError:
        if version_in_progress(shelf, visit.address) is None:
            discard_part(shelf)
        raise


def confirm_end(source: Source, shelf: Shelf, version: Version, line: Line) -> None:
    """Check that the server has nothing after the last byte received: no length can be trusted.

    A server that does not know ranges, or no longer answers, proves nothing either way. The question is put
    twice if need be: what a liar sent too much may spoil the connection that the first one takes.

    Raises:
        DownloadError: it has more, so that the length it announced was a lie.
    """
    if version.resume_condition is None:
        return
    size_bytes = shelf.part.stat().st_size
    headers = {"Range": f"bytes={size_bytes}-", "If-Range": version.resume_condition}
    for _ in range(_CONNECTIONS):
        with (
            suppress(httpx.HTTPError),
            line.client.stream("GET", version.address, headers=headers) as more,
        ):
            found = _CONTENT_RANGE.fullmatch(more.headers.get("Content-Range", ""))
            if more.status_code == httpx.codes.PARTIAL_CONTENT and found:
                discard_part(shelf)
                raise broken_promise(
                    source, f"envoie plus que les {size_bytes} octets qu’il annonce"
                )
            return


def broken_promise(source: Source, what: str) -> DownloadError:
    """Return the error of a server that does not do as it says."""
    return DownloadError(
        f"{source.title} : le serveur {what} ; rien n’a été remplacé. Relancez la commande, "
        f"ou voyez la page de la source, {source.page}"
    )


@dataclass(frozen=True, slots=True)
class _Visit:
    """One file to fetch, whatever the number of attempts."""

    source: Source
    address: str
    shelf: Shelf
    known: Version | None
    progress: Progress

    def attempt(self, client: httpx.Client) -> Version | None:
        """Ask for the file, or for what is missing of it."""
        held = version_in_progress(self.shelf, self.address)
        headers = self._resuming(held) if held else self._conditional()
        with client.stream("GET", self.address, headers=headers) as response:
            return self._receive(response, held)

    def _resuming(self, held: Version) -> dict[str, str]:
        return {"Range": f"bytes={self._size_bytes()}-", "If-Range": held.resume_condition or ""}

    def _conditional(self) -> dict[str, str]:
        wanted = {
            "If-None-Match": self.known.etag if self.known else None,
            "If-Modified-Since": self.known.last_modified if self.known else None,
        }
        return {name: value for name, value in wanted.items() if value}

    def _receive(self, response: httpx.Response, held: Version | None) -> Version | None:
        match response.status_code:
            case 304 if self.known and not held:
                return None
            case 200:
                return self._start(response)
            case 206 if held:
                return self._resume(response, held)
            case 416 if held:
                return self._end(response, held)
            case status:
                check_status(self.source, response)
                raise broken_promise(self.source, f"répond {status} hors de propos")

    def _start(self, response: httpx.Response) -> Version:
        """Receive the whole file, from its first byte."""
        discard_part(self.shelf)
        arriving = version_of(response, self.address)
        write_part(self.shelf, ())
        if is_plain(response):
            write_version(self.shelf.part_version, arriving)
        return self._append(response, arriving)

    def _resume(self, response: httpx.Response, held: Version) -> Version:
        """Receive what is missing, if it is indeed what follows."""
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not (found and self._follows(found, held)):
            discard_part(self.shelf)
            raise broken_promise(
                self.source, "envoie un autre morceau du fichier que celui demandé"
            )
        if held.length_bytes is None and found["total"] != "*":
            held = replace(held, length_bytes=int(found["total"]))
        return self._append(response, held)

    def _follows(self, found: re.Match[str], held: Version) -> bool:
        is_same = held.length_bytes is None or found["total"] in {"*", str(held.length_bytes)}
        return is_same and found["first"] == str(self._size_bytes())

    def _end(self, response: httpx.Response, held: Version) -> Version:
        """Answer a refused range: either we hold the whole file already, or we start again."""
        size_bytes = self._size_bytes()
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        is_whole = found is not None and found["total"] == str(size_bytes)
        if is_whole and held.length_bytes in {None, size_bytes}:
            return held
        discard_part(self.shelf)
        raise Setback(f"{self.source.title} : le serveur refuse de reprendre le fichier", 0.0)

    def _append(self, response: httpx.Response, arriving: Version) -> Version:
        total = arriving.length_bytes
        if total is not None:
            require_room(self.shelf.folder, total - self._size_bytes())
        write_part(self.shelf, self._chunks(response, total))
        size_bytes = self._size_bytes()
        if total is not None and size_bytes < total:
            raise Setback(f"{self.source.title} : la ligne a été coupée")
        if total is not None and size_bytes > total:
            discard_part(self.shelf)
            raise broken_promise(self.source, f"envoie plus que les {total} octets qu’il annonce")
        return arriving

    def _chunks(self, response: httpx.Response, total: int | None) -> Iterator[bytes]:
        """Pass on what comes as it comes, so that a cut or a kill loses almost nothing."""
        done = self._size_bytes()
        for chunk in response.iter_raw() if is_plain(response) else response.iter_bytes():
            yield chunk
            done += len(chunk)
            self.progress(done, total)

    def _size_bytes(self) -> int:
        return self.shelf.part.stat().st_size
