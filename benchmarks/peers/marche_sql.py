"""Matching, Essor beside the rule of the « Marché de l'inclusion » on PostgreSQL: same suppliers, same needs.

The rule answers a bare set in an order of popularity; Essor judges, scores and explains. The times say
what the reasons cost. The SQL is checked against our Python reading of the rule in the same run.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.need import _listed, _request
from benchmarks.peers.figures import Figure, Note, PeerMissingError, Told, percentile
from benchmarks.peers.marche_population import Asked, draw_needs, make_suppliers
from benchmarks.peers.marche_rule import (
    INDEXES,
    TABLES,
    offer_row,
    rule,
    supplier_row,
    zone_rows,
)
from benchmarks.peers.server import Connection, has_extension, server
from benchmarks.search_population import generate
from essor.matching.answer import answer
from essor.matching.marche import Listed, Request, marche
from essor.matching.naming import trades_said

DAY = date(2026, 11, 23)
CHECKED = 60
"""How many needs are also answered in Python, a whole scan each, to compare the sets and the orders."""

_NAME = "marche rule on PostgreSQL"


def compared(organisations: int, needs: int, cases: Path | None) -> Iterator[Told]:
    """Yield what it costs to match so many needs with so many suppliers, in both.

    `cases` is the file of situations whose outcomes are known, when there is one.

    Raises:
        PeerMissingError: PostgreSQL, its driver or PostGIS is not here.
    """
    with server() as connection:
        if not has_extension(connection, "postgis"):
            message = "the extension postgis is not installed (Debian: postgresql-15-postgis-3)"
            raise PeerMissingError(message)
        if cases:
            yield conforming(connection, cases)
        with duckdb.connect() as register:
            generate(register, organisations)
            suppliers = make_suppliers(register)
            load(connection, suppliers)
            asked = tuple(draw_needs(register, needs))
            yield Note(
                f"match: {len(suppliers)} suppliers, {len(asked)} needs with a trade and a place"
            )
            yield agreeing(connection, suppliers, [each.request for each in asked[:CHECKED]])
            yield from _timed(register, connection, asked)


def load(connection: Connection, suppliers: Sequence[Listed]) -> None:
    """Fill the tables of PostgreSQL with the suppliers, replacing any other, and index them."""
    connection.execute("DROP TABLE IF EXISTS suppliers, offers, zones")
    for table in TABLES:
        connection.execute(table)
    offers = [(each.id, offer) for each in suppliers for offer in each.offers]
    _copy(connection, "suppliers", map(supplier_row, suppliers))
    _copy(connection, "offers", (offer_row(n, *each) for n, each in enumerate(offers)))
    zones = (row for n, (_, offer) in enumerate(offers) for row in zone_rows(n, offer))
    _copy(connection, "zones", zones)
    for index in INDEXES:
        connection.execute(index)
    connection.execute("VACUUM ANALYZE suppliers, offers, zones")


def kept(connection: Connection, request: Request) -> tuple[str, ...]:
    """Return the suppliers that the rule in SQL keeps, in its order."""
    told = rule(request)
    return tuple(str(row[0]) for row in connection.execute(told.sql, told.values).fetchall())


def agreeing(
    connection: Connection, suppliers: Sequence[Listed], requests: Sequence[Request]
) -> Note:
    """Return how often SQL and Python keep the same suppliers in the same order."""
    same = sum(
        kept(connection, request) == tuple(each.id for each in marche(request, suppliers))
        for request in requests
    )
    return Note(f"match: the rule in SQL and in Python agree: {same} of {len(requests)} needs")


def conforming(connection: Connection, cases: Path) -> Note:
    """Return how many situations of known outcome the rule in SQL answers as it must."""
    told = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line]
    right = 0
    for case in told:
        load(connection, tuple(_listed(each) for each in case["suppliers"]))
        right += set(kept(connection, _request(case["need"]))) == set(case["expected"])
    return Note(f"match: the rule in SQL answers {right} of {len(told)} known situations")


def _copy(connection: Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _timed(
    register: duckdb.DuckDBPyConnection, connection: Connection, asked: Sequence[Asked]
) -> Iterator[Told]:
    def by_essor(each: Asked) -> int:
        return len(answer(register, each.need, DAY, 1, trades_said).matches)

    def by_rule(each: Asked) -> int:
        return len(kept(connection, each.request))

    for each in asked[:5]:
        by_essor(each)
        by_rule(each)
    pairs = [(_milliseconds(by_essor, each), _milliseconds(by_rule, each)) for each in asked]
    for share, label in ((0.5, "p50"), (0.95, "p95")):
        ours, theirs = (percentile([pair[side][0] for pair in pairs], share) for side in (0, 1))
        yield Figure(f"match with reasons against a bare set, {label}", ours, theirs, _NAME)
    for side, name in ((0, "Essor"), (1, _NAME)):
        told = percentile([pair[side][1] for pair in pairs], 0.5)
        empty = sum(pair[side][1] == 0 for pair in pairs)
        yield Note(f"match: {name}: {told:.0f} answers (median), none for {empty} of {len(pairs)}")


def _milliseconds(ask: Callable[[Asked], int], asked: Asked) -> tuple[float, int]:
    start = time.perf_counter()
    found = ask(asked)
    return (time.perf_counter() - start) * 1000, found
