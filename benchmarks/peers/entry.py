"""Essor beside its peers, in one run: search and matching against PostgreSQL, quality against text rankers.

    python -m benchmarks peers [--organisations 200000] [--queries 500] [--needs 200]
        [--knowledge RELEASE] [--bench DIR] [--lucene JAR] [--only search|match|quality] [--json]

Run it as `taskset -c 0 python -m benchmarks peers` to give one core to both, as the targets say:
without, Essor may use them all while PostgreSQL is held to one.

A ratio above 1 is in favour of Essor. A peer that cannot be run is said missing, with the reason. It
is run with the interpreter that has the dependency group `dev` (psycopg, scikit-learn).
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.peers import marche_sql, postgresql, quality
from benchmarks.peers.figures import Missing, PeerMissingError, Told, as_json, machine, table

_CASES = "lemarche_rule/cases.jsonl"


def main(arguments: Sequence[str]) -> int:
    """Print every figure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers")
    parser.add_argument("--organisations", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--needs", type=int, default=200)
    parser.add_argument(
        "--knowledge", type=Path, help="folder of a release whose NAF notes are read"
    )
    parser.add_argument("--bench", type=Path, help="the folder of the measuring contract")
    parser.add_argument("--lucene", type=Path, help="a jar that holds Lucene 9")
    parser.add_argument("--only", choices=("search", "match", "quality"))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(arguments)
    told = tuple(_told(options))
    print(as_json(told) if options.json else table(told))
    return 0


def _told(options: argparse.Namespace) -> Iterator[Told]:
    bench: Path | None = options.bench
    cases = bench / _CASES if bench and (bench / _CASES).exists() else None
    parts: dict[str, tuple[str, Callable[[], Iterator[Told]]]] = {
        "search": (
            "PostgreSQL full text + PostGIS",
            lambda: postgresql.compared(options.organisations, options.queries, options.knowledge),
        ),
        "match": (
            "marche rule on PostgreSQL",
            lambda: marche_sql.compared(options.organisations, options.needs, cases),
        ),
        "quality": ("text rankers", lambda: _quality(bench, options.lucene)),
    }
    yield machine()
    for part, (name, compared) in parts.items():
        if options.only in (None, part):
            print(f"{part}…", file=sys.stderr, flush=True)
            try:
                yield from compared()
            except PeerMissingError as error:
                yield Missing(name, str(error))


def _quality(bench: Path | None, jar: Path | None) -> Iterator[Told]:
    if bench is None:
        message = "the folder of the measuring contract was not given (--bench DIR)"
        raise PeerMissingError(message)
    yield from quality.compared(bench, jar)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
