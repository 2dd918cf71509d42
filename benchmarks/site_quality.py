"""The main pages as Lighthouse sees them: a slow phone, on a slow line.

    python -m benchmarks site-quality [--runs N]

Serves the release of ESSOR_HOME by `essor serve`, opens each page once to warm it, then asks Lighthouse for
its scores (out of 100) and its weight (kB as transferred). Prints the median of the runs.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from benchmarks.site_load import pages
from benchmarks.site_server import served

_LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/.bin/lighthouse"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_MEASURED = ("accueil", "observatoire, France", "annuaire, un métier", "fiche", "besoin")
_PATIENCE_S = 60


def main(arguments: Sequence[str]) -> int:
    """Print the scores and the weight of each page; return 2 when Lighthouse or its browser is not there."""
    parser = argparse.ArgumentParser("python -m benchmarks site-quality")
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args(arguments).runs
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None or not _LIGHTHOUSE.exists():
        print("Lighthouse ou Chromium manque : « make bench-lighthouse ».", file=sys.stderr)
        return 2
    print(f"{'page':24}" + "".join(f"{name:>16}" for name in (*_CATEGORIES, "kB")))
    with served(is_silent=True) as root:
        for name in _MEASURED:
            address = f"{root}{pages()[name]}"
            httpx.get(address, timeout=_PATIENCE_S)
            seen = [_seen(address, browser) for _ in range(runs)]
            medians = (statistics.median(column) for column in zip(*seen, strict=True))
            print(f"{name:24}" + "".join(f"{value:16.0f}" for value in medians), flush=True)
    return 0


def _seen(address: str, browser: str) -> tuple[float, ...]:
    """Return the scores of a page, then its weight."""
    command = [str(_LIGHTHOUSE), address, "--quiet", "--output=json"]
    flags = [
        "--chrome-flags=--headless=new --no-sandbox",
        f"--only-categories={','.join(_CATEGORIES)}",
    ]
    done = subprocess.run(
        [*command, *flags],
        check=True,
        capture_output=True,
        env={**os.environ, "CHROME_PATH": browser},
    )
    report = json.loads(done.stdout)
    scores = (100 * report["categories"][name]["score"] for name in _CATEGORIES)
    return (*scores, report["audits"]["total-byte-weight"]["numericValue"] / 1000)
