"""Write the files of the mirror: the same bytes for the same rows."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class Origin:
    """What the manifest says of a file: the day its content is of, and its licence."""

    date: str
    licence: str


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows` as the official CSV files are: UTF-8, commas, double quotes where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_parquet(path: Path, table: pa.Table, increasing: Sequence[str] = ()) -> None:
    """Write `table` in zstd; of its `increasing` columns, unique and sorted, keep the steps."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=[name for name in table.column_names if name not in increasing],
        column_encoding=dict.fromkeys(increasing, "DELTA_BYTE_ARRAY"),
        write_statistics=list(increasing) or True,
    )


def write_manifest(mirror: Path, origins: Mapping[str, Origin]) -> None:
    """Describe every file of `origins` in `mirror/manifest.json`, as the real mirror does."""
    described = [_description(mirror, name, origins[name]) for name in sorted(origins)]
    text = json.dumps({"fichiers": described}, ensure_ascii=False, indent=1)
    (mirror / "manifest.json").write_text(text + "\n", "utf-8")


def _description(mirror: Path, name: str, origin: Origin) -> dict[str, object]:
    content = (mirror / name).read_bytes()
    rows, columns = _shape(mirror / name)
    return {
        "path": name,
        "rows": rows,
        "columns": columns,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "date": origin.date,
        "licence": origin.licence,
    }


def _shape(path: Path) -> tuple[int, int]:
    """Return how many rows and columns the file has; a GeoJSON counts its geometry as a column."""
    if path.suffix == ".parquet":
        metadata = pq.read_metadata(path)
        return metadata.num_rows, metadata.num_columns
    if path.suffix == ".geojson":
        features = json.loads(path.read_text("utf-8"))["features"]
        return len(features), len(features[0]["properties"]) + 1
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return len(rows) - 1, len(rows[0])
