"""Candidates: the suppliers of a release that may answer a need, chosen in its pool, judged elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from essor.matching.activity import Supplier
from essor.matching.card import CARDS, Reading, supplier_of
from essor.matching.inference import Trades
from essor.matching.listed import KINDS
from essor.matching.nearest import chosen
from essor.matching.need import Need
from essor.matching.prepared import pool_of

__all__ = ["KINDS", "Candidates", "candidates", "siret_of", "suppliers_at"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The suppliers read, and whether there were more than are judged."""

    suppliers: tuple[Supplier, ...]
    is_cut: bool


def candidates(connection: duckdb.DuckDBPyConnection, need: Need, trades: Trades) -> Candidates:
    """Return the open establishments of the social economy that may answer, in no order.

    Of a trade near one wanted, within reach of the place; and conventioned structures in the same
    place whose activity code says no trade. When they are too many, the nearest of each degree of
    closeness in trade are kept. `trades` reads the trades that a name says.
    """
    pool = pool_of(connection)
    reading = Reading(pool.kinds_without_list, trades)
    found = chosen(pool, need)
    cards = pool.cards.taken(found.rows)
    return Candidates(tuple(supplier_of(card, reading) for card in cards), found.is_cut)


def suppliers_at(
    connection: duckdb.DuckDBPyConnection, sirets: Sequence[str], trades: Trades
) -> tuple[Supplier, ...]:
    """Return the suppliers of these SIRET that the release holds, open or not, by SIRET."""
    reading = Reading(pool_of(connection).kinds_without_list, trades)
    rows = connection.execute(_AT, {"sirets": " ".join(sirets)}).fetchall()
    return tuple(supplier_of(card, reading) for (card,) in rows)


def siret_of(connection: duckdb.DuckDBPyConnection, number: str) -> str | None:
    """Return the SIRET of an establishment, or of the head office of a SIREN; None without any."""
    row = connection.execute(_ONE, {"number": number}).fetchone()
    return None if row is None else str(row[0])


# Lists travel as one text: DuckDB takes 20 µs for each item of a Python list.
_AT = f"""
{CARDS}
SELECT card FROM cards WHERE siret IN (SELECT unnest(string_split($sirets, ' '))) ORDER BY siret
"""
_ONE = """
SELECT e.siret FROM establishments AS e WHERE e.siret = $number OR e.siren = $number
ORDER BY e.siret = $number DESC, coalesce(e.is_head_office, false) DESC, e.is_active DESC, e.siret LIMIT 1
"""
