"""Lookup: from the name or the code a person types to one territory, or to what it may mean."""

import re
from collections.abc import Callable, Sequence

import duckdb

from essor.errors import AmbiguousTerritoryError, InvalidRequestError, UnknownTerritoryError
from essor.territory.level import Level
from essor.territory.names import BARE_NAME, FOLDED_NAME, MAY_BE_NAMED, bare, clue, fold, title
from essor.territory.territories import Territory, territories

# One letter wrong, missing, added or swapped is forgiven in a name, and one more every so many.
LETTERS_PER_TYPO = 8
PROPOSALS = 3
LISTED = 20

_PREFIXES = {
    **{fold(level.value): level for level in Level},
    **{fold(level.label): level for level in Level},
    "ti": Level.TERRITOIRE_INDUSTRIE,
    "ze": Level.ZONE_EMPLOI,
}
_IN_DEPARTEMENT = re.compile(r"(?P<name>.+?)\s*\((?P<departement>\d{2,3}|2[AB])\)", re.IGNORECASE)
# The first word of a title, and the level it gives.
_TITLED = {
    "cc": Level.EPCI,
    "ca": Level.EPCI,
    "cu": Level.EPCI,
    "communaute": Level.EPCI,
    "metropole": Level.EPCI,
    "departement": Level.DEPARTEMENT,
    "region": Level.REGION,
    "commune": Level.COMMUNE,
    "ville": Level.COMMUNE,
    "zone": Level.ZONE_EMPLOI,
    "territoire": Level.TERRITOIRE_INDUSTRIE,
}
# The order in which homonyms are listed: what people most often mean comes first.
_LISTING = (
    Level.COMMUNE,
    Level.DEPARTEMENT,
    Level.REGION,
    Level.EPCI,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
    Level.FRANCE,
)
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z-]{2,9}|FR", re.IGNORECASE)

Search = Callable[[duckdb.DuckDBPyConnection, str], tuple[Territory, ...]]


def find(connection: duckdb.DuckDBPyConnection, text: str, level: Level | None = None) -> Territory:
    """Return the territory that `text` designates, among those of `level` when it is given.

    `text` is a code, a name, or either behind a level: « 57463 », « Metz », « commune:Metz »,
    « departement:57 »; « Saint-Denis (93) » names a commune of a département. Accents, case,
    hyphens, articles and abbreviated saints do not matter; a former commune gives the one that
    replaces it; a misspelt name gives the one it resembles, when it resembles one only. Nothing is
    chosen silently between several territories, be they of different levels.

    Raises:
        UnknownTerritoryError: nothing answers; the message proposes the nearest names.
        AmbiguousTerritoryError: several territories answer; the message lists them.
        InvalidRequestError: the prefix is no level, or contradicts `level`.
    """
    wanted, query = _prefixed(text, level)
    searches: tuple[Search, ...] = (_by_code, _by_name, _by_bare_name, _by_former_commune)
    for search_by in searches:
        found = _of_level(search_by(connection, query), wanted)
        if found:
            return _only(connection, found, text)
    return _only(connection, _by_likeness(connection, query, wanted), text)


def search(
    connection: duckdb.DuckDBPyConnection, text: str, limit: int = 10
) -> tuple[Territory, ...]:
    """Return at most `limit` territories that `text` may begin to name or spell, best first.

    A whole name comes before the beginning of one, a beginning before a word inside; then the most
    populous comes first. Names that merely look like `text` fill what is left.
    """
    folded = fold(text)
    if not folded:
        return ()
    rank = (
        f"CASE WHEN {FOLDED_NAME} = $folded OR upper(code) = $code THEN 0 "
        f"WHEN starts_with({FOLDED_NAME}, $folded) THEN 1 "
        f"WHEN contains(' ' || {FOLDED_NAME}, ' ' || $folded) THEN 2 ELSE 3 END"
    )
    rows = connection.execute(
        f"SELECT level, code FROM (SELECT *, {rank} AS rank FROM territories) "
        "WHERE rank < 3 ORDER BY rank, population DESC NULLS LAST, level, code LIMIT $limit",
        {"folded": folded, "code": text.strip().upper(), "limit": limit},
    ).fetchall()
    found = [_by_key(connection, str(level), str(code)) for level, code in rows]
    if len(found) < limit:
        names = _resembling(connection, folded, None, limit)
        alike = (each for name in names for each in _by_name(connection, name))
        found += [each for each in alike if each not in found]
    return tuple(found[:limit])


def _prefixed(text: str, level: Level | None) -> tuple[Level | None, str]:
    prefix, colon, rest = text.partition(":")
    if not colon:
        return level, text.strip()
    named = _PREFIXES.get(fold(prefix))
    if named is None:
        allowed = ", ".join(each.value for each in Level)
        raise InvalidRequestError(
            f"« {prefix.strip()} » n’est pas un niveau de territoire : "
            f"écrivez l’un de ceux-ci avant les deux-points : {allowed}."
        )
    if level not in (None, named):
        raise InvalidRequestError(
            f"« {text} » désigne {named.with_article} alors que le niveau demandé est "
            f"« {level} » : gardez l’un des deux."
        )
    return named, rest.strip()


