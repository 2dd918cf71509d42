"""What a release knows of the NAF rév. 2: labels, notes, and to whom exclusions send."""

import re
from dataclasses import dataclass, field

import duckdb

# « (cf. 22.19Z) », « (cf. 32.50A32.50B) », « cf. 05, 07 ou 08 »: what follows is a reference, no longer text.
_REFERENCE = re.compile(r"\s*[(,]?\s*\bcf\b.*$", re.DOTALL)
_SUB_CLASS = re.compile(r"\d{2}\.\d{2}[A-Z]")

_QUERY = """
    SELECT naf.code, naf.label, class.label, "group".label, division.label
    FROM naf
    JOIN naf AS class ON class.code = naf.parent
    JOIN naf AS "group" ON "group".code = class.parent
    JOIN naf AS division ON division.code = "group".parent
    WHERE naf.level = 5
    ORDER BY naf.code
"""


@dataclass(frozen=True, slots=True)
class Position:
    """A sub-class: its label, what it includes, and what it leaves, each with the sub-class it sends to.

    `above` holds the labels of its class, its group and its division, nearest first.
    """

    code: str
    label: str
    notes: tuple[str, ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every sub-class, by code; `products` are further texts, each with the sub-classes it belongs to."""

    positions: tuple[Position, ...]
    products: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the sub-classes, in order."""
        return tuple(position.code for position in self.positions)


def knowledge_of(connection: duckdb.DuckDBPyConnection) -> Knowledge:
    """Return what the release behind `connection` knows; without notes, it is the labels alone."""
    notes: dict[str, list[str]] = {}
    excludes: dict[str, list[tuple[str, str]]] = {}
    read = connection.execute("SELECT code, kind, text FROM naf_notes ORDER BY code, kind, rank")
    for code, kind, text in read.fetchall():
        if kind == "excludes":
            excludes.setdefault(code, []).extend(sent(text, code))
        elif plain := without_reference(text):
            notes.setdefault(code, []).append(plain)
    return Knowledge(
        tuple(
            Position(code, label, tuple(notes.get(code, ())), tuple(excludes.get(code, ())), above)
            for code, label, *above_labels in connection.execute(_QUERY).fetchall()
            for above in (tuple(above_labels),)
        )
    )


def sent(exclusion: str, code: str) -> list[tuple[str, str]]:
    """Return what an exclusion of `code` is about, with each other sub-class it sends to."""
    text = without_reference(exclusion)
    targets = dict.fromkeys(_SUB_CLASS.findall(exclusion))
    return [(text, target) for target in targets if target != code and text]


def without_reference(text: str) -> str:
    """Return a note without the codes that it sends to."""
    return _REFERENCE.sub("", text).strip(" :;.<")
