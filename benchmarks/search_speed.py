"""Search at scale, measured: a million fictional organisations, 500 varied hybrid queries.

    python -m benchmarks.search_speed [--organisations 1000000] [--queries 500] [--folder DIR]

The organisations are drawn at random, always the same: names from lists of words, activities and
communes of the embedded demonstration. Figures are printed one a line.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from benchmarks.search_population import FORMS, SEED, STATUSES, TRADES, generate, surname
from essor.search.build import build_index
from essor.search.cells import Circle
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
            _build(folder, options.organisations)
        for part in ("--first", "--ask"):
            command = (sys.executable, "-m", "benchmarks.search_speed", part, str(folder))
            subprocess.run((*command, "--queries", str(options.queries)), check=True)
    return 0


def _build(folder: Path, organisations: int) -> None:
    with duckdb.connect() as connection:
        generate(connection, organisations)
        start = time.perf_counter()
        build_index(folder, connection)
        seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in (folder / "search").rglob("*") if path.is_file())
    documents = 2 * organisations
    print(f"documents: {organisations} organisations, as many establishments")
    print(
        f"build: {seconds:.1f} s, {seconds * 1e6 / documents:.0f} s per million (target {_BUILD_S})"
    )
    print(f"index: {size / 1e6:.0f} MB", flush=True)


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
    for _ in range(count):
        yield Query(_request(drawn), drawn.choice(filters)())


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
    print(f"first query of a cold process: {seconds:.2f} s ({page.total} answers)", flush=True)
    return 0


def _ask(folder: Path, count: int) -> int:
    index = open_index(folder)
    index.search(Query("une première fois"))
    milliseconds = sorted(_milliseconds(index, query) for query in _queries(count))
    p50, p95 = statistics.median(milliseconds), milliseconds[int(len(milliseconds) * 0.95)]
    print(
        f"{count} queries: p50 {p50:.1f} ms (target {_P50_MS}), p95 {p95:.1f} ms (target {_P95_MS}), "
        f"max {milliseconds[-1]:.1f} ms"
    )
    print(f"RSS: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)
    return 0


def _milliseconds(index: Index, query: Query) -> float:
    start = time.perf_counter()
    page = index.search(query)
    milliseconds = (time.perf_counter() - start) * 1000
    if os.environ.get("ESSOR_BENCH_TRACE"):
        print(f"{milliseconds:8.1f} ms {page.total:8d}  {query.text!r} {query.filters}")
    return milliseconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
