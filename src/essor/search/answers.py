"""The documents of a shard that answer: those of a wording, worth points, that fulfil every condition."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.identifiers import SIREN_LENGTH
from essor.perimeter.staff_bands import STAFF_BANDS
from essor.search.lexicon import Ordinals
from essor.search.query import FORM, Filters
from essor.search.schema import STATE
from essor.search.shard import Shard
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
from essor.territory.level import Level

_SIRET_LENGTH = 14

Quarters = NDArray[np.int16]
"""Points, four times over, so that they are whole numbers."""

Test = Callable[[Any], bool]
"""Whether a value fulfils a condition."""

Mask = NDArray[np.bool_]
Condition = Callable[[Ordinals | None], Mask]
"""Whether each document, of all or of some, fulfils it."""

_NARROWED = 16
"""One document in so many: where fewer fulfil the first conditions, the next look at them alone."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Documents of a shard in order, and what each is worth."""

    ordinals: Ordinals
    points: Quarters

    def best(self, count: int) -> list[int]:
        """Return the places among these of the first `count`, best first, equal ones in their order."""
        if not self.points.any():
            return list(range(min(count, self.ordinals.size)))
        least = self._least(count)
        above = np.flatnonzero(self.points > least)
        level = np.flatnonzero(self.points == least)[: count - above.size]
        order = np.argsort(-self.points[above], kind="stable")
        return [*above[order].tolist(), *level.tolist()]

    def _least(self, count: int) -> int:
        """Return the points of the last of the first `count`."""
        those = np.bincount(self.points)
        from_best = np.cumsum(those[::-1])
        rank = int(np.searchsorted(from_best, min(count, self.ordinals.size)))
        return len(those) - 1 - rank


def worded(shard: Shard, wording: Wording) -> Answers | None:
    """Return the documents of the wording, None when it asks for nothing, which every document has."""
    points = np.zeros(shard.documents, np.int16)
    if wording.number:
        found = _number(shard, wording.number, points, is_near=wording.is_near)
    elif wording.naf:
        wanted = _wanted(shard, "naf", lambda held: wording.naf in held)
        found = np.flatnonzero(shard.columns["naf"].has(wanted, None))
        points[found] = _quarters(NUMBER_POINTS)
    elif wording.words:
        found = _said(shard, wording, points)
    else:
        return None
    return Answers(found.astype(np.uint32), points[found])


def fulfilling(shard: Shard, answers: Answers | None, filters: Filters) -> Answers:
    """Return those of the answers, or of all documents, that fulfil the filters; hidden ones never do."""
    kept: Mask | None = None
    for condition in _conditions(shard, filters):
        mask = condition(None if answers is None else answers.ordinals)
        kept = mask if kept is None else kept & mask
        if np.count_nonzero(kept) * _NARROWED < kept.size:
            # What follows is looked at among the few that are left.
            answers, kept = _those(answers, kept), None
    if kept is not None:
        return _those(answers, kept)
    return _those(None, np.ones(shard.documents, np.bool_)) if answers is None else answers


def _those(answers: Answers | None, kept: Mask) -> Answers:
    """Return the answers kept, of these or of all documents, which are worth nothing."""
    places = np.flatnonzero(kept)
    if answers is None:
        return Answers(places.astype(np.uint32), np.zeros(places.size, np.int16))
    return Answers(answers.ordinals[places], answers.points[places])


