"""Matching at scale, measured: a register of fictional suppliers, varied needs, each with its reasons.

    python -m benchmarks match-speed [--organisations 1000000] [--needs 200] [--folder DIR]

Every organisation is drawn at random, always the same, and is made of the social economy: all may
supply. One process, one thread. Needs are given by codes: the reading of a text is measured apart.
A second run on the same folder finds the register drawn: its peak memory is that of the matching.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.search_population import SEED, generate
from essor.language.quantities import Quantity
from essor.matching.answer import answered
from essor.matching.keeping import keep
from essor.matching.kept import open_kept
from essor.matching.naming import trades_said
from essor.matching.need import Need, Wanted
from essor.matching.prepared import prepare
from essor.matching.reservation import Reserved
from essor.matching.suppliers import candidates
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

_P95_MS = 120
_DAY = date(2026, 11, 23)
_FAMILIES = "['association', 'cooperative', 'fondation', 'mutuelle', 'societe_commerciale']"
# What a release holds beside what a search index is built from.
_MORE = f"""
UPDATE organisations SET ess_family = {_FAMILIES}[1 + siren::INTEGER % 5] WHERE ess_family IS NULL;
ALTER TABLE establishments ADD COLUMN is_head_office BOOLEAN DEFAULT true;
ALTER TABLE establishments ADD COLUMN staff_lower INTEGER DEFAULT 10;
ALTER TABLE communes ADD COLUMN parent VARCHAR;
ALTER TABLE statuses ADD COLUMN attested_on DATE DEFAULT DATE '2026-01-01';
ALTER TABLE statuses ADD COLUMN valid_to DATE;
ALTER TABLE statuses ADD COLUMN source VARCHAR DEFAULT 'siae';
"""
_TOWNS = (
    Zone(Level.COMMUNE, "57463", "Metz", Point(6.17, 49.12), None, ("region:44", FRANCE)),
    Zone(Level.COMMUNE, "69123", "Lyon", Point(4.84, 45.76), None, ("region:84", FRANCE)),
    Zone(Level.COMMUNE, "44109", "Nantes", Point(-1.55, 47.22), None, ("region:52", FRANCE)),
    Zone(Level.COMMUNE, "59350", "Lille", Point(3.06, 50.63), None, ("region:32", FRANCE)),
)
_ZONES = (
    Zone(Level.DEPARTEMENT, "57", "Moselle", Point(6.6, 49.0), 6_216, ("region:44", FRANCE)),
    Zone(Level.REGION, "84", "Auvergne-Rhône-Alpes", Point(4.5, 45.5), 69_711, (FRANCE,)),
)


def main(arguments: Sequence[str]) -> int:
    """Print every figure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.match_speed")
    parser.add_argument("--organisations", type=int, default=1_000_000)
    parser.add_argument("--needs", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the generated register is kept")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch:
        folder: Path = options.folder or Path(scratch)
        with _register(folder, options.organisations) as connection:
            connection.execute("SET threads = 1")
            release = folder / f"release-{options.organisations}"
            _kept(connection, release)
            codes = [code for (code,) in connection.execute(_CODES).fetchall()]
            needs = list(_needs(options.needs, codes))
            _opened(connection, release, needs[0])
            _measure(connection, needs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")
    return 0


def _kept(connection: duckdb.DuckDBPyConnection, release: Path) -> None:
    """Keep the pool as a build does, unless it is kept already."""
    if open_kept(release) is None:
        processor = time.process_time()
        keep(connection, release)
        print(f"kept once a release: {time.process_time() - processor:.2f} s of processor")
    sizes = [file.stat().st_size for file in release.rglob("*") if file.is_file()]
    print(f"kept on the disk: {sum(sizes) / 1e6:.0f} MB")


def _opened(connection: duckdb.DuckDBPyConnection, release: Path, need: Need) -> None:
    """Open what is kept, as a process that starts does, and answer a first need."""
    connection.execute(f"SET allowed_directories = ['{release}']")
    start = time.perf_counter()
    prepare(connection)
    opened = time.perf_counter()
    _asked(connection, need)
    first = time.perf_counter() - opened
    print(
        f"opened once a process: {(opened - start) * 1000:.0f} ms; first need {first * 1000:.0f} ms"
    )


_CODES = "SELECT code FROM naf WHERE level = 5 ORDER BY code"


def _register(folder: Path, organisations: int) -> duckdb.DuckDBPyConnection:
    """Return a connection on a register of so many suppliers, drawn when the folder has none."""
    path = folder / f"suppliers-{organisations}.duckdb"
    is_drawn = path.exists()
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(path))
    if not is_drawn:
        generate(connection, organisations)
        connection.execute(_MORE)
    return connection


def _needs(count: int, codes: Sequence[str]) -> Iterator[Need]:
    """Yield varied needs: one to six trades; a place, a radius, a perimeter; conditions or none."""
    drawn = random.Random(SEED + 2)
    conditions: tuple[dict[str, object], ...] = (
        {"place": drawn.choice(_TOWNS)},
        {"place": _TOWNS[0], "radius_km": 50.0},
        {"place": _TOWNS[1], "radius_km": 200.0, "reserved_under": Reserved.INSERTION},
        {"place": _TOWNS[2], "reserved_under": Reserved.HANDICAP},
        {"zones": (_ZONES[0],), "amount_eur": 90_000.0},
        {"zones": (_ZONES[1],), "quantity": Quantity(600, "t", "an", "600 t/an")},
        {"statuses": ("aci", "ei")},
        {},
    )
    for number in range(count):
        wanted = drawn.sample(codes, drawn.randint(1, 6))
        trades = tuple(Wanted(code, 1 - 0.1 * rank) for rank, code in enumerate(wanted))
        yield Need(f"besoin {number}", trades, **drawn.choice(conditions))  # type: ignore[arg-type]  # values of fields of their own names


def _measure(connection: duckdb.DuckDBPyConnection, needs: Sequence[Need]) -> None:
    steps = [_asked(connection, need) for need in needs]
    for name, column in (("wall", 0), ("processor", 1)):
        spent = sorted(sum(step[column] for step in taken) for taken in steps)
        told = f"p50 {statistics.median(spent):.0f} ms, p95 {spent[int(len(spent) * 0.95)]:.0f} ms"
        print(f"{len(needs)} needs, {name}: {told}, max {spent[-1]:.0f} ms (target p95 {_P95_MS})")
    total = sum(step[1] for taken in steps for step in taken)
    for place, name in enumerate(("candidates", "judgement and order")):
        print(
            f"  {name}: {100 * sum(taken[place][1] for taken in steps) / total:.0f} % of processor"
        )


def _asked(
    connection: duckdb.DuckDBPyConnection, need: Need
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return wall and processor milliseconds of the candidates, then of their judgement."""
    marks = [(time.perf_counter(), time.process_time())]
    read = candidates(connection, need, trades_said)
    marks.append((time.perf_counter(), time.process_time()))
    answered(need, read, _DAY, 1)
    marks.append((time.perf_counter(), time.process_time()))
    (a, p), (b, q), (c, r) = marks
    return ((b - a) * 1000, (q - p) * 1000), ((c - b) * 1000, (r - q) * 1000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
