"""Successors: what holds the place of a closed establishment, of its own SIREN or of another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import duckdb
from rapidfuzz import fuzz

from essor.linkage.normalised import read_address, read_name

# Names that share this much, 0 to 100, whatever the order of their words, are the same name.
_SAME_NAME = 85

_PLACES = """
    SELECT e.siret, e.siren, coalesce(e.name, o.name, '') AS name, coalesce(e.address, '') AS address,
        coalesce(e.commune, '') AS commune, e.is_active, e.is_head_office, e.created_on,
        list_sort(list_distinct(regexp_extract_all(coalesce(e.address, ''), '[1-9][0-9]*'))) AS numbers
    FROM establishments e LEFT JOIN organisations o USING (siren)
"""
# A successor of another SIREN has the same address, hence the same numbers in it: on a national
# register, this spares reading whole cities.
_AROUND = f"""
    WITH closed AS ({_PLACES} WHERE e.siret IN (SELECT unnest(string_split($sirets, ' '))) AND NOT e.is_active)
    SELECT closed.*, o.*
    FROM closed LEFT JOIN ({_PLACES} WHERE e.is_active) o
    ON o.siren = closed.siren
    UNION ALL
    SELECT closed.*, o.*
    FROM closed JOIN ({_PLACES} WHERE e.is_active) o
    ON o.commune = closed.commune AND o.numbers = closed.numbers AND o.siren <> closed.siren
"""
_FIELDS = 8


class Basis(StrEnum):
    """Why an establishment is thought to have taken over, the surest first."""

    SAME_SIREN_AND_ADDRESS = "même SIREN, même adresse"
    SAME_SIREN_AND_COMMUNE = "même SIREN, même commune"
    SAME_NAME_AND_ADDRESS = "même nom et même adresse, autre SIREN"
    HEAD_OFFICE = "siège du même SIREN, ailleurs"


_ORDER = tuple(Basis)


@dataclass(frozen=True, slots=True)
class Place:
    """An establishment: who, where, whether it is open, and since when."""

    siret: str
    siren: str
    name: str
    address: str
    commune: str
    is_active: bool
    is_head_office: bool = False
    created_on: date | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """An open establishment that may have taken over, and on what basis it is thought so."""

    place: Place
    basis: Basis


def successors(closed: Place, others: Iterable[Place]) -> tuple[Successor, ...]:
    """Return the open establishments that may have taken over, surest first, the latest created first.

    An establishment that is open has none.
    """
    if closed.is_active:
        return ()
    judged = ((place, _basis(closed, place)) for place in others)
    found = [Successor(place, basis) for place, basis in judged if basis is not None]
    return tuple(sorted(found, key=_surest_first))


def successors_of(connection: duckdb.DuckDBPyConnection, siret: str) -> tuple[Successor, ...]:
    """Return the successors of an establishment of an open release, none when it is not there."""
    return successors_of_all(connection, [siret]).get(siret, ())


def successors_of_all(
    connection: duckdb.DuckDBPyConnection, sirets: Sequence[str]
) -> dict[str, tuple[Successor, ...]]:
    """Return the successors of the closed establishments of an open release, by SIRET, in one request."""
    around: dict[Place, list[Place]] = {}
    rows = connection.execute(_AROUND, {"sirets": " ".join(sirets)}).fetchall() if sirets else []
    for row in rows:
        others = around.setdefault(Place(*row[:_FIELDS]), [])
        if row[_FIELDS + 1] is not None:
            others.append(Place(*row[_FIELDS + 1 : -1]))
    return {closed.siret: successors(closed, others) for closed, others in around.items()}


def _basis(closed: Place, place: Place) -> Basis | None:
    if not place.is_active or place.siret == closed.siret:
        return None
    is_near = closed.commune != "" and place.commune == closed.commune
    is_there = is_near and _is_same_address(closed.address, place.address)
    if place.siren != closed.siren:
        is_taken_over = is_there and _is_same_name(closed.name, place.name)
        return Basis.SAME_NAME_AND_ADDRESS if is_taken_over else None
    if is_there:
        return Basis.SAME_SIREN_AND_ADDRESS
    if is_near:
        return Basis.SAME_SIREN_AND_COMMUNE
    return Basis.HEAD_OFFICE if place.is_head_office else None


def _is_same_address(one: str, other: str) -> bool:
    """Return whether two addresses have the same telling words: number and street, not its kind."""
    words = set(read_address(one))
    return bool(words) and words == set(read_address(other))


def _is_same_name(one: str, other: str) -> bool:
    stems, others = read_name(one).stems, read_name(other).stems
    alike = fuzz.token_sort_ratio(" ".join(stems), " ".join(others))
    return bool(stems) and bool(others) and alike >= _SAME_NAME


def _surest_first(successor: Successor) -> tuple[int, int, str]:
    created = successor.place.created_on
    latest = -created.toordinal() if created else 0
    return _ORDER.index(successor.basis), latest, successor.place.siret
