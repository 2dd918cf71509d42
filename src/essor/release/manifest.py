"""The manifest of a release: what it holds, from where, made by which versions.

Written and read with the standard library alone: every command opens a release, and building the
pydantic validator of these classes takes a tenth of the 0.6 s a command has before its first line.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from essor.errors import BrokenReleaseError
from essor.warehouse.provenance import DateBasis, SourceRecord

MANIFEST = "manifest.json"

_SOURCE_READERS: dict[str, Callable[[str], object]] = {
    "published_on": date.fromisoformat,
    "date_basis": DateBasis,
    "retrieved_at": datetime.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One table of a release: its rows, and the size and fingerprint of its Parquet file."""

    name: str
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        """Return the path of its file, relative to the folder of the release."""
        return f"tables/{self.name}.parquet"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a release that is no table (a contour…), its path relative to the release."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds.

    `number` grows by one at each build; `is_fictional` tells that a row at least is invented.
    """

    number: int
    built_at: datetime
    engine: str
    versions: dict[str, str]
    sources: tuple[SourceRecord, ...]
    tables: tuple[TableRecord, ...]
    is_fictional: bool
    files: tuple[FileRecord, ...] = ()

    @property
    def rows(self) -> int:
        """Return the rows of all its tables."""
        return sum(table.rows for table in self.tables)

    @property
    def bytes(self) -> int:
        """Return the size of all its files, the manifest apart."""
        return sum(table.bytes for table in self.tables) + sum(file.bytes for file in self.files)


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write `manifest` as indented JSON."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2, default=_iso)
    path.write_text(f"{text}\n", encoding="utf-8")


def read_manifest(path: Path) -> Manifest:
    """Return the manifest written at `path`.

    Raises:
        BrokenReleaseError: the file is not there, or is no manifest.
    """
    try:
        return _manifest(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        message = (
            f"Le manifeste « {path} » est illisible : la version est abîmée. "
            "Revenez à une autre avec `essor releases use N`, ou relancez `essor build`."
        )
        raise BrokenReleaseError(message) from error


def _iso(value: date) -> str:
    return value.isoformat()


def _manifest(written: Mapping[str, Any]) -> Manifest:
    parts: dict[str, Any] = {
        "built_at": datetime.fromisoformat(written["built_at"]),
        "sources": tuple(_source(record) for record in written["sources"]),
        "tables": tuple(TableRecord(**record) for record in written["tables"]),
        "files": tuple(FileRecord(**record) for record in written.get("files", ())),
    }
    return Manifest(**{**written, **parts})


def _source(written: Mapping[str, Any]) -> SourceRecord:
    parts: dict[str, Any] = {
        name: read(written[name])
        for name, read in _SOURCE_READERS.items()
        if written.get(name) is not None
    }
    return SourceRecord(**{**written, **parts})
