"""A publisher on the loopback: a small server that keeps its word, or breaks it as it is told."""

import hashlib
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PIECE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Whim:
    """How the server misbehaves, once, when asked for a file.

    `claimed_bytes` is a lie about the length; `sent_bytes` cuts the line after so many;
    `range_shift` answers with another range than the one asked for.
    """

    status: int | None = None
    retry_after: str | None = None
    location: str | None = None
    claimed_bytes: int | None = None
    sent_bytes: int | None = None
    range_shift: int = 0
    ignores_range: bool = False
    is_unmarked: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was asked."""

    path: str
    headers: dict[str, str]
    status: int


@dataclass
class Publisher:
    """A folder served on the loopback, the whims to come for each path, and what was asked."""

    folder: Path
    pause_s: float = 0.0
    port: int = 0
    whims: defaultdict[str, deque[Whim]] = field(default_factory=lambda: defaultdict(deque))
    requests: list[Request] = field(default_factory=list)

    def address(self, path: str) -> str:
        """Return the address of the file at `path`."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def will(self, path: str, *whims: Whim) -> None:
        """Misbehave so at the next requests for `path`, one whim each."""
        self.whims[f"/{path}"].extend(whims)

    def statuses(self) -> list[int]:
        """Return the statuses answered so far, in order."""
        return [request.status for request in self.requests]


@contextmanager
def publishing(folder: Path, pause_s: float = 0.0) -> Iterator[Publisher]:
    """Serve `folder` while the block lasts, with a pause between two pieces of a file."""
    publisher = Publisher(folder, pause_s)
    server = _Server(("127.0.0.1", 0), _handler(publisher))
    publisher.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing of clients that leave: they are killed on purpose."""


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            waiting = publisher.whims[self.path]
            with suppress(ConnectionError):
                _Answer(self, publisher, waiting.popleft() if waiting else Whim()).give()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Keep the tests' output clean."""

    return Handler


@dataclass
class _Answer:
    handler: BaseHTTPRequestHandler
    publisher: Publisher
    whim: Whim

    def give(self) -> None:
        if self.whim.status is not None:
            self._give_status(self.whim.status)
            return
        content = self._content()
        if content is None:
            self._give_status(HTTPStatus.NOT_FOUND)
            return
        marks = {} if self.whim.is_unmarked else self._marks(content)
        if self._is_known(marks):
            self._head(HTTPStatus.NOT_MODIFIED, marks)
            return
        start = self._start(marks)
        if start is not None and start >= len(content):
            marks["Content-Range"] = f"bytes */{len(content)}"
            self._head(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, marks | {"Content-Length": "0"})
            return
        self._give_content(content, start, marks)

    def _content(self) -> bytes | None:
        path = self.publisher.folder / self.handler.path.lstrip("/")
        if path.is_file():
            return path.read_bytes()
        original = path.with_suffix("")
        if path.suffix == ".sha256" and original.is_file():
            digest = hashlib.sha256(original.read_bytes()).hexdigest()
            return f"{digest}  {original.name}\n".encode()
        return None

    def _marks(self, content: bytes) -> dict[str, str]:
        path = self.publisher.folder / self.handler.path.lstrip("/").removesuffix(".sha256")
        return {
            "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"',
            "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True),
            "Accept-Ranges": "bytes",
        }

    def _is_known(self, marks: dict[str, str]) -> bool:
        asked = self.handler.headers
        if "If-None-Match" in asked:
            return asked["If-None-Match"] == marks.get("ETag")
        if "If-Modified-Since" in asked and "Last-Modified" in marks:
            since = parsedate_to_datetime(asked["If-Modified-Since"])
            return parsedate_to_datetime(marks["Last-Modified"]) <= since
        return False

    def _start(self, marks: dict[str, str]) -> int | None:
        asked = self.handler.headers
        if "Range" not in asked or self.whim.ignores_range:
            return None
        if asked.get("If-Range") not in {None, marks.get("ETag"), marks.get("Last-Modified")}:
            return None
        return int(asked["Range"].removeprefix("bytes=").rstrip("-"))

    def _give_content(self, content: bytes, start: int | None, marks: dict[str, str]) -> None:
        body = content[start or 0 :]
        claimed = len(body) if self.whim.claimed_bytes is None else self.whim.claimed_bytes
        headers = marks | {"Content-Length": str(claimed)}
        if start is None:
            self._head(HTTPStatus.OK, headers)
        else:
            first = start + self.whim.range_shift
            headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
            self._head(HTTPStatus.PARTIAL_CONTENT, headers)
        sent = body if self.whim.sent_bytes is None else body[: self.whim.sent_bytes]
        for place in range(0, len(sent), PIECE_BYTES):
            self.handler.wfile.write(sent[place : place + PIECE_BYTES])
            time.sleep(self.publisher.pause_s)
        if len(sent) != claimed:
            self.handler.close_connection = True

    def _give_status(self, status: int) -> None:
        headers = {"Content-Length": "0"}
        if self.whim.retry_after is not None:
            headers["Retry-After"] = self.whim.retry_after
        if self.whim.location is not None:
            headers["Location"] = self.whim.location
        self._head(status, headers)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        asked = dict(self.handler.headers)
        self.publisher.requests.append(Request(self.handler.path, asked, int(status)))
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name, value)
        self.handler.end_headers()
