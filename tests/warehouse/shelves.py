"""What the tests of a synchronisation share: a small source, its file, a shelf to look at."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from essor.home import Home
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table
from essor.warehouse.downloads import Shelf, last_record, shelf_of
from essor.warehouse.fetch import fetch
from essor.warehouse.patience import Patience
from essor.warehouse.publisher import Line, new_client
from essor.warehouse.sync import SyncOptions, SyncOutcome, sync
from essor.warehouse.version import Version

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HASTY = Patience(attempts=3, sleep=lambda _: None, jitter=lambda: 0.0)
OPTIONS = SyncOptions(patience=HASTY, now=lambda: NOW)

SIAE = Source(
    name="siae",
    title="Structures d’insertion",
    publisher="ASP",
    licence="Licence Ouverte 2.0",
    page="https://example.org/siae",
    files=("inclusion/siae_2020.csv", "inclusion/siae_2019.csv"),
    cadence=Cadence.YEARLY,
    table=Table("siae", "Une structure.", ("siret",), (Column("siret", "string", "SIRET."),)),
    columns=(RawColumn("siret"),),
)


def at(address: str, source: Source = SIAE) -> Source:
    """Return `source` published at `address`."""
    return replace(source, address=address)


def rows(count: int, label: str = "structure") -> bytes:
    """Return a CSV of so many rows under its header."""
    lines = [f"{number:014d},{label} {number}" for number in range(count)]
    return "\n".join(["siret,nom", *lines, ""]).encode()


PATH = SIAE.files[0]
CONTENT = rows(1000)
AT_REST = {"siae_2020.csv", "record.json"}
"""What the shelf of `SIAE` holds once its file is in place."""


def write(path: Path, content: bytes) -> Path:
    """Write `content` at `path`, folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def get(
    source: Source, shelf: Shelf, known: Version | None = None, patience: Patience = HASTY
) -> Version | None:
    """Return what a download of `source` onto `shelf` gives, `known` being what it held."""
    with new_client() as client:
        line = Line(client, patience)
        return fetch(source, shelf, known, line, lambda _done, _total: None)


def held(home: Home, source: Source = SIAE) -> bytes:
    """Return the file in place, checked against its record."""
    shelf = shelf_of(home, source.name)
    record = last_record(shelf)
    assert record is not None
    assert record.file is not None
    content = (shelf.folder / record.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == record.sha256
    assert len(content) == record.bytes
    return content


def names(home: Home, source: Source = SIAE) -> set[str]:
    """Return the names on the shelf of `source`."""
    return {path.name for path in shelf_of(home, source.name).folder.glob("*")}


def one(
    source: Source, home: Home, from_dir: Path | None = None, options: SyncOptions = OPTIONS
) -> SyncOutcome:
    """Return what became of `source`, synchronised alone."""
    (outcome,) = sync([source], home, from_dir=from_dir, options=options)
    return outcome
