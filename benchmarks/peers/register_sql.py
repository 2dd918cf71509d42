"""The register in PostgreSQL: its table, its indexes, and a request of the search written in its SQL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from essor.language.analysis import STOP_WORDS
from essor.perimeter.staff_bands import STAFF_BANDS
from essor.search.answers import least_words
from essor.search.query import Filters, Perimeter, Query

TABLE = """
CREATE UNLOGGED TABLE organisations (
    siren text PRIMARY KEY, name text NOT NULL, label text NOT NULL, naf text NOT NULL,
    section text NOT NULL, division text NOT NULL, ess_family text, statuses text[] NOT NULL,
    staff_band text, commune text, epci text, departement text, region text,
    is_p1 boolean NOT NULL, is_active boolean NOT NULL, place geography(Point, 4326) NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('french', name || ' ' || label)) STORED
)
"""
COLUMNS = (
    "siren, name, label, naf, section, division, ess_family, statuses, staff_band, commune, epci, "
    "departement, region, is_p1, is_active, place"
)
INDEXES = (
    "CREATE INDEX ON organisations USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX ON organisations USING gist (place)",
    "CREATE INDEX ON organisations USING gin (statuses) WITH (fastupdate = off)",
    "CREATE INDEX ON organisations (naf)",
    "CREATE INDEX ON organisations (section)",
    "CREATE INDEX ON organisations (staff_band)",
    "CREATE INDEX ON organisations (ess_family)",
    "CREATE INDEX ON organisations (commune)",
    "CREATE INDEX ON organisations (epci)",
    "CREATE INDEX ON organisations (departement)",
    "CREATE INDEX ON organisations (region)",
)
TRIGRAMS = "CREATE INDEX ON organisations USING gin (name gin_trgm_ops) WITH (fastupdate = off)"
_SIREN_LENGTH = 9
_UNRANKED = "0"

# An answer is one row: the page, how many answer in all, and the counts beside when they are wanted.
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT siren, {rank} AS rank, ess_family, division, departement, staff_band, statuses
    FROM organisations WHERE {where}
), page AS (
    SELECT o.siren, {name}, {label}, o.departement, f.rank
    FROM (SELECT siren, rank FROM found ORDER BY rank DESC, siren LIMIT %(size)s) AS f
    JOIN organisations AS o USING (siren) ORDER BY f.rank DESC, siren
)
SELECT (SELECT json_agg(page) FROM page), (SELECT count(*) FROM found){counts}
"""
# Without words there is nothing to rank: the page is read in the order of the key, and the rest counted.
_IN_ORDER = """
SELECT (SELECT json_agg(page) FROM (
    SELECT siren, name, label, departement, 0 AS rank FROM organisations WHERE {where}
    ORDER BY siren LIMIT %(size)s
) AS page), (SELECT count(*) FROM organisations WHERE {where})
"""
_COUNTS = """, (SELECT json_agg(g) FROM (
    SELECT ess_family, division, departement, staff_band, count(*) FROM found
    GROUP BY GROUPING SETS ((ess_family), (division), (departement), (staff_band))
) AS g), (SELECT json_agg(s) FROM (
    SELECT status, count(*) FROM found, unnest(statuses) AS status GROUP BY status
) AS s)
"""
# The usual way to make every word optional: PostgreSQL has none of its own.
_ANY_WORD = "replace(plainto_tsquery('french', %(text)s)::text, ' & ', ' | ')::tsquery"
_EVERY_WORD = "plainto_tsquery('french', %(text)s)"
_MARKED = "ts_headline('french', {text}, " + _ANY_WORD + ") AS {name}"
# Essor forgives a letter from this length on; beyond so many words, the ways of having half of them
# are too many to be written, and one is enough.
_LEAST_FUZZY, _MOST_COMBINED = 5, 6

Values = dict[str, object]


