"""The national scale, measured: generate, build, ask, start; figures and ratios in one run.

    python -m benchmarks scale [--scale 1] [--folder DIR] [--pandas-python PATH]

`--scale 1` is 29 M legal units and 42 M establishments: 3 GB of Parquet, twice that while building.
The pandas peer runs at an eighth of the scale, with the interpreter that has pandas.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measured import Measure, first_output_seconds, measured, python
from benchmarks.national_stock import generate
from benchmarks.pandas_peer.comparison import differences
from essor.demonstration import folder as embedded

PANDAS_SHARE = 1 / 8
STARTS = 7


def main(arguments: Sequence[str]) -> int:
    """Print every figure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks scale")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="where the generated stocks are kept")
    parser.add_argument("--pandas-python", help="an interpreter that has pandas")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = options.folder or Path(scratch)
        _national(folder, options.scale)
        if options.pandas_python:
            _against_pandas(folder, options.scale * PANDAS_SHARE, options.pandas_python)
    return 0


def _national(folder: Path, scale: float) -> None:
    stock = _stock(folder, scale)
    home = folder / f"home-{scale:g}"
    environment = {"ESSOR_HOME": str(home)}
    _say("sync", measured(python("-m", "essor.cli.run", "sync", "--from", str(stock)), environment))
    scans = [float(measured(python("-m", "benchmarks.scan", str(stock))).output) for _ in range(3)]
    scan = statistics.median(scans)
    print(f"scan of the needed columns: {scan:.1f} s (median of {len(scans)})", flush=True)
    builds = [_build(environment) for _ in range(3)]
    for build in builds:
        _say("build", build)
    seconds = statistics.median(build.wall_seconds for build in builds)
    print(f"build / scan: {seconds / scan:.2f}", flush=True)
    print(measured(python("-m", "benchmarks.questions"), environment).output, end="", flush=True)
    command = python("-m", "essor.cli.run", "figures")
    starts = [first_output_seconds(command, environment) for _ in range(STARTS)]
    print(f"essor figures, first output: median {statistics.median(starts):.2f} s", flush=True)


def _against_pandas(folder: Path, scale: float, interpreter: str) -> None:
    stock = _stock(folder, scale)
    environment = {"ESSOR_HOME": str(folder / f"home-{scale:g}")}
    measured(python("-m", "essor.cli.run", "sync", "--from", str(stock)), environment)
    ours = [_build(environment) for _ in range(3)]
    target = folder / "pandas"
    theirs = measured(
        python("-m", "benchmarks.pandas_peer", str(stock), str(target), interpreter=interpreter)
    )
    differing = differences(target, folder / f"home-{scale:g}" / "releases/current/tables")
    print(f"rows of pandas that the build has not, and the reverse: {differing}", flush=True)
    _say(f"pandas at scale {scale:g}", theirs)
    _say(f"build at scale {scale:g}", ours[0])
    seconds = statistics.median(build.wall_seconds for build in ours)
    print(f"pandas / build: {theirs.wall_seconds / seconds:.1f}", flush=True)


def _stock(folder: Path, scale: float) -> Path:
    """Return the stock of that scale, generated unless `folder` keeps it already."""
    stock = folder / f"stock-{scale:g}"
    done = stock / "generated.json"
    if not done.exists():
        generate(stock, embedded(), scale)
        done.write_text(json.dumps({"scale": scale}))
    return stock


def _build(environment: dict[str, str]) -> Measure:
    return measured(
        python("-m", "essor.cli.run", "build", "--keep", "1", "--no-index"), environment
    )


def _say(what: str, measure: Measure) -> None:
    print(
        f"{what}: {measure.wall_seconds:.1f} s, processor {measure.cpu_seconds:.1f} s, "
        f"peak {measure.peak_gb:.2f} GB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
