"""Cross a stock in pandas: the same five tables as a build, row for row.

    python -m benchmarks.pandas_peer FOLDER TARGET      writes them, prints the seconds

It reads the same columns, keeps the same rows, writes the same columns (organisations, establishments,
industrial_units, employment, anomalies) and makes the same checks; the generated stock has no statuses,
and geography and nomenclatures, small whatever the scale, are left out.
`python -m benchmarks scale` compares its tables with the build's.
"""

import sys
import time
from pathlib import Path

from benchmarks.pandas_peer.establishments import placed, read_communes, read_places
from benchmarks.pandas_peer.fabric import employment, industrial_units
from benchmarks.pandas_peer.scrutiny import KEYS, anomalies, check
from benchmarks.pandas_peer.units import located, read_units


def cross(folder: Path, target: Path) -> float:
    """Return the seconds of the crossing."""
    started = time.monotonic()
    target.mkdir(parents=True, exist_ok=True)
    lookup = read_communes(folder)
    units = read_units(folder)
    raw = read_places(folder)
    establishments = placed(raw, units.legal.siren, lookup, folder)
    organisations = located(units, establishments)
    tables = {
        "organisations": organisations,
        "establishments": establishments,
        "industrial_units": industrial_units(organisations, units.natural, raw, lookup),
        "employment": employment(raw, lookup),
        "anomalies": anomalies(organisations, establishments, lookup, folder),
    }
    for name, table in tables.items():
        if name in KEYS:
            check(name, table)
        table.to_parquet(target / f"{name}.parquet", compression="zstd", index=False)
    return time.monotonic() - started


if __name__ == "__main__":
    print(f"{cross(Path(sys.argv[1]), Path(sys.argv[2])):.2f}")
