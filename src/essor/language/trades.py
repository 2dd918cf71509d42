"""The trades of the social economy in industry, and which of them a text speaks of."""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError
from rapidfuzz.distance import OSA

from essor.errors import SourceError
from essor.language.analysis import fold, stems, words
from essor.language.presence import Presence

Reach = Literal["local", "departemental", "regional", "national"]
"""How far such work is usually bought."""

_Text = Annotated[str, Field(min_length=2)]
_Naf = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}[A-Z]$")]
_Cpv = Annotated[str, Field(pattern=r"^\d{8}$")]
_Rome = Annotated[str, Field(pattern=r"^[A-Z]\d{4}$")]
_SOME = Field(min_length=1)

# A misspelt word is recognised from this length: shorter ones are too close to one another.
_SHORTEST_FORGIVEN = 6
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade, the words that say it, and what it is called in the nomenclatures."""

    code: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    label: _Text
    words: Annotated[tuple[_Text, ...], _SOME]
    naf: Annotated[tuple[_Naf, ...], _SOME]
    cpv: Annotated[tuple[_Cpv, ...], _SOME]
    rome: Annotated[tuple[_Rome, ...], _SOME]
    presence: Annotated[tuple[Presence, ...], _SOME]
    reach: Reach
    example: _Text


@dataclass(frozen=True, slots=True)
class TradeFound:
    """A trade found in a text: its score from 0 to 1, and the words of the text that spoke."""

    trade: Trade
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Thesaurus:
    trade: tuple[Trade, ...]
    shared: tuple[str, ...] = ()


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
    """The expressions by their rarest root, every root known, and its forms with a letter less."""

    expressions: Mapping[str, tuple[_Expression, ...]]
    roots: frozenset[str]
    shortened: Mapping[str, tuple[str, ...]]


def read_trades(toml: str) -> tuple[Trade, ...]:
    """Return the trades of a thesaurus written in TOML.

    Raises:
        SourceError: it cannot be read, a field is wrong, or an undeclared word has two trades.
    """
    try:
        thesaurus = TypeAdapter(_Thesaurus).validate_python(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(
            f"Le thésaurus des métiers n’est pas du TOML lisible : {error}."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " › ".join(map(str, first["loc"]))
        raise SourceError(
            f"Le thésaurus des métiers est refusé : {place} : {first['msg']}. Corrigez ce champ."
        ) from error
    _refuse_repeats(thesaurus)
    return thesaurus.trade


def trades_of(text: str) -> tuple[TradeFound, ...]:
    """Return the trades `text` speaks of, best first, each with the words that spoke."""
    read = text[:_LONGEST_READ]
    spoken, ear = words(read), _ear()
    heard = _longest(list(_listen(_places(stems(read), ear), ear)))
    by_trade: dict[int, list[_Heard]] = defaultdict(list)
    for each in heard:
        by_trade[each.trade].append(each)
    found = [_found(trade, voices, spoken) for trade, voices in by_trade.items()]
    return tuple(sorted(found, key=lambda each: (-each.score, each.trade.code)))


def trade_of(code: str) -> Trade | None:
    """Return the trade of that code, None when there is none."""
    return _by_code().get(code)


def _refuse_repeats(thesaurus: _Thesaurus) -> None:
    """Raise a `SourceError` when a code comes twice, or a word in two trades without being declared."""
    shared = {fold(word) for word in thesaurus.shared}
    owners: dict[str, str] = {}
    codes: set[str] = set()
    for trade in thesaurus.trade:
        if trade.code in codes:
            raise SourceError(f"Le métier « {trade.code} » est décrit deux fois : fusionnez-les.")
        codes.add(trade.code)
        for word in trade.words:
            owner = owners.setdefault(fold(word), trade.code)
            if owner != trade.code and fold(word) not in shared:
                raise SourceError(
                    f"« {word} » est à la fois un mot de « {owner} » et de « {trade.code} » : "
                    "retirez-le de l’un des deux, ou déclarez-le dans « shared »."
                )


def _found(trade: int, voices: Sequence[_Heard], spoken: Sequence[str]) -> TradeFound:
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
    return TradeFound(TRADES[trade], round(score, 4), tuple(dict.fromkeys(said)))


def _places(found: Sequence[str], ear: _Ear) -> dict[str, dict[int, float]]:
    """Return for each known root the places where it is heard, with how clearly (1, or less misspelt)."""
    places: dict[str, dict[int, float]] = defaultdict(dict)
    for place, stem in enumerate(found):
        known = [root for root in (_alone(stem), _root(stem)) if root in ear.roots]
        for root in known:
            places[root][place] = 1.0
        if not known and len(stem) >= _SHORTEST_FORGIVEN and stem.isalpha():
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
    root = _root(stem)
    candidates = {
        known for form in (root, *_shortened(root)) for known in ear.shortened.get(form, ())
    }
    return {
        known
        for known in candidates
        if known.lstrip("=")[0] == root[0] and OSA.distance(known.lstrip("="), root) == 1
    }


@cache
def _ear() -> _Ear:
    """Return what is listened for; an expression weighs as much as its words are rare among trades."""
    spoken = {
        (rank, _roots(tuple(stems(form))))
        for rank, trade in enumerate(TRADES)
        for word in trade.words
        for form in (word, fold(word))
        if stems(form)
    }
    owners: dict[str, set[int]] = defaultdict(set)
    for trade, roots in spoken:
        for root in roots:
            owners[root.lstrip("=")].add(trade)
    rarity = {root: math.log(1 + len(TRADES) / len(trades)) for root, trades in owners.items()}
    expressions: dict[str, list[_Expression]] = defaultdict(list)
    shortened: dict[str, set[str]] = defaultdict(set)
    for trade, roots in sorted(spoken):
        rarest = max(roots, key=lambda root: rarity[root.lstrip("=")])
        weight = sum(rarity[root.lstrip("=")] for root in roots)
        expressions[rarest].append(_Expression(trade, roots, weight))
    every = frozenset(root for _, roots in spoken for root in roots)
    for root in every:
        bare = root.lstrip("=")
        if len(bare) >= _SHORTEST_FORGIVEN - 1 and bare.isalpha():
            for form in (bare, *_shortened(bare)):
                shortened[form].add(root)
    return _Ear(
        {root: tuple(those) for root, those in expressions.items()},
        every,
        {form: tuple(sorted(roots)) for form, roots in shortened.items()},
    )


def _roots(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is compared: a word alone must be itself, « usinage » is not « usine »."""
    return (_alone(found[0]),) if len(found) == 1 else tuple(map(_root, found))


def _root(stem: str) -> str:
    """Return the stem a verb and its noun share: « recycler », « recyclage »."""
    return stem[:-2] if stem.endswith("ag") and len(stem) > _SHORTEST_FORGIVEN else stem


def _alone(stem: str) -> str:
    return f"={stem}"


def _shortened(word: str) -> Iterator[str]:
    return (word[:rank] + word[rank + 1 :] for rank in range(len(word)))


@cache
def _by_code() -> dict[str, Trade]:
    return {trade.code: trade for trade in TRADES}


TRADES: tuple[Trade, ...] = read_trades(
    (files("essor.language") / "trades.toml").read_text(encoding="utf-8")
)
"""Every trade of the thesaurus, in its order."""
