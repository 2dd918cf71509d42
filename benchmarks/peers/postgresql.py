"""Search, Essor beside PostgreSQL full text and PostGIS: same organisations, same requests, in turn.

PostgreSQL is asked four ways, from the lightest to the question of Essor: every word needed; any
word; any word, names typed badly looked for by trigrams when nothing answers, and facets counted; and
the same question: half of the words, each as written or misspelt, always, facets counted, what is shown
marked. Essor answers in full, then by words alone, the text being read into no activity.

What no way asks of PostgreSQL: to find by meaning (« recycler des fenêtres » finds menuiseries; it
searches the labels of activities as words instead), the words of places, a whole name told from a part,
the reasons of the order. What is not asked of Essor: the words of labels, weighed by how often they come.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import duckdb
import numpy as np

from benchmarks.peers.figures import Figure, Note, PeerMissingError, Told, percentile
from benchmarks.peers.register_sql import COLUMNS, INDEXES, TABLE, TRIGRAMS, Words, statement
from benchmarks.peers.server import Connection, has_extension, processor_ms, server
from benchmarks.search_population import generate
from benchmarks.search_speed import _learn as learn
from benchmarks.search_speed import _queries as requests
from essor.search.activities import Activities, Known
from essor.search.build import FOLDER, build_index
from essor.search.index import Index, open_index
from essor.search.page import Page
from essor.search.query import Query

TARGET = 5
"""Essor must answer so many times faster than PostgreSQL full text + PostGIS."""

_NOTHING = Known(frozenset(), {}, 1)
_BATCH = 20_000
_LOADED = """
SELECT o.siren, o.name, n.label, o.naf, n.section, o.naf[:2], o.ess_family,
    coalesce(s.kinds, []), o.staff_band, o.commune, o.epci, o.departement, o.region,
    o.is_industrial_p1, o.is_active, 'SRID=4326;POINT(' || o.lon || ' ' || o.lat || ')'
FROM organisations AS o JOIN naf AS n ON n.code = o.naf
LEFT JOIN (SELECT siren, list(DISTINCT kind) AS kinds FROM statuses GROUP BY 1) AS s USING (siren)
ORDER BY o.siren
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: how long it took in ms, wall and processor, how many answer, and the first few."""

    wall_ms: float
    cpu_ms: float | None
    total: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of asking PostgreSQL, named as it is told."""

    name: str
    ask: Callable[[Connection, Query], Asked]


def compared(organisations: int, queries: int, release: Path | None) -> Iterator[Told]:
    """Yield what it costs to search so many organisations with so many requests, in both.

    Essor reads requests with what the labels of activities say, or with all that the release in the
    folder `release` knows; PostgreSQL searches the labels.

    Raises:
        PeerMissingError: PostgreSQL, its driver or PostGIS is not here.
    """
    with tempfile.TemporaryDirectory() as scratch, server() as connection:
        _refuse_without_extensions(connection)
        with duckdb.connect() as register:
            generate(register, organisations)
            learn(register, release, Path(scratch))
            yield _versions(connection, organisations)
            yield from _built(Path(scratch), register, connection)
        index = open_index(Path(scratch))
        yield from _answered(index, connection, tuple(requests(queries)))


def load(register: duckdb.DuckDBPyConnection, connection: Connection) -> None:
    """Fill the table of PostgreSQL with the organisations of the register, and index it."""
    connection.execute(TABLE)
    rows = register.execute(_LOADED)
    with connection.cursor().copy(f"COPY organisations ({COLUMNS}) FROM STDIN") as copy:
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                copy.write_row(row)
    for index in (*INDEXES, TRIGRAMS):
        connection.execute(index)
    connection.execute("VACUUM ANALYZE organisations")


def ask(connection: Connection, query: Query, words: Words, *, has_counts: bool) -> Asked:
    """Return what PostgreSQL answers: the page and the total, and the facets when wanted."""
    told = statement(query, words, has_counts=has_counts)
    process = connection.info.backend_pid
    used, start = processor_ms(process), time.perf_counter()
    row = connection.execute(told.sql, told.values).fetchone()
    wall = (time.perf_counter() - start) * 1000
    page, total = (row[0], row[1]) if row else (None, 0)
    hits = cast("Sequence[dict[str, object]]", page or ())
    after = processor_ms(process)
    cpu = after - used if after is not None and used is not None else None
    return Asked(wall, cpu, int(str(total)), tuple(str(hit["siren"]) for hit in hits))


def whole(connection: Connection, query: Query) -> Asked:
    """Return the answer with any word and its facets; that of trigrams when there is none."""
    found = ask(connection, query, Words.ANY, has_counts=True)
    if found.total or not query.text.strip():
        return found
    again = ask(connection, query, Words.TYPED_BADLY, has_counts=True)
    cpu = None if found.cpu_ms is None or again.cpu_ms is None else found.cpu_ms + again.cpu_ms
    return replace(again, wall_ms=found.wall_ms + again.wall_ms, cpu_ms=cpu)


