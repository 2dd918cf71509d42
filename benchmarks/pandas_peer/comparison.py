"""Whether pandas made the tables that the build made."""

from pathlib import Path

import duckdb

TABLES = ("organisations", "establishments", "industrial_units", "employment")


def differences(theirs: Path, ours: Path) -> dict[str, int]:
    """Return, for each table, the rows that one has and the other has not; none when the crossings are the same."""
    with duckdb.connect() as connection:
        return {name: _differing(connection, theirs, ours, name) for name in TABLES}


def _differing(connection: duckdb.DuckDBPyConnection, theirs: Path, ours: Path, name: str) -> int:
    described = connection.execute(
        "DESCRIBE SELECT * FROM read_parquet($1)", [str(ours / f"{name}.parquet")]
    ).fetchall()
    columns = ", ".join(f'CAST("{row[0]}" AS {row[1]}) AS "{row[0]}"' for row in described)
    ours_rows, their_rows = (
        f"(SELECT {columns} FROM read_parquet('{folder / name}.parquet'))"
        for folder in (ours, theirs)
    )
    query = f"""SELECT (SELECT count(*) FROM ({ours_rows} EXCEPT ALL {their_rows}))
                     + (SELECT count(*) FROM ({their_rows} EXCEPT ALL {ours_rows}))"""
    return int(connection.execute(query).fetchall()[0][0])
