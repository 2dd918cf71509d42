"""The site under load: thirty people at once on each page, by wrk, on this machine.

python -m benchmarks site-load [--people N] [--seconds N] [--workers N]

Serves the release of ESSOR_HOME by `essor serve`, asks each page in turn, prints p50, p95, p99 (ms), requests
a second and errors. The load generator shares the machine with the site.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.site_server import served
from essor.home import home
from essor.release.opened import open_release

_REPORT = Path(__file__).with_name("percentiles.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What a page did under load; times in milliseconds."""

    page: str
    requests: int
    failed: int
    seconds: float
    p50: float
    p95: float
    p99: float
    longest: float


def main(arguments: Sequence[str]) -> int:
    """Print what each page does under load; return 2 when wrk is not there."""
    options = _options(arguments)
    if shutil.which("wrk") is None:
        print("wrk manque : « apt install wrk ».", file=sys.stderr)
        return 2
    print(f"{'page':28} {'p50':>8} {'p95':>8} {'p99':>8} {'max':>8} {'req/s':>8} {'erreurs':>8}")
    failed = 0
    with served(options.workers, is_silent=True) as root:
        for name, path in pages().items():
            load = _loaded(name, f"{root}{path}", options.people, options.seconds)
            failed += load.failed
            print(
                f"{load.page:28} {load.p50:8.1f} {load.p95:8.1f} {load.p99:8.1f} {load.longest:8.1f} "
                f"{load.requests / load.seconds:8.1f} {load.failed:8d}",
                flush=True,
            )
    return 1 if failed else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks site-load")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args(arguments)


def pages() -> dict[str, str]:
    """Return the pages measured, one card among them."""
    with open_release(home()).connect() as connection:
        row = connection.execute("SELECT min(siren) FROM organisations WHERE is_active").fetchone()
    siren = row[0] if row else ""
    return {
        "accueil": "/",
        "annuaire, un métier": f"/annuaire/?q={quote('menuiserie bois')}",
        "annuaire, autour d’un lieu": f"/annuaire/?q={quote('recyclage')}&lieu=Metz&rayon=50",
        "fiche": f"/organisations/{siren}/",
        "observatoire, France": "/observatoire/",
        "observatoire, département": "/observatoire/departement/57/",
        "besoin": f"/besoins/?besoin={quote('recyclage de fenêtres en fin de vie')}&lieu=Metz",
    }


def _loaded(page: str, address: str, people: int, seconds: int) -> Load:
    """Ask a page once for each worker to have opened what it needs, then for so many seconds."""
    _wrk(address, people, 5)
    return _wrk(address, people, seconds, page)


def _wrk(address: str, people: int, seconds: int, page: str = "") -> Load:
    command = ["wrk", "-t1", f"-c{people}", f"-d{seconds}s", "--timeout", "10s"]
    printed = subprocess.run(
        [*command, "-s", str(_REPORT), address], check=True, capture_output=True, text=True
    ).stdout
    line = next(each for each in printed.splitlines() if each.startswith("RESULT"))
    requests, failed, microseconds, *times = line.split()[1:]
    p50, p95, p99, longest = map(float, times)
    return Load(page, int(requests), int(failed), int(microseconds) / 1e6, p50, p95, p99, longest)
