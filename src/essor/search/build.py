"""Build the index of a release: written aside, its identity last, then brought in by one rename."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import duckdb

from essor.errors import NoReleaseError
from essor.search.activities import known_activities, write_activities
from essor.search.documents import DOCUMENTS
from essor.search.shard import write_shard

FOLDER = "search"
"""The folder of the index inside that of its release."""

VERSION = 3
"""Grows when the fields or the files of an index change: an older one is refused, and built again."""

_IDENTITY = "index.json"
_READ = (
    *("organisations", "establishments", "statuses"),
    *("naf", "naf_notes", "communes", "territories"),
)
_TAIL_BYTES = 64 * 1024
"""The end of a Parquet file holds its schema, its row counts and the statistics of its columns."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index is of: its format, its release, its documents by kind, and the names it shows."""

    version: int
    fingerprint: str
    documents: Mapping[str, int]
    labels: Mapping[str, str]
    sections: Mapping[str, str]


def build_index(folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write the index of the release in `folder` into its subfolder `search`, replacing any other.

    `connection` reads the tables of that release. A build killed on the way leaves no index, or the
    one before, and never a part of one.
    """
    aside = folder / f".{FOLDER}-building"
    discard(aside)
    aside.mkdir()
    sections = _sections(connection)
    counts, codes = {}, set[str]()
    for kind, documents in DOCUMENTS.items():
        target = aside / kind.value
        target.mkdir()
        written = write_shard(documents(connection), sections, target)
        counts[kind.value] = written.documents
        codes |= {held[0] for held in written.columns["naf"].values if held}
    write_activities(known_activities(connection, codes), aside)
    identity = Identity(VERSION, _fingerprint(folder), counts, _labels(connection), sections)
    text = json.dumps(asdict(identity), ensure_ascii=False, indent=1)
    (aside / _IDENTITY).write_text(text, encoding="utf-8")
    _seal(aside)
    discard(folder / FOLDER)
    aside.rename(folder / FOLDER)


def read_identity(folder: Path) -> Identity:
    """Return the identity of the index of the release in `folder`.

    Raises:
        NoReleaseError: there is no whole index there, or it is of another release or format.
    """
    path = folder / FOLDER / _IDENTITY
    try:
        identity = Identity(**json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise _refused("n’a pas d’index de recherche, ou il est incomplet") from error
    except (ValueError, TypeError) as error:
        raise _refused("a un index de recherche illisible") from error
    if identity.version != VERSION:
        raise _refused("a un index de recherche d’une autre version d’Essor")
    if identity.fingerprint != _fingerprint(folder):
        raise _refused("a l’index de recherche d’une autre version du registre")
    return identity


def discard(folder: Path) -> None:
    """Remove a folder, sealed or not, there or not."""
    if not folder.is_dir():
        return
    for path in (folder, *(each for each in folder.rglob("*") if each.is_dir())):
        path.chmod(0o755)
    shutil.rmtree(folder)


def _refused(fault: str) -> NoReleaseError:
    return NoReleaseError(
        f"La version en service {fault} : lancez `essor build`, qui le construit avec elle."
    )


def _fingerprint(folder: Path) -> str:
    """Return what tells two releases apart, from the ends of their tables: read in a millisecond."""
    seen = sha256()
    for name in _READ:
        path = folder / "tables" / f"{name}.parquet"
        if not path.exists():
            continue
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _TAIL_BYTES))
            seen.update(f"{name} {size} ".encode() + file.read())
    return seen.hexdigest()


def _sections(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the NAF section of each division."""
    rows = connection.execute("SELECT code, section FROM naf WHERE level = 2").fetchall()
    return {str(code): str(section) for code, section in rows}


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the labels that only the release knows, each behind the field of its value."""
    rows = connection.execute(
        "SELECT 'naf:' || code, label FROM naf WHERE level = 5 "
        "UNION ALL SELECT 'division:' || code, label FROM naf WHERE level = 2 "
        "UNION ALL SELECT level || ':' || code, name FROM territories "
        "UNION ALL SELECT 'staff_band:' || code, label FROM staff_bands ORDER BY 1"
    ).fetchall()
    return {str(value): str(label) for value, label in rows}


def _seal(folder: Path) -> None:
    """Forbid writing: an index never changes."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