def _by_code(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    if _CODE.fullmatch(query) is None:
        return ()
    return territories(connection, "upper(code) = ?", [query.upper()])


def _by_name(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    placed = _IN_DEPARTEMENT.fullmatch(query)
    folded = fold(placed["name"] if placed else query)
    found = territories(connection, f"{MAY_BE_NAMED} AND {FOLDED_NAME} = ?", [clue(folded), folded])
    if placed is None:
        return found
    rows = connection.execute(
        "SELECT code FROM communes WHERE departement = ?", [placed["departement"].upper()]
    ).fetchall()
    return tuple(each for each in _of_level(found, Level.COMMUNE) if (each.code,) in rows)


def _by_bare_name(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    """Return the territories named so but for titles and articles; a title gives the level."""
    plain = bare(query)
    if not plain:
        return ()
    found = territories(connection, f"{MAY_BE_NAMED} AND {BARE_NAME} = ?", [clue(plain), plain])
    titled = title(query).partition(" ")[0]
    return _of_level(found, _TITLED[titled]) if titled else found


def _by_former_commune(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    return territories(
        connection,
        "level = 'commune' AND code IN "
        f"(SELECT current FROM former_communes WHERE upper(code) = ? OR {FOLDED_NAME} = ?)",
        [query.upper(), fold(query)],
    )


def _by_likeness(
    connection: duckdb.DuckDBPyConnection, query: str, wanted: Level | None
) -> tuple[Territory, ...]:
    """Return the territories of the only name that `query` resembles, all of them if homonyms."""
    near = _resembling(connection, fold(query), wanted, PROPOSALS)
    meant = _misspelt(fold(query), near)
    if meant is not None:
        return _of_level(_by_name(connection, meant), wanted)
    proposed = [
        _described(connection, _of_level(_by_name(connection, name), wanted)[0]) for name in near
    ]
    hint = f" ; les noms les plus proches sont : {', '.join(proposed)}" if proposed else ""
    raise UnknownTerritoryError(
        f"Aucun territoire ne s’appelle « {query} »{hint}. "
        "Vérifiez l’orthographe, ou donnez son code."
    )


def _resembling(
    connection: duckdb.DuckDBPyConnection, folded: str, wanted: Level | None, limit: int
) -> list[str]:
    """Return the folded names that look the most like `folded`, nearest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only a misspelt name pays for it

    rows = connection.execute(
        f"SELECT DISTINCT {FOLDED_NAME} AS folded FROM territories "
        "WHERE $level IS NULL OR level = $level ORDER BY folded",
        {"level": None if wanted is None else wanted.value},
    ).fetchall()
    names = [str(name) for (name,) in rows]
    nearest = process.extract(folded, names, scorer=fuzz.ratio, limit=limit)
    return [name for name, _, _ in nearest]


def _misspelt(folded: str, names: Sequence[str]) -> str | None:
    """Return the name of which `folded` is a misspelling, None when it may be of several."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- only a misspelt name pays for it

    typos = sorted((OSA.distance(folded, name), name) for name in names)
    if not typos or typos[0][0] > 1 + len(folded) // LETTERS_PER_TYPO:
        return None
    is_alone = len(typos) == 1 or typos[1][0] > typos[0][0]
    return typos[0][1] if is_alone else None


def _of_level(found: tuple[Territory, ...], wanted: Level | None) -> tuple[Territory, ...]:
    return tuple(each for each in found if wanted in (None, each.level))


def _by_key(connection: duckdb.DuckDBPyConnection, level: str, code: str) -> Territory:
    return territories(connection, "level = ? AND code = ?", [level, code])[0]


def _only(
    connection: duckdb.DuckDBPyConnection, found: Sequence[Territory], text: str
) -> Territory:
    if len(found) == 1:
        return found[0]
    found = sorted(found, key=lambda each: _LISTING.index(each.level))
    listed = [_described(connection, each) for each in found[:LISTED]]
    more = f" et {len(found) - LISTED} autres" if len(found) > LISTED else ""
    raise AmbiguousTerritoryError(
        f"« {text} » désigne plusieurs territoires : {', '.join(listed)}{more}. "
        f"Précisez lequel, par exemple « {found[0].selector} »."
    )


def _described(connection: duckdb.DuckDBPyConnection, territory: Territory) -> str:
    """Return « commune:93066 (Saint-Denis, commune, département 93) »."""
    where = ""
    if territory.level is Level.COMMUNE:
        row = connection.execute(
            "SELECT departement FROM communes WHERE code = ?", [territory.code]
        ).fetchone()
        where = f", département {row[0]}" if row else ""
    return f"{territory.selector} ({territory.name}, {territory.level.label}{where})"
