"""Likeness: the territories of which a text holds some words, and the names it misspells."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from essor.territory.level import Level
from essor.territory.names import BARE_NAME, FOLDED_NAME, bare, fold
from essor.territory.territories import Territory, territories

# Below this likeness, 0 to 100, a name is another name: « Joannas » is no « Roannais » (80).
LEAST_LIKENESS = 87
# One letter wrong, missing, added or swapped is forgiven, and one more every so many letters.
LETTERS_PER_TYPO = 8
# A name is told from its words only when one of them is at least this long.
TELLING_LETTERS = 4

_SMALL_WORDS = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les")
)
_HELD_WORDS = (Level.EPCI, Level.TERRITOIRE_INDUSTRIE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A folded name: how much a text looks like it, from 0 to 100, and the typos between them."""

    name: str
    ratio: float
    typos: int


def by_whole_words(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    """Return the EPCI and Territoires d’industrie whose name holds every word of `query`."""
    return _holding(connection, [f" {word} " for word in _telling_words(query)])


def by_beginnings(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    """Return the EPCI and Territoires d’industrie of which `query` begins words, in any order."""
    return _holding(connection, [f" {word}" for word in _telling_words(query)])


def nearest(
    connection: duckdb.DuckDBPyConnection, query: str, wanted: Level | None, limit: int
) -> tuple[Likeness, ...]:
    """Return the names that look the most like `query`, fewest typos first.

    An EPCI has two names: whole, and without its title.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only a misspelt name pays for it
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- only a misspelt name pays for it

    rows = connection.execute(
        f"SELECT {FOLDED_NAME} FROM territories WHERE $level IS NULL OR level = $level "
        f"UNION SELECT {BARE_NAME} FROM territories "
        "WHERE level = 'epci' AND ($level IS NULL OR level = $level) ORDER BY ALL",
        {"level": None if wanted is None else wanted.value},
    ).fetchall()
    folded, names = fold(query), [str(name) for (name,) in rows]
    found = process.extract(folded, names, scorer=fuzz.ratio, limit=limit)
    near = [Likeness(name, ratio, OSA.distance(folded, name)) for name, ratio, _ in found]
    return tuple(sorted(near, key=lambda each: (each.typos, -each.ratio, each.name)))


def misspelt(query: str, near: Sequence[Likeness]) -> str | None:
    """Return the name of which `query` is a misspelling, None when none is or several may be.

    It must be very like, nearer than the next, and begin alike: a first letter is wrong only when
    nothing else is.
    """
    folded = fold(query)
    if not folded or not near:
        return None
    best, *others = near
    is_like = best.ratio >= LEAST_LIKENESS and best.typos <= 1 + len(folded) // LETTERS_PER_TYPO
    begins_alike = best.name[:1] == folded[0] or best.typos == 1
    is_alone = all(each.typos > best.typos for each in others)
    return best.name if is_like and begins_alike and is_alone else None


def _telling_words(query: str) -> tuple[str, ...]:
    words = tuple(word for word in bare(query).split() if word not in _SMALL_WORDS)
    return words if any(len(word) >= TELLING_LETTERS for word in words) else ()


def _holding(connection: duckdb.DuckDBPyConnection, pieces: Sequence[str]) -> tuple[Territory, ...]:
    if not pieces:
        return ()
    levels = ", ".join(f"'{level.value}'" for level in _HELD_WORDS)
    held = " AND ".join([f"contains(' ' || {FOLDED_NAME} || ' ', ?)"] * len(pieces))
    return territories(connection, f"level IN ({levels}) AND {held}", pieces)
