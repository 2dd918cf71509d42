"""Keep the pool of a release: the columns of all who may supply, written when it is built."""

import json
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from essor.matching.card import ABOVE, CARDS
from essor.matching.kept import FOLDER, SAID, VERSION
from essor.matching.listed import KINDS, kinds_without_list
from essor.matching.named import rows_named
from essor.matching.pool import PARENT, on_sphere

_TERRITORIES = ("commune", PARENT, *(level.value for level in ABOVE))
_BATCH = 50_000
_KINDS = " + ".join(
    f"{1 << rank} * list_contains(kinds, '{kind}')::INTEGER" for rank, kind in enumerate(KINDS)
)
# Rows of one code side by side, those conventioned first. The draw is the same wherever it is made.
_POOL = f"""
{CARDS}
SELECT naf, is_conventioned, x, y, ('0x' || md5(siret)[:15])::BIGINT AS draw,
    ({_KINDS})::USMALLINT AS kinds, names,
    {", ".join(_TERRITORIES)}, card
FROM cards WHERE is_active AND (ess_family IS NOT NULL OR has_status)
ORDER BY naf NULLS LAST, is_conventioned DESC, siret
"""


def keep(connection: duckdb.DuckDBPyConnection, release: Path) -> None:
    """Write beside a release, in its folder, the pool of its tables; what says it is whole, last.

    `connection` reads the tables of that release.
    """
    folder = release / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SAID).unlink(missing_ok=True)
    columns = _write_cards(connection, folder)
    np.save(folder / "sphere.npy", on_sphere(columns["x"], columns["y"]))
    turns = np.empty(len(columns), np.uint32)
    turns[np.argsort(columns["draw"].to_numpy(), kind="stable")] = np.arange(len(columns))
    np.save(folder / "turns.npy", turns)
    np.save(folder / "kinds.npy", columns["kinds"].to_numpy())
    sources = connection.execute("SELECT DISTINCT source FROM statuses").fetchall()
    said = {
        "version": VERSION,
        "stretches": _stretches(columns),
        "territories": {name: _write_ranks(columns[name], name, folder) for name in _TERRITORIES},
        "named": _write_named(columns, folder),
        "kinds_without_list": kinds_without_list({source for (source,) in sources}),
    }
    (folder / SAID).write_text(json.dumps(said), "utf-8")


def _write_cards(connection: duckdb.DuckDBPyConnection, folder: Path) -> pa.Table:
    """Write the cards end to end, in bounded memory; return the columns beside them."""
    reader = connection.execute(_POOL).to_arrow_reader(_BATCH)
    batches, lengths = [], [np.zeros(1, np.int64)]
    with (folder / "cards.bin").open("wb") as file:
        for batch in reader:
            cards = [card.encode() for card in batch["card"].to_pylist()]
            file.write(b"".join(cards))
            lengths.append(np.fromiter(map(len, cards), np.int64, len(cards)))
            batches.append(batch.drop_columns(["card"]))
    np.save(folder / "cards_ends.npy", np.cumsum(np.concatenate(lengths)))
    schema = pa.schema([field for field in reader.schema if field.name != "card"])
    return pa.Table.from_batches(batches, schema)


def _stretches(columns: pa.Table) -> dict[str, tuple[int, int, int]]:
    """Return where each code starts, where those conventioned end, and where it ends."""
    codes = columns["naf"].combine_chunks().dictionary_encode()
    ranks = codes.indices.drop_null().to_numpy()
    conventioned = columns["is_conventioned"].to_numpy()[: len(ranks)]
    starts = np.flatnonzero(np.diff(ranks, prepend=-1)).tolist()
    return {
        code: (start, start + int(conventioned[start:end].sum()), end)
        for code, (start, end) in zip(
            codes.dictionary.to_pylist(), pairwise((*starts, len(ranks))), strict=True
        )
    }


def _write_named(columns: pa.Table, folder: Path) -> dict[str, tuple[int, int]]:
    """Write the rows whose name says a trade, those of a code side by side; return where each code stands."""
    rows = rows_named(columns["names"], columns["naf"])
    np.save(folder / "named.npy", np.concatenate([np.zeros(0, np.int64), *rows.values()]))
    ends = np.cumsum([0, *map(len, rows.values())]).tolist()
    return dict(zip(rows, pairwise(ends), strict=True))


def _write_ranks(column: pa.ChunkedArray, name: str, folder: Path) -> list[str]:
    """Write the rank of each value among those of the column, -1 for none; return these values."""
    encoded = column.combine_chunks().dictionary_encode()
    np.save(folder / f"{name}.npy", encoded.indices.fill_null(-1).to_numpy().astype(np.int32))
    values: list[str] = encoded.dictionary.to_pylist()
    return values
