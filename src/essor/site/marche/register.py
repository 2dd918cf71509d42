"""Our register in the schema of le Marché de l’inclusion, and what a list of theirs adds to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from essor.errors import EssorError
from essor.site.marche.structure import Kind, Nature, Structure, read

_KINDS = tuple(each.value.lower() for each in Kind)
# A status of the whole unit is that of its head office. What sectors and ways of working a structure
# declares is not in the register: they stay unknown.
_STRUCTURES = """
FROM (
    SELECT coalesce(nullif(s.siret, ''), o.head_office) AS siret, s.kind,
        max(s.attested_on) AS attested_on
    FROM statuses AS s JOIN organisations AS o ON o.siren = s.siren
    WHERE list_contains($kinds, s.kind) GROUP BY ALL
) AS held
JOIN establishments AS e ON e.siret = held.siret
JOIN organisations AS o ON o.siren = e.siren
LEFT JOIN territories AS r ON r.level = 'region' AND r.code = e.region
WHERE ($department IS NULL OR e.departement = $department)
    AND ($is_active IS NULL OR e.is_active = $is_active)
"""
_COLUMNS = """
SELECT held.siret, upper(held.kind) AS kind,
    CASE WHEN NOT o.is_partly_diffused THEN o.name END AS name, e.name AS brand, e.is_head_office,
    e.address, e.city, e.postcode AS post_code, e.departement AS department, r.name AS region,
    e.is_active, held.attested_on AS updated_at
"""
_KNOWN = "SELECT siret FROM establishments WHERE list_contains($sirets, siret)"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which structures are wanted, and which of them: so many (`limit`) after so many (`offset`)."""

    kinds: tuple[Kind, ...] = ()
    department: str | None = None
    is_active: bool | None = None
    limit: int = 100
    offset: int = 0

    @property
    def conditions(self) -> dict[str, object]:
        """Return what the statements are told."""
        kinds = [each.value.lower() for each in self.kinds] or list(_KINDS)
        return {"kinds": kinds, "department": self.department, "is_active": self.is_active}


@dataclass(frozen=True, slots=True)
class Unread:
    """An element of a list that could not be read: its rank, from 0, and why."""

    rank: int
    because: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A list of theirs beside our register: each element is counted once, in one of the four.

    `attested`: the register knows the establishment with that kind; `unattested`: it knows the
    establishment, not that kind; `absent`: it does not know the establishment.
    """

    received: int
    attested: tuple[Structure, ...]
    unattested: tuple[Structure, ...]
    absent: tuple[Structure, ...]
    unread: tuple[Unread, ...]


def structures(
    connection: duckdb.DuckDBPyConnection, asked: Asked
) -> tuple[int, tuple[Structure, ...]]:
    """Return how many structures answer, and those of the page, by SIRET then kind."""
    said = asked.conditions
    (count,) = connection.execute(f"SELECT count(*) {_STRUCTURES}", said).fetchone() or (0,)
    page = f"{_COLUMNS} {_STRUCTURES} ORDER BY held.siret, held.kind LIMIT $limit OFFSET $offset"
    found = connection.execute(page, {**said, "limit": asked.limit, "offset": asked.offset})
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return int(count), tuple(_structure(row) for row in rows)


def reconciled(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, object]]
) -> Reconciled:
    """Return what a list says that the register does not, tied by SIRET; nothing is written."""
    told, unread = [], []
    for rank, row in enumerate(rows):
        try:
            told.append(read(row).structure)
        except EssorError as error:
            unread.append(Unread(rank, str(error)))
    sirets = sorted({each.siret for each in told})
    known = {siret for (siret,) in connection.execute(_KNOWN, {"sirets": sirets}).fetchall()}
    attested = _attested(connection, sirets)
    held = [each for each in told if each.siret in known]
    return Reconciled(
        received=len(rows),
        attested=tuple(each for each in held if (each.siret, each.kind) in attested),
        unattested=tuple(each for each in held if (each.siret, each.kind) not in attested),
        absent=tuple(each for each in told if each.siret not in known),
        unread=tuple(unread),
    )


def _attested(
    connection: duckdb.DuckDBPyConnection, sirets: Sequence[str]
) -> set[tuple[str, Kind]]:
    asked = f"SELECT held.siret, upper(held.kind) {_STRUCTURES} AND list_contains($sirets, e.siret)"
    said = {**Asked().conditions, "sirets": list(sirets)}
    rows = connection.execute(asked, said).fetchall()
    return {(siret, Kind(kind)) for siret, kind in rows}


def _structure(said: dict[str, Any]) -> Structure:
    is_head_office = said.pop("is_head_office")
    nature = None
    if is_head_office is not None:
        nature = Nature.HEAD_OFFICE if is_head_office else Nature.ANTENNA
    return Structure(**{**said, "kind": Kind(said["kind"]), "nature": nature})
