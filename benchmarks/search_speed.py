"""Search at scale, measured: a million fictional organisations, 500 varied hybrid queries.

    python -m benchmarks.search_speed [--organisations 1000000] [--queries 500] [--folder DIR] [--knowledge RELEASE]

The organisations are drawn at random, always the same: names from lists of words, activities and
communes of the embedded demonstration; each has one establishment, which is indexed too. What is known
of activities is the labels alone, or what the release given by `--knowledge` knows: its notes make the
reading of a request dearer. Figures are printed one a line; processor time counts every thread.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.search_population import FORMS, SEED, STATUSES, TRADES, generate, surname
from essor.language.knowledge import knowledge_of
from essor.language.naf import LANGUAGE, keep
from essor.search.build import build_index
from essor.search.circle import Circle
from essor.search.document import Document, Kind
from essor.search.index import Index, open_index
from essor.search.query import Filters, Perimeter, Query
from essor.territory.distance import Point
from essor.territory.level import Level

_P50_MS, _P95_MS, _BUILD_S = 15, 35, 90
_CENTRES = (Point(6.17, 49.12), Point(2.35, 48.85), Point(4.84, 45.76), Point(-1.55, 47.22))


def main(arguments: Sequence[str]) -> int:
    """Print every figure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_speed")
    parser.add_argument("--organisations", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="where the generated index is kept")
    parser.add_argument(
        "--knowledge", type=Path, help="folder of a release whose NAF notes are read"
    )
    parser.add_argument("--first", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.first:
        return _first(options.first)
    if options.ask:
        return _ask(options.ask, options.queries)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        if not (folder / "search").exists():
            _build(folder, options.organisations, options.knowledge)
        for part in ("--first", "--ask"):
            command = (sys.executable, "-m", "benchmarks.search_speed", part, str(folder))
            subprocess.run((*command, "--queries", str(options.queries)), check=True)
    return 0


def _build(folder: Path, organisations: int, release: Path | None) -> None:
    with duckdb.connect() as connection:
        generate(connection, organisations)
        _learn(connection, release, folder)
        start, processor = time.perf_counter(), time.process_time()
        build_index(folder, connection)
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
    size = sum(path.stat().st_size for path in (folder / "search").rglob("*") if path.is_file())
    print(f"documents: {organisations} organisations, as many establishments")
    print(f"build: {seconds:.1f} s, {processor:.1f} s of processor")
    for noun, count in (("documents", 2 * organisations), ("organisations", organisations)):
        wall, used = (each * 1e6 / count for each in (seconds, processor))
        print(f"  per million {noun}: {wall:.0f} s, {used:.0f} s of processor (target {_BUILD_S})")
    print(f"index: {size / 1e6:.0f} MB", flush=True)


def _learn(connection: duckdb.DuckDBPyConnection, release: Path | None, folder: Path) -> None:
    """Write into `folder` what a reader of the NAF needs, and the tables that it is read from."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    for name in ("naf", "naf_notes"):
        if release:
            notes = str(release / "tables" / f"{name}.parquet")
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM read_parquet(?)", [notes])
        connection.table(name).write_parquet(str(tables / f"{name}.parquet"))
    keep(knowledge_of(connection), folder / LANGUAGE)


def _queries(count: int) -> Iterator[Query]:
    """Yield varied queries: words, misspelt names, activities, under varied filters."""
    drawn = random.Random(SEED + 1)
    filters = (
        lambda: Filters(territories=((Level.DEPARTEMENT, drawn.choice(("57", "69", "59", "35"))),)),
        lambda: Filters(circle=Circle(drawn.choice(_CENTRES), drawn.choice((20, 50, 100, 200)))),
        lambda: Filters(naf=(drawn.choice(("C", "25", "38.3", "13", "16.2")),)),
        lambda: Filters(families=(), statuses=(drawn.choice(STATUSES),)),
        lambda: Filters(staff_min=10, staff_max=250, perimeter=Perimeter.P1),
        lambda: Filters(
            territories=((Level.REGION, drawn.choice(("44", "84", "53"))),), naf=("C",)
        ),
        Filters,
    )
    for text in islice(_distinct(drawn), count):
        yield Query(text, drawn.choice(filters)())


def _distinct(drawn: random.Random) -> Iterator[str]:
    """Yield requests, none twice but the empty one: an index remembers what it has just read."""
    seen: set[str] = set()
    while True:
        text = _request(drawn)
        if text not in seen:
            yield text
        seen |= {text} - {""}


def _request(drawn: random.Random) -> str:
    trade, other = drawn.sample(TRADES, 2)
    misspelt = trade[:2] + trade[3:]
    requests = (
        trade,
        f"{trade} {surname(drawn)}",
        f"{drawn.choice(FORMS)} {surname(drawn)} {other}",
        misspelt,
        f"fabrication de pièces de {trade} pour {other}",
        f"{drawn.randrange(100_000):09d}",
        "",
    )
    return drawn.choice(requests)


def _first(folder: Path) -> int:
    start = time.perf_counter()
    page = open_index(folder).search(Query("réparation de machines agricoles", Filters(naf=("C",))))
    seconds = time.perf_counter() - start
    print(
        f"first query of a cold process: {seconds:.2f} s ({page.total} answers); "
        f"{time.process_time():.2f} s of processor since it started",
        flush=True,
    )
    return 0


def _ask(folder: Path, count: int) -> int:
    index = open_index(folder)
    index.search(Query("une première fois"))
    processor = time.process_time()
    milliseconds = sorted(_milliseconds(index, query) for query in _queries(count))
    used = (time.process_time() - processor) * 1000 / count
    p50, p95 = statistics.median(milliseconds), milliseconds[int(len(milliseconds) * 0.95)]
    print(
        f"{count} queries: p50 {p50:.1f} ms (target {_P50_MS}), p95 {p95:.1f} ms (target {_P95_MS}), "
        f"max {milliseconds[-1]:.1f} ms; {used:.1f} ms of processor each"
    )
    print(f"a publication, until it is found: {_published(index):.1f} ms (median of 20)")
    print(f"RSS: {_resident_mb():.0f} MB at most", flush=True)
    return 0


def _resident_mb() -> float:
    """Return the most memory that this process has held; `getrusage` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _published(index: Index) -> float:
    """Return how long a document takes from its publication to its being found, in milliseconds."""
    seconds = []
    for rank in range(20):
        need = Document(f"besoin-{rank}", name="Zorvalin", text="Un atelier pour coudre des sacs.")
        start = time.perf_counter()
        above = index.overlaid(Kind.ORGANISATION, [need])
        if above.search(Query("Zorvalin")).hits[0].document.id != need.id:
            raise SystemExit("Le document publié n’est pas trouvé.")
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


def _milliseconds(index: Index, query: Query) -> float:
    start = time.perf_counter()
    page = index.search(query)
    milliseconds = (time.perf_counter() - start) * 1000
    if os.environ.get("ESSOR_BENCH_TRACE"):
        print(f"{milliseconds:8.1f} ms {page.total:8d}  {query.text!r} {query.filters}")
    return milliseconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
