"""The manifest of a release: what it holds, from where, made by which versions."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from essor.warehouse.provenance import SourceRecord


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One table of a release: its file, its rows, its size and its fingerprint."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds. `number` grows by one at each build; `is_fictional` when any row is invented."""

    number: int
    built_at: datetime
    engine: str
    versions: dict[str, str]
    sources: tuple[SourceRecord, ...]
    tables: tuple[TableRecord, ...]
    is_fictional: bool


_ADAPTER = TypeAdapter(Manifest)


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write `manifest` as indented JSON."""
    path.write_bytes(_ADAPTER.dump_json(manifest, indent=2))


def read_manifest(path: Path) -> Manifest:
    """Return the manifest written at `path`."""
    return _ADAPTER.validate_json(path.read_bytes())
