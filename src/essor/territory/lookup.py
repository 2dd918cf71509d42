"""Lookup: from the name or the code a person types to one territory, or to what it may mean."""

import re

import duckdb

from essor.errors import InvalidRequestError, UnknownTerritoryError
from essor.territory.found import Found, ambiguous, choose, described, understood
from essor.territory.level import Level
from essor.territory.likeness import by_beginnings, by_whole_words, misspelt, nearest
from essor.territory.names import BARE_NAME, FOLDED_NAME, MAY_BE_NAMED, bare, clue, fold, title
from essor.territory.territories import Territory, territories, territory_at

PROPOSALS = 3

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
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z-]{2,9}|FR", re.IGNORECASE)


def find(connection: duckdb.DuckDBPyConnection, text: str, level: Level | None = None) -> Territory:
    """Return the territory that `text` designates, as `look_up` does.

    Raises:
        UnknownTerritoryError, AmbiguousTerritoryError, InvalidRequestError: as `look_up`.
    """
    return look_up(connection, text, level).territory


def look_up(connection: duckdb.DuckDBPyConnection, text: str, level: Level | None = None) -> Found:
    """Return the territory that `text` designates, among those of `level` when it is given.

    `text` is a code, a name, or either behind a level: « 57463 », « Metz », « commune:Metz »,
    « departement:57 »; « Saint-Denis (93) » names a commune of a département. Accents, case,
    hyphens, articles and abbreviated saints do not matter; a former commune gives the one that
    replaces it; some words of an EPCI name it, and a misspelt name gives the only one it resembles.
    Whatever was chosen is said in the note of the answer.

    Raises:
        UnknownTerritoryError: nothing answers; the message proposes the nearest names.
        AmbiguousTerritoryError: several territories answer and none comes first; they are listed.
        InvalidRequestError: the prefix is no level, or contradicts `level`.
    """
    wanted, query = _prefixed(text, level)
    coded = _of_level(_by_code(connection, query), wanted)
    if len(coded) > 1:
        raise ambiguous(connection, coded, text)
    if coded:
        return Found(coded[0])
    for search_by in (_by_name, _by_bare_name):
        if found := _of_level(search_by(connection, query), wanted):
            return choose(connection, found, text)
    for search_by in (_by_former_commune, _by_whole_words):
        if found := _of_level(search_by(connection, query), wanted):
            return understood(choose(connection, found, text))
    return understood(choose(connection, _by_likeness(connection, query, wanted), text))


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
    found = [territory_at(connection, Level(level), code) for level, code in rows]
    if len(found) < limit:
        near = nearest(connection, folded, None, limit)
        alike = (each for like in near for each in _by_name(connection, like.name))
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
    """Return the territories of that very name; an EPCI bears it without its title too."""
    if placed := _IN_DEPARTEMENT.fullmatch(query):
        return _communes_in(connection, placed["name"], placed["departement"].upper())
    folded, plain = fold(query), bare(query)
    found = territories(
        connection,
        f"{MAY_BE_NAMED} AND ({FOLDED_NAME} = ? OR level = 'epci' AND {BARE_NAME} = ?)",
        [clue(plain), folded, plain if _title_level(query) in (None, Level.EPCI) else None],
    )
    whole = tuple(each for each in found if fold(each.name) == folded)
    return whole if _of_level(whole, Level.EPCI) else found


def _communes_in(
    connection: duckdb.DuckDBPyConnection, name: str, departement: str
) -> tuple[Territory, ...]:
    folded = fold(name)
    return territories(
        connection,
        f"level = 'commune' AND {MAY_BE_NAMED} AND {FOLDED_NAME} = ? "
        "AND code IN (SELECT code FROM communes WHERE departement = ?)",
        [clue(folded), folded, departement],
    )


def _by_bare_name(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    """Return the territories named so but for titles and articles; a title gives the level."""
    plain = bare(query)
    if not plain:
        return ()
    found = territories(connection, f"{MAY_BE_NAMED} AND {BARE_NAME} = ?", [clue(plain), plain])
    return _of_level(found, _title_level(query))


def _by_former_commune(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    return territories(
        connection,
        "level = 'commune' AND code IN "
        f"(SELECT current FROM former_communes WHERE upper(code) = ? OR {FOLDED_NAME} = ?)",
        [query.upper(), fold(query)],
    )


def _by_whole_words(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Territory, ...]:
    return _of_level(by_whole_words(connection, query), _title_level(query))


def _by_likeness(
    connection: duckdb.DuckDBPyConnection, query: str, wanted: Level | None
) -> tuple[Territory, ...]:
    """Return the territories of the name that `query` misspells, else of which it begins words.

    Raises:
        UnknownTerritoryError: there are none.
    """
    near = nearest(connection, query, wanted, PROPOSALS)
    meant = misspelt(query, near)
    if meant is not None:
        return _of_level(_by_name(connection, meant), wanted)
    begun = _of_level(by_beginnings(connection, query), _title_level(query))
    if found := _of_level(begun, wanted):
        return found
    proposed = [
        described(connection, _of_level(_by_name(connection, like.name), wanted)[0])
        for like in near
    ]
    hint = f" ; les noms les plus proches sont : {', '.join(proposed)}" if proposed else ""
    raise UnknownTerritoryError(
        f"Aucun territoire ne s’appelle « {query} »{hint}. "
        "Vérifiez l’orthographe, ou donnez son code."
    )


def _title_level(query: str) -> Level | None:
    """Return the level that the title of `query` gives, None when it has no title."""
    return _TITLED.get(title(query).partition(" ")[0])


def _of_level(found: tuple[Territory, ...], wanted: Level | None) -> tuple[Territory, ...]:
    return tuple(each for each in found if wanted in (None, each.level))
