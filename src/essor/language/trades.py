"""Which trades of the thesaurus a text speaks of."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from essor.language.analysis import fold, stems, words
from essor.language.thesaurus import (
    TRADES,
    Reach,
    Trade,
    alone,
    read_trades,
    roots_of,
    shared_root,
    trade_of,
)

__all__ = ["TRADES", "Reach", "Trade", "TradeFound", "read_trades", "trade_of", "trades_of"]

# A misspelt word is recognised from this length, shorter ones being too close to one another, and to that
# one: past it no word of the thesaurus is near, and the work grows as the square of the length.
_SHORTEST_FORGIVEN, _LONGEST_FORGIVEN = 6, 40
_MISSPELT = 0.75
# Words that may stand between the words of an expression, and what their disorder costs.
_WIDEST_GAP = 2
_OUT_OF_ORDER = 0.8
# What another expression of the same trade adds to the best one.
_SECOND_VOICE = 0.5
# What a trade loses for being spoken of later than the others, at most.
_LAST_SPOKEN = 0.1
# Weight at which a trade is believed one chance in two.
_HALF_BELIEVED = 4.0
# Letters read: past them nothing new is said of the trade.
_LONGEST_READ = 20_000


@dataclass(frozen=True, slots=True)
class TradeFound:
    """A trade found in a text: its score from 0 to 1, and the words of the text that spoke."""

    trade: Trade
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Expression:
    trade: int
    roots: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Heard:
    trade: int
    places: frozenset[int]
    weight: float


@dataclass(frozen=True, slots=True)
class _Ear:
    """The trades, their expressions by their rarest root, every root known, and its forms with a letter less.

    `acronyms` are heard as they are written, never by their stem.
    """

    trades: tuple[Trade, ...]
    expressions: Mapping[str, tuple[_Expression, ...]]
    roots: frozenset[str]
    acronyms: frozenset[str]
    shortened: Mapping[str, tuple[str, ...]]


def trades_of(text: str, among: tuple[Trade, ...] | None = None) -> tuple[TradeFound, ...]:
    """Return the trades `text` speaks of, best first, each with the words that spoke.

    `among` is another thesaurus than the one shipped; it is read again at each call.
    """
    read = text[:_LONGEST_READ]
    spoken, ear = words(read), _shipped() if among is None else _ear(among)
    heard = _longest(list(_listen(_places(stems(read), spoken, ear), ear)))
    by_trade: dict[int, list[_Heard]] = defaultdict(list)
    for each in heard:
        by_trade[each.trade].append(each)
    found = [_found(ear.trades[trade], voices, spoken) for trade, voices in by_trade.items()]
    return tuple(sorted(found, key=lambda each: (-each.score, each.trade.code)))


def _found(trade: Trade, voices: Sequence[_Heard], spoken: Sequence[str]) -> TradeFound:
    """Return the trade with its score: its best expression, and a part of what the others add."""
    ordered = sorted(voices, key=lambda each: -each.weight)
    weight, covered = 0.0, frozenset[int]()
    for each in ordered:
        share = (
            1.0 if not covered else _SECOND_VOICE * len(each.places - covered) / len(each.places)
        )
        weight += each.weight * share
        covered |= each.places
    first = min(covered) / max(len(spoken), 1)
    score = weight / (weight + _HALF_BELIEVED) * (1 - _LAST_SPOKEN * first)
    said = (" ".join(spoken[place] for place in sorted(each.places)) for each in ordered)
    return TradeFound(trade, round(score, 4), tuple(dict.fromkeys(said)))


def _places(found: Sequence[str], spoken: Sequence[str], ear: _Ear) -> dict[str, dict[int, float]]:
    """Return for each known root the places where it is heard, with how clearly (1, or less misspelt)."""
    places: dict[str, dict[int, float]] = defaultdict(dict)
    for place, (stem, word) in enumerate(zip(found, spoken, strict=True)):
        letters = fold(word)
        whole = letters.upper() if letters in ear.acronyms else stem
        heard = (alone(whole), shared_root(stem))
        known = [root for root in heard if root in ear.roots]
        for root in known:
            places[root][place] = 1.0
        is_long = _SHORTEST_FORGIVEN <= len(stem) <= _LONGEST_FORGIVEN
        if not known and is_long and stem.isalpha():
            for root in _close(stem, ear):
                places[root][place] = _MISSPELT
    return places


def _listen(places: Mapping[str, Mapping[int, float]], ear: _Ear) -> Iterator[_Heard]:
    """Yield every expression heard: all its roots stand close together."""
    for root in places:
        for expression in ear.expressions.get(root, ()):
            if all(each in places for each in expression.roots):
                for start in places[root]:
                    yield from _together(expression, start, places)


def _together(
    expression: _Expression, start: int, places: Mapping[str, Mapping[int, float]]
) -> Iterator[_Heard]:
    """Yield the expression when its roots stand around `start`, within a few words."""
    chosen: list[int] = []
    clarity = 1.0
    for root in expression.roots:
        nearest = min(places[root], key=lambda place: abs(place - start))
        chosen.append(nearest)
        clarity = min(clarity, places[root][nearest])
    width = max(chosen) - min(chosen)
    if len(set(chosen)) < len(chosen) or width > len(chosen) - 1 + _WIDEST_GAP:
        return
    if chosen != sorted(chosen):
        clarity *= _OUT_OF_ORDER
    yield _Heard(expression.trade, frozenset(chosen), expression.weight * clarity)


def _longest(heard: Sequence[_Heard]) -> list[_Heard]:
    """Return what was heard without the expressions that stand inside a longer one."""
    around: dict[int, set[frozenset[int]]] = defaultdict(set)
    for each in heard:
        for place in each.places:
            around[place].add(each.places)
    kept: dict[tuple[int, frozenset[int]], _Heard] = {}
    for each in heard:
        if any(each.places < other for other in around[next(iter(each.places))]):
            continue
        key = (each.trade, each.places)
        if key not in kept or kept[key].weight < each.weight:
            kept[key] = each
    return list(kept.values())


def _close(stem: str, ear: _Ear) -> set[str]:
    """Return the roots one letter away from an unknown stem, of the same first letter."""
    root = shared_root(stem)
    candidates = {
        known for form in (root, *_shortened(root)) for known in ear.shortened.get(form, ())
    }
    return {
        known
        for known in candidates
        if known.lstrip("=")[0] == root[0] and OSA.distance(known.lstrip("="), root) == 1
    }


@cache
def _shipped() -> _Ear:
    return _ear(TRADES)


def _ear(trades: tuple[Trade, ...]) -> _Ear:
    """Return what is listened for; an expression weighs as much as its words are rare among trades."""
    spoken = {
        (rank, roots)
        for rank, trade in enumerate(trades)
        for word in trade.words
        for roots in _forms(word)
    }
    owners: dict[str, set[int]] = defaultdict(set)
    for trade, roots in spoken:
        for root in roots:
            owners[root.lstrip("=")].add(trade)
    rarity = {root: math.log(1 + len(trades) / len(having)) for root, having in owners.items()}
    expressions: dict[str, list[_Expression]] = defaultdict(list)
    for trade, roots in sorted(spoken):
        rarest = max(roots, key=lambda root: rarity[root.lstrip("=")])
        weight = sum(rarity[root.lstrip("=")] for root in roots)
        expressions[rarest].append(_Expression(trade, roots, weight))
    every = frozenset(root for _, roots in spoken for root in roots)
    heard = {root: tuple(those) for root, those in expressions.items()}
    acronyms = frozenset(
        fold(word) for trade in trades for word in trade.words if _is_acronym(word)
    )
    return _Ear(trades, heard, every, acronyms, _misspelt(every))


@cache
def _forms(word: str) -> frozenset[tuple[str, ...]]:
    """Return what is listened for of a word: with its accents and without; whole when it is an acronym.

    The stem of an acronym is another word: that of « VAE » is « va », that of « pièces » is « piec ».
    """
    if _is_acronym(word):
        return frozenset({(alone(fold(word).upper()),)})
    return frozenset(roots_of(form) for form in (word, fold(word)) if stems(form))


def _is_acronym(word: str) -> bool:
    return word.isupper() and word.isalnum()


def _misspelt(roots: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the long roots by their forms with a letter less, themselves included."""
    shortened: dict[str, set[str]] = defaultdict(set)
    for root in roots:
        bare = root.lstrip("=")
        if len(bare) >= _SHORTEST_FORGIVEN - 1 and bare.isalpha():
            for form in (bare, *_shortened(bare)):
                shortened[form].add(root)
    return {form: tuple(sorted(those)) for form, those in shortened.items()}


def _shortened(word: str) -> Iterator[str]:
    return (word[:rank] + word[rank + 1 :] for rank in range(len(word)))
