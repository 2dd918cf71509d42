"""Establishments and head offices of an open release, looked up by their numbers or by an entry's place."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from essor.linkage.entries import Entry

# A SIREN answers by its organisation and its head office, a SIRET by its establishment.
_BY_NUMBER = """
    SELECT o.siren, coalesce(o.head_office, ''), o.siren, coalesce(o.name, ''), coalesce(e.city, ''), o.is_active
    FROM organisations o LEFT JOIN establishments e ON e.siret = o.head_office
    WHERE o.siren IN (SELECT unnest(string_split($numbers, ' ')))
    UNION ALL
    SELECT e.siret, e.siret, e.siren, coalesce(e.name, o.name, ''), coalesce(e.city, ''), e.is_active
    FROM establishments e LEFT JOIN organisations o USING (siren)
    WHERE e.siret IN (SELECT unnest(string_split($numbers, ' ')))
"""
_OF_SIRENS = """
    SELECT siren, siret, coalesce(address, ''), coalesce(postcode, ''), coalesce(city, '')
    FROM establishments
    WHERE is_active AND siren IN (SELECT unnest(string_split($sirens, ' ')))
    ORDER BY siren, is_head_office DESC, siret
"""


@dataclass(frozen=True, slots=True)
class Establishment:
    """An establishment, or an organisation and its head office; an unknown text is empty."""

    siret: str
    siren: str
    name: str
    city: str
    is_active: bool


def by_number(
    connection: duckdb.DuckDBPyConnection, numbers: Iterable[str]
) -> dict[str, Establishment]:
    """Return what each SIREN or SIRET of the register is; others are left out."""
    # One text: DuckDB takes a hundred times longer to read a list value by value.
    asked = {"numbers": " ".join(sorted(set(numbers)))}
    rows = connection.execute(_BY_NUMBER, asked).fetchall()
    return {number: Establishment(*rest) for number, *rest in rows}


def sirets_of(connection: duckdb.DuckDBPyConnection, entries: Iterable[Entry]) -> dict[Entry, str]:
    """Return the SIRET of the open establishment where each entry is, else of the head office or another.

    An entry whose SIREN has no open establishment is left out.
    """
    asked = {"sirens": " ".join(sorted({entry.siren for entry in entries}))}
    heads: dict[str, str] = {}
    there: dict[tuple[str, str, str, str], str] = {}
    rows = connection.execute(_OF_SIRENS, asked).fetchall()
    for siren, siret, address, postcode, city in rows:
        heads.setdefault(siren, siret)
        there.setdefault((siren, address, postcode, city), siret)
    found = {}
    for entry in entries:
        place = (entry.siren, entry.address, entry.postcode, entry.city)
        siret = there.get(place) or heads.get(entry.siren)
        if siret:
            found[entry] = siret
    return found
