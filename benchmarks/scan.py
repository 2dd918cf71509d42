"""The yardstick of a build: DuckDB merely scanning the columns that the build needs.

python -m benchmarks.scan FOLDER       prints the seconds
"""

import sys
import time
from pathlib import Path

import duckdb

from essor.sources import sirene_establishments, sirene_positions, sirene_units

MODULES = (sirene_units, sirene_establishments, sirene_positions)


def main(folder: Path) -> float:
    """Return the seconds that reading every needed column of the three Sirene files takes."""
    started = time.monotonic()
    with duckdb.connect() as connection:
        for module in MODULES:
            columns = ", ".join(f'max("{column.name}")' for column in module.SOURCE.columns)
            path = folder / module.SOURCE.files[0]
            connection.execute(f"SELECT {columns} FROM read_parquet(?)", [str(path)]).fetchall()
    return time.monotonic() - started


if __name__ == "__main__":
    print(f"{main(Path(sys.argv[1])):.2f}")
