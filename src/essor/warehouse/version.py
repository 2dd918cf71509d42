"""Which version of a file a publisher's server gave, so as to resume it, or not to ask again."""

from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import TypeAdapter, ValidationError

from essor.warehouse.disk import write_atomically
from essor.warehouse.downloads import Shelf


@dataclass(frozen=True, slots=True)
class Version:
    """What a server said of a file: its marks, its length, its name once redirected.

    `sha256` is that of the whole file, once it is here.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None
    length_bytes: int | None = None
    file_name: str | None = None
    sha256: str | None = None

    @property
    def resume_condition(self) -> str | None:
        """Return the mark that lets a cut download resume, if the server gave a strong one.

        Source: RFC 9110, 13.1.5, https://www.rfc-editor.org/rfc/rfc9110#field.if-range
        """
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


_ADAPTER = TypeAdapter(Version)


def version_of(response: httpx.Response, address: str) -> Version:
    """Return the version that a response to a request for `address` gives."""
    headers = response.headers
    length = headers.get("Content-Length", "")
    return Version(
        address,
        headers.get("ETag"),
        headers.get("Last-Modified"),
        int(length) if length.isdecimal() and is_plain(response) else None,
        response.url.path.rpartition("/")[2] or None,
    )


def is_plain(response: httpx.Response) -> bool:
    """Return whether the file comes as it is, and not compressed for the journey."""
    return str(response.headers.get("Content-Encoding", "identity")) == "identity"


def version_in_place(shelf: Shelf, address: str | None, sha256: str) -> Version | None:
    """Return the version of the file in place, if it came from `address` with that fingerprint."""
    known = _read(shelf.version)
    return known if known and (known.address, known.sha256) == (address, sha256) else None


def version_in_progress(shelf: Shelf, address: str) -> Version | None:
    """Return the version of the file in progress, if it comes from `address` and can be resumed."""
    held = _read(shelf.part_version)
    if held is None or held.address != address or held.resume_condition is None:
        return None
    return held if shelf.part.is_file() and shelf.part.stat().st_size > 0 else None


def write_version(path: Path, version: Version) -> None:
    """Write `version` at `path`, one of the names of a shelf.

    Raises:
        DiskError: the disk refuses.
    """
    write_atomically(path, _ADAPTER.dump_json(version))


def _read(path: Path) -> Version | None:
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