def least_words(count: int) -> int:
    """Return how many of so many words an answer must have: one of two, half of more."""
    return -(-count // 2)


def _said(shard: Shard, wording: Wording, points: Quarters) -> NDArray[np.intp]:
    """Return the documents of enough words, or of the activities spoken of, and give them their points."""
    held = np.zeros(shard.documents, np.uint8)
    for word in wording.words:
        ways = [(documents, worth) for documents, worth in _ways(shard, word) if documents.size]
        seen = np.zeros(shard.documents if len(ways) > 1 else 0, np.bool_)
        for rank, (documents, worth) in enumerate(ways):
            # Places that are counted in the processor's own integers are not converted at each use.
            places = documents.astype(np.intp)
            # A document that comes twice among these is given points once: so does numpy add in places.
            fresh = places[~seen[places]] if rank else places
            if rank < len(ways) - 1:
                seen[fresh] = True
            points[fresh] += _quarters(worth)
            held[fresh] += 1
    is_found = held >= least_words(len(wording.words))
    if wording.activities:
        _add_activities(shard, wording, points, is_found)
    if wording.whole_name:
        points[shard.named(wording.whole_name)] += _quarters(WHOLE_NAME_POINTS)
    return np.flatnonzero(is_found)


def _add_activities(shard: Shard, wording: Wording, points: Quarters, is_found: Mask) -> None:
    """Give the documents of the activities spoken of their points: each has one activity at most."""
    held = [shard.lexicons["naf"].holding(activity.code) for activity in wording.activities]
    worth = [_quarters(ACTIVITY_POINTS * activity.share) for activity in wording.activities]
    places = np.concatenate(held).astype(np.intp)
    points[places] += np.repeat(np.array(worth, np.int16), [each.size for each in held])
    is_found[places] = True


def _ways(shard: Shard, word: Word) -> Iterator[tuple[Ordinals, float]]:
    """Yield the documents of a word with its points, by each way of having it, the best first."""
    points = WORDS_POINTS * word.share
    names = shard.lexicons["name"]
    yield from ((names.holding(stem), points) for stem in word.stems)
    if word.status:
        yield shard.lexicons["status"].holding(word.status), points * STATUS_SHARE
    for field, share in (("place", PLACE_SHARE), ("text", TEXT_SHARE)):
        lexicon = shard.lexicons[field]
        yield from ((lexicon.holding(stem), points * share) for stem in word.stems)
    if word.is_fuzzy:
        yield from ((names.near(stem), points * FUZZY_SHARE) for stem in word.stems)


def _number(shard: Shard, number: str, points: Quarters, *, is_near: bool) -> NDArray[np.intp]:
    """Return the documents of a SIREN or a SIRET; the unit of a SIRET comes behind it."""
    siren = number[:SIREN_LENGTH]
    lexicon = shard.lexicons["siren"]
    points[lexicon.near(siren) if is_near else lexicon.holding(siren)] = _quarters(
        NEAR_NUMBER_POINTS
    )
    if not is_near:
        exact = "siret" if len(number) == _SIRET_LENGTH else "siren"
        points[shard.lexicons[exact].holding(number)] = _quarters(NUMBER_POINTS)
    return np.flatnonzero(points)


def _conditions(shard: Shard, filters: Filters) -> Iterator[Condition]:
    """Yield each condition, the dearest to look at last."""
    for field, test in _tests(filters):
        column, wanted = shard.columns[field], _wanted(shard, field, test)
        # What every value fulfils need not be looked at.
        if len(wanted) < len(column.values):
            yield partial(column.has, wanted)
    if filters.territories:
        yield partial(_is_in, shard, filters.territories)
    if shard.hidden.size:
        yield partial(_is_shown, shard)
    if filters.circle:
        yield partial(shard.positions.inside, filters.circle)


def _is_in(
    shard: Shard, territories: Collection[tuple[Level, str]], among: Ordinals | None
) -> Mask:
    """Return whether each document, of all or of some, is in one of the territories."""
    kept = np.zeros(shard.documents if among is None else among.size, np.bool_)
    for level, code in territories:
        column = shard.columns[level.value]
        if code in column.ranks:
            kept |= column.has([column.ranks[code]], among)
    return kept


def _tests(filters: Filters) -> Iterator[tuple[str, Test]]:
    """Yield the fields that have few values, each with what its value must be."""
    codes = frozenset(filters.naf)
    if filters.naf:
        yield "naf", lambda held: not codes.isdisjoint(held)
    if filters.statuses:
        yield "status", lambda held: not set(filters.statuses).isdisjoint(held)
    if filters.forms:
        yield FORM, lambda held: not set(filters.forms).isdisjoint(held)
    if filters.families:
        families = {family.value for family in filters.families}
        yield "ess_family", lambda family: family in families
    if filters.staff_min is not None or filters.staff_max is not None:
        bands = _bands(filters.staff_min, filters.staff_max)
        yield "staff_band", lambda band: band in bands
    if state := list(_states(filters)):
        yield "state", lambda held: all(held[place] is wanted for place, wanted in state)


def _states(filters: Filters) -> Iterator[tuple[int, bool]]:
    """Yield the places of `STATE` asked for, with what each must be; an unknown perimeter is none."""
    if filters.perimeter:
        yield STATE.index(f"is_industrial_{filters.perimeter.value}"), True
    for name in ("is_active", "is_fictional"):
        if (wanted := getattr(filters, name)) is not None:
            yield STATE.index(name), wanted


def _wanted(shard: Shard, field: str, test: Test) -> list[int]:
    """Return the codes of the values of a field that fulfil a condition."""
    return [rank for rank, value in enumerate(shard.columns[field].values) if test(value)]


def _bands(least: int | None, most: int | None) -> frozenset[str]:
    """Return the staff bands that meet a range."""
    low, high = least or 0, float("inf") if most is None else most
    return frozenset(
        band.code
        for band in STAFF_BANDS
        if band.lower <= high and (band.upper is None or band.upper >= low)
    )


def _is_shown(shard: Shard, among: Ordinals | None) -> Mask:
    shown = np.ones(shard.documents, np.bool_)
    shown[shard.hidden] = False
    return shown if among is None else shown[among]


def _quarters(points: float) -> int:
    return int(4 * quarters(points))