class Words(Enum):
    """Which words of the text an answer must have, and where it says so.

    `TYPED_BADLY` compares pieces of the name. `ENOUGH` is what Essor asks: half of the words, each as it
    is written or misspelt in the name.
    """

    EVERY = _EVERY_WORD
    ANY = _ANY_WORD
    TYPED_BADLY = ""
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of SQL and the values of its parameters."""

    sql: str
    values: Values


def statement(query: Query, words: Words, *, has_counts: bool = False) -> Statement:
    """Return the query as PostgreSQL with PostGIS answers it: its page, its total, its counts if wanted."""
    values: Values = {"text": query.text.strip(), "size": query.size}
    where, rank = list(_conditions(query.filters, values)), _UNRANKED
    if _is_siren(query.text):
        where.append("siren = %(text)s")
    elif query.text.strip() and words is Words.TYPED_BADLY:
        where.append("%(text)s <%% name")
        rank = "word_similarity(%(text)s, name)"
    elif query.text.strip() and words is Words.ENOUGH:
        where.append(_enough(query.text, values))
        rank = f"ts_rank(words, {_ANY_WORD})"
    elif query.text.strip():
        where.append(f"words @@ {words.value}")
        rank = f"ts_rank(words, {words.value})"
    asked = _FOUND if rank != _UNRANKED or has_counts else _IN_ORDER
    is_marked = words is Words.ENOUGH and rank != _UNRANKED
    name, label = (
        _MARKED.format(text=f"o.{each}", name=each) if is_marked else f"o.{each}"
        for each in ("name", "label")
    )
    sql = asked.format(
        rank=rank,
        where=" AND ".join(where) or "true",
        counts=_COUNTS if has_counts else "",
        name=name,
        label=label,
    )
    return Statement(sql, {name: each for name, each in values.items() if f"%({name})s" in sql})


def _enough(text: str, values: Values) -> str:
    """Return the condition of half of the words; what it compares with is added to `values`."""
    found = dict.fromkeys(re.findall(r"[^\W_]+", text))
    typed = [word for word in found if word.lower() not in STOP_WORDS] or list(found)
    either = []
    for rank, word in enumerate(typed):
        values[f"word_{rank}"] = word
        asked = f"words @@ plainto_tsquery('french', %(word_{rank})s)"
        is_fuzzy = len(word) >= _LEAST_FUZZY
        either.append(f"({asked} OR %(word_{rank})s <%% name)" if is_fuzzy else asked)
    least = least_words(len(typed)) if len(typed) <= _MOST_COMBINED else 1
    ways = (" AND ".join(those) for those in combinations(either, least))
    return f"({' OR '.join(f'({way})' for way in ways) or 'true'})"


def _is_siren(text: str) -> bool:
    return len(text.strip()) == _SIREN_LENGTH and text.strip().isdigit()


def _conditions(filters: Filters, values: Values) -> Iterator[str]:
    """Yield the conditions of the filters; what they compare with is added to `values`."""
    yield from _of_register(filters, values)
    if filters.naf:
        yield _of_activity(filters.naf, values)
    if filters.territories:
        levels = []
        for number, (level, code) in enumerate(filters.territories):
            values[f"territory_{number}"] = code
            levels.append(f"{level.value} = %(territory_{number})s")
        yield f"({' OR '.join(levels)})"
    if filters.circle:
        centre = filters.circle.centre
        values |= {"lon": centre.lon, "lat": centre.lat, "m": filters.circle.radius_km * 1000}
        # On the sphere, as Essor: it is also the faster.
        point = "ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)::geography"
        yield f"ST_DWithin(place, {point}, %(m)s, false)"


def _of_register(filters: Filters, values: Values) -> Iterator[str]:
    if filters.is_active is not None:
        yield "is_active" if filters.is_active else "NOT is_active"
    if filters.perimeter is Perimeter.P1:
        yield "is_p1"
    if filters.statuses:
        values["statuses"] = list(filters.statuses)
        yield "statuses && %(statuses)s::text[]"
    if filters.families:
        values["families"] = [family.value for family in filters.families]
        yield "ess_family = ANY(%(families)s)"
    if filters.staff_min is not None or filters.staff_max is not None:
        values["bands"] = _bands(filters.staff_min or 0, filters.staff_max)
        yield "staff_band = ANY(%(bands)s)"


def _of_activity(codes: tuple[str, ...], values: Values) -> str:
    """Return the condition of one position at least: a section by its letter, the others as a prefix."""
    either = []
    for number, code in enumerate(codes):
        values[f"naf_{number}"] = code if code.isalpha() else f"{code}%"
        column = "section =" if code.isalpha() else "naf LIKE"
        either.append(f"{column} %(naf_{number})s")
    return f"({' OR '.join(either)})"


def _bands(least: int, most: int | None) -> list[str]:
    """Return the staff bands that meet a range."""
    high = float("inf") if most is None else most
    return [
        band.code
        for band in STAFF_BANDS
        if band.lower <= high and (band.upper is None or band.upper >= least)
    ]
