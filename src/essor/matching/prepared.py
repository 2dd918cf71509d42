"""The pool of a connection: opened where its release keeps it, else prepared at its first need.

A database in memory bears a mark, which all the cursors of its connection see: threads that answer
at once read one pool, that nobody changes.
"""

from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from uuid import uuid4

import duckdb

from essor.matching.kept import open_kept, read_pool
from essor.matching.pool import Pool

_MOST_OPEN = 4
"""How many pools stay open: the release in service, the one before, and those being compared."""

_OPENING = Lock()
_OPEN: OrderedDict[str, Pool] = OrderedDict()


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the pool of the connection ready for its first need."""
    pool_of(connection)


def pool_of(connection: duckdb.DuckDBPyConnection) -> Pool:
    """Return the pool of the release that the connection reads."""
    with _OPENING:
        mark = _mark(connection)
        if mark not in _OPEN:
            _OPEN[mark] = _opened(connection)
        _OPEN.move_to_end(mark)
        while len(_OPEN) > _MOST_OPEN:
            _OPEN.popitem(last=False)
        return _OPEN[mark]


def _mark(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what tells the database of the connection from any other."""
    connection.execute("CREATE TABLE IF NOT EXISTS matching_mark (mark VARCHAR)")
    found = connection.execute("SELECT mark FROM matching_mark").fetchone()
    if found is None:
        found = (str(uuid4()),)
        connection.execute("INSERT INTO matching_mark VALUES (?)", found)
    return str(found[0])


def _opened(connection: duckdb.DuckDBPyConnection) -> Pool:
    """Return the pool kept by the release, which its connection is shut to; else one written aside."""
    (allowed,) = connection.execute("SELECT current_setting('allowed_directories')").fetchall()[0]
    for folder in allowed:
        if (pool := open_kept(Path(folder))) is not None:
            return pool
    # Imported here: Arrow takes 0.15 s, and a release that keeps its pool never needs it.
    from essor.matching.keeping import keep  # noqa: PLC0415 - see above

    with TemporaryDirectory(prefix="essor-") as scratch:
        keep(connection, Path(scratch))
        # What is mapped stays there until the pool is let go of, its folder removed or not.
        return read_pool(Path(scratch))
