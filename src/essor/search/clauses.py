"""The queries of an index for a wording and for filters, built from objects: no syntax is ever read."""

from collections.abc import Iterable, Iterator, Sequence

import tantivy
from tantivy import Occur

from essor.identifiers import SIREN_LENGTH
from essor.perimeter.staff_bands import STAFF_BANDS
from essor.search.cells import Positions
from essor.search.query import Filters
from essor.search.schema import CLOSED, FICTIONAL, OPEN, REAL, schema
from essor.search.wording import (
    ACTIVITY_POINTS,
    FUZZY_SHARE,
    NEAR_NUMBER_POINTS,
    NUMBER_POINTS,
    PLACE_SHARE,
    STATUS_SHARE,
    TEXT_SHARE,
    WHOLE_NAME_POINTS,
    WORDS_POINTS,
    Word,
    Wording,
    quarters,
)

_SIRET_LENGTH = 14


def scored(wording: Wording, filters: tantivy.Query | None) -> tantivy.Query:
    """Return the query whose answers fulfil the filters and the wording, scored by its points."""
    parts = [(Occur.Must, tantivy.Query.boost_query(filters, 0.0))] if filters else []
    if wording.number:
        parts.append((Occur.Must, _number(wording.number, is_near=wording.is_near)))
    elif wording.naf:
        parts.append((Occur.Must, _worth(_term("naf", wording.naf), NUMBER_POINTS)))
    elif wording.words:
        parts.append((Occur.Must, _said(wording)))
        if wording.whole_name:
            whole = _term("whole_name", wording.whole_name)
            parts.append((Occur.Should, _worth(whole, WHOLE_NAME_POINTS)))
    if not parts:
        return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
    return tantivy.Query.boolean_query(parts)


def conditions(filters: Filters, positions: Positions) -> tantivy.Query | None:
    """Return the query of the documents that fulfil the filters, None when nothing is asked."""
    parts = [(Occur.Must, query) for query in _conditions(filters, positions)]
    return tantivy.Query.boolean_query(parts) if parts else None


def without(query: tantivy.Query, ids: Sequence[str]) -> tantivy.Query:
    """Return the query less the documents of these identifiers."""
    hidden = tantivy.Query.term_set_query(schema(), "id", list(ids))
    return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.MustNot, hidden)])


def least_words(words: Sequence[Word]) -> int:
    """Return how many words an answer must have at least: one of two, half of more."""
    return -(-len(words) // 2)


def _said(wording: Wording) -> tantivy.Query:
    """Return the documents of the words, or of the activities they speak of."""
    words = [query for word in wording.words if (query := _word(word))]
    activities = [
        _worth(_term("naf", found.code), ACTIVITY_POINTS * found.share)
        for found in wording.activities
    ]
    enough = tantivy.Query.boolean_query(
        [(Occur.Should, query) for query in words], least_words(wording.words)
    )
    gate = [enough, *activities]
    points = [(Occur.Should, query) for query in (*words, *activities)]
    if least_words(wording.words) == 1:
        return tantivy.Query.boolean_query(points, 1)
    let_in = tantivy.Query.boolean_query([(Occur.Should, query) for query in gate], 1)
    return tantivy.Query.boolean_query(
        [(Occur.Must, tantivy.Query.boost_query(let_in, 0.0)), *points]
    )


def _word(word: Word) -> tantivy.Query | None:
    """Return the documents of a word, each worth the best of the ways in which it has it."""
    points = WORDS_POINTS * word.share
    ways = [_worth(_term("name", stem), points) for stem in word.stems]
    ways += [_worth(_term("place", stem), points * PLACE_SHARE) for stem in word.stems]
    ways += [_worth(_term("text", stem), points * TEXT_SHARE) for stem in word.stems]
    if word.status:
        ways.append(_worth(_term("status", word.status), points * STATUS_SHARE))
    if word.is_fuzzy:
        ways += [
            _worth(tantivy.Query.fuzzy_term_query(schema(), "name", stem, 1), points * FUZZY_SHARE)
            for stem in word.stems
        ]
    return tantivy.Query.disjunction_max_query(ways) if ways else None


def _number(number: str, *, is_near: bool) -> tantivy.Query:
    """Return the documents of a SIREN or a SIRET; the unit of a SIRET comes behind it."""
    siren = number[:SIREN_LENGTH]
    if is_near:
        near = tantivy.Query.fuzzy_term_query(schema(), "siren", siren, 1)
        return _worth(near, NEAR_NUMBER_POINTS)
    unit = _worth(_term("siren", siren), NEAR_NUMBER_POINTS)
    exact = _term("siret" if len(number) == _SIRET_LENGTH else "siren", number)
    return tantivy.Query.disjunction_max_query([_worth(exact, NUMBER_POINTS), unit])


def _conditions(filters: Filters, positions: Positions) -> Iterator[tantivy.Query]:
    yield from _any_of("status", filters.statuses)
    yield from _any_of("ess_family", [family.value for family in filters.families])
    yield from _any_of("naf", filters.naf)
    if filters.perimeter:
        yield _term("perimeter", filters.perimeter.value)
    if filters.staff_min is not None or filters.staff_max is not None:
        yield _set("staff_band", _bands(filters.staff_min, filters.staff_max))
    if filters.territories:
        yield _either([_term(level.value, code) for level, code in filters.territories])
    if filters.is_active is not None:
        yield _term("state", OPEN if filters.is_active else CLOSED)
    if filters.is_fictional is not None:
        yield _term("fiction", FICTIONAL if filters.is_fictional else REAL)
    if filters.circle:
        covering = positions.covering(filters.circle)
        sets = (("cell", covering.cells), ("ordinal", covering.ordinals))
        yield _either([_set(field, numbers.tolist()) for field, numbers in sets if numbers.size])


def _any_of(field: str, values: Sequence[str]) -> Iterator[tantivy.Query]:
    if values:
        yield _either([_term(field, value) for value in values])


def _bands(least: int | None, most: int | None) -> list[str]:
    """Return the staff bands that meet a range."""
    low, high = least or 0, float("inf") if most is None else most
    return [
        band.code
        for band in STAFF_BANDS
        if band.lower <= high and (band.upper is None or band.upper >= low)
    ]


def _either(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the documents of one query at least; of none when there is no query."""
    if not queries:
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries], 1)


def _term(field: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema(), field, value, "basic")


def _set(field: str, values: Iterable[str] | Iterable[int]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema(), field, list(values))


def _worth(query: tantivy.Query, points: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, quarters(points))