WAYS = (
    Way("every word, total", lambda c, q: ask(c, q, Words.EVERY, has_counts=False)),
    Way("any word, total", lambda c, q: ask(c, q, Words.ANY, has_counts=False)),
    Way("any word, typos, total, facets", whole),
    Way("the same question", lambda c, q: ask(c, q, Words.ENOUGH, has_counts=True)),
)
BY_WORDS = WAYS[1:]
"""What Essor is compared with when it reads no activity."""


def _refuse_without_extensions(connection: Connection) -> None:
    for name in ("postgis", "pg_trgm"):
        if not has_extension(connection, name):
            message = f"the extension {name} is not installed (Debian: postgresql-15-postgis-3)"
            raise PeerMissingError(message)


def _versions(connection: Connection, organisations: int) -> Note:
    row = connection.execute("SELECT version(), postgis_lib_version()").fetchone() or ("", "")
    server_name = " ".join(str(row[0]).split()[:2])
    return Note(
        f"search: {organisations} organisations; {server_name}, PostGIS {row[1]}, one core, JIT off"
    )


def _built(
    folder: Path, register: duckdb.DuckDBPyConnection, connection: Connection
) -> Iterator[Told]:
    start = time.perf_counter()
    build_index(folder, register)
    ours, start = time.perf_counter() - start, time.perf_counter()
    load(register, connection)
    theirs = time.perf_counter() - start
    # Essor files as many establishments beside, in its index as in its time.
    yield Figure("index built, establishments too", ours, theirs, "PostgreSQL without them", "s")
    files = sum(path.stat().st_size for path in (folder / FOLDER).rglob("*") if path.is_file())
    row = connection.execute("SELECT pg_total_relation_size('organisations')").fetchone() or (0,)
    sizes = (files / 1e6, int(str(row[0])) / 1e6)
    yield Figure("index on disk, establishments too", *sizes, "PostgreSQL without them", "MB")


def _answered(index: Index, connection: Connection, asked: Sequence[Query]) -> Iterator[Told]:
    for query in asked[:20]:
        index.search(query)
        for way in WAYS:
            way.ask(connection, query)
    by_words = replace(index, activities=Activities(_NOTHING, np.zeros((0, 0), np.float32)))
    ours: list[Asked] = []
    ours_by_words: list[Asked] = []
    theirs: list[list[Asked]] = [[] for _ in WAYS]
    for query in asked:
        ours.append(_by_essor(index, query))
        ours_by_words.append(_by_essor(by_words, query))
        for answers, way in zip(theirs, WAYS, strict=True):
            answers.append(way.ask(connection, query))
    yield _agreement(asked, ours, theirs[0])
    for answers, way in zip(theirs, WAYS, strict=True):
        yield from _figures("filtered query", ours, answers, way)
        yield from _processor(ours, answers, way)
        yield from _of_both(ours, answers, way)
    for answers, way in zip(theirs[1:], BY_WORDS, strict=True):
        yield from _figures("by words alone", ours_by_words, answers, way)
    for name, answers in zip(("Essor", *(way.name for way in WAYS)), (ours, *theirs), strict=True):
        empty = sum(answer.total == 0 for answer in answers)
        yield Note(f"search: {name}: nothing answers {empty} of {len(answers)} requests")


def _of_both(ours: Sequence[Asked], theirs: Sequence[Asked], way: Way) -> Iterator[Figure]:
    both = [pair for pair in zip(ours, theirs, strict=True) if pair[0].total and pair[1].total]
    if both:
        what = f"of which {len(both)} that both answer"
        yield from _figures(what, [our for our, _ in both], [their for _, their in both], way)


def _figures(
    what: str, ours: Sequence[Asked], theirs: Sequence[Asked], way: Way
) -> Iterator[Figure]:
    name = f"PostgreSQL {way.name}"
    walls = [[each.wall_ms for each in one] for one in (ours, theirs)]
    for share, label in ((0.5, "p50"), (0.95, "p95")):
        our, their = (percentile(one, share) for one in walls)
        yield Figure(f"{what}, {label}", our, their, name, target=TARGET)
    our, their = (sum(one) / len(one) for one in walls)
    yield Figure(f"{what}, mean", our, their, name, target=TARGET)


def _processor(ours: Sequence[Asked], theirs: Sequence[Asked], way: Way) -> Iterator[Figure]:
    cpu = [[each.cpu_ms for each in one if each.cpu_ms is not None] for one in (ours, theirs)]
    if all(cpu):
        our, their = (sum(one) / len(one) for one in cpu)
        yield Figure("filtered query, mean of processor", our, their, f"PostgreSQL {way.name}")


def _by_essor(index: Index, query: Query) -> Asked:
    used, start = time.process_time(), time.perf_counter()
    page: Page = index.search(query)
    wall, cpu = (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000
    return Asked(wall, cpu, page.total, tuple(hit.document.siren for hit in page.hits))


def _agreement(asked: Sequence[Query], ours: Sequence[Asked], theirs: Sequence[Asked]) -> Note:
    """Return how often filters alone keep as many organisations: the data and conditions are the same."""
    pairs = [
        our.total == their.total
        for query, our, their in zip(asked, ours, theirs, strict=True)
        if not query.text.strip()
    ]
    return Note(
        f"search: filters alone keep as many in both: {sum(pairs)} of {len(pairs)} requests"
    )
