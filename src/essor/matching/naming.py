"""What the name of an organisation says of its trade: by the thesaurus, where a name speaks of what is done there.

A name is no proof. Many say where one is (« rue de la Menuiserie »), what stood there (« Théâtre de la
Verrerie »), around what people gather (« les amis du tissage »), or sound like a trade (« Voir ensemble »).
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from essor.language.analysis import fold, stems

if TYPE_CHECKING:  # the thesaurus takes a tenth of a second to load
    from essor.language.trades import Trade

# A word of two trades (« menuiserie », of wood or of metal) scores less than one of a single trade.
_LEAST_SCORE = 0.45

TradeSaid = tuple[str, tuple[str, ...], tuple[str, ...]]

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"la", "le", "les", "l"})
_OF = frozenset({"de", "d"})
_OF_THE = frozenset({"du", "des", "au", "aux", "a"})
# A shorter acronym is also a word: « L’EPI VERT » makes no protective equipment.
_LEAST_ACRONYM = 4


@lru_cache(maxsize=20_000)
def trades_said(name: str) -> Iterable[TradeSaid]:
    """Return the label, the NAF codes and the words of each trade that the name says is done there."""
    from essor.language.trades import trades_of  # noqa: PLC0415 -- it loads the thesaurus

    spoken = _folded(name)
    if not (may_say(name) and _listed("gatherings").isdisjoint(spoken)):
        return ()
    return tuple(
        (found.trade.label, found.trade.naf, words)
        for found in trades_of(name)
        if found.score >= _LEAST_SCORE
        and (words := tuple(each for each in found.words if _is_done(spoken, each, found.trade)))
    )


def speaking(words: Iterable[str]) -> frozenset[str]:
    """Return those of the words without which a name says no trade: any that says one has one of them."""
    return frozenset(word for word in words if not _expressions().keys().isdisjoint(_roots(word)))


def may_say(name: str) -> bool:
    """Return whether a name has all the words of an expression of the thesaurus: told ten times as fast as read."""
    roots = frozenset[str]().union(*map(_roots, _WORD.findall(name)))
    expressions = _expressions()
    return any(those <= roots for root in expressions.keys() & roots for those in expressions[root])


def _is_done(spoken: Sequence[str], words: str, trade: "Trade") -> bool:
    """Return whether these words, of a trade, tell in a name what is done, and not where it is."""
    heard = _folded(words)
    if not {_singular(word) for word in heard} <= _own_words(trade):
        return False
    if len(heard) == 1 and not _tells(words):
        return False
    return heard[0] in spoken and not _is_elsewhere(spoken, heard, trade)


def _tells(word: str) -> bool:
    """Return whether a word alone tells what people do: a thing tells what they like, « épi » and « EPI » nothing."""
    folded = fold(word)
    is_long = len(word) >= _LEAST_ACRONYM or not word.isalpha()
    is_acronym = word.isupper() and is_long and folded in _acronyms()
    is_done = folded.removesuffix("s").endswith(tuple(_listed("done_endings")))
    return is_acronym or is_done or folded in _listed("done")


def _is_elsewhere(spoken: Sequence[str], heard: Sequence[str], trade: "Trade") -> bool:
    """Return whether the words tell a place: « rue de la Menuiserie », « Théâtre de la Verrerie », « La Fonderie »."""
    from essor.language.handling import makes  # noqa: PLC0415 -- it loads the thesaurus

    start = spoken.index(heard[0])
    before = start
    while before and spoken[before - 1] in _ARTICLES | _OF | _OF_THE:
        before -= 1
    links = set(spoken[before:start])
    if before and spoken[before - 1] not in _listed("legal"):
        head = spoken[before - 1]
        is_of_the = bool(links & _OF_THE) or bool(links & _OF and links & _ARTICLES)
        return head in _listed("places") or (is_of_the and head not in _listed("makers"))
    is_whole = start + len(heard) == len(spoken)
    return is_whole and bool(links & _ARTICLES) and makes(trade.naf[0])


@cache
def _listed(name: str) -> frozenset[str]:
    """Return a list of words of `names.toml`."""
    read = tomllib.loads(files("essor.matching").joinpath("names.toml").read_text("utf-8"))
    return frozenset(read[name])


def _folded(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _singular(word: str) -> str:
    return word.rstrip("sx")


@cache
def _own_words(trade: "Trade") -> frozenset[str]:
    """Return the words of a trade, letter for letter but for the plural: « enseigne » is not « enseignement »."""
    return frozenset(_singular(each) for word in trade.words for each in _folded(word))


@cache
def _acronyms() -> frozenset[str]:
    from essor.language.trades import TRADES  # noqa: PLC0415 -- see above

    said = (word for trade in TRADES for word in trade.words)
    return frozenset(fold(word) for word in said if word.isupper() and word.isalnum())


@cache
def _expressions() -> dict[str, tuple[frozenset[str], ...]]:
    """Return the roots of each expression of the thesaurus that may be believed of a name, by the rarest."""
    from essor.language.trades import TRADES  # noqa: PLC0415 -- see above

    words = {word for trade in TRADES for word in trade.words}
    cut = {form: _WORD.findall(form) for word in words for form in (word, fold(word))}
    told = {
        frozenset[str]().union(*map(_roots, said))
        for form, said in cut.items()
        if len(said) > 1 or _tells(form) or fold(form) in _acronyms()
    }
    count = Counter(root for those in told for root in those)
    by_rarest: dict[str, list[frozenset[str]]] = {}
    for those in told - {frozenset()}:
        by_rarest.setdefault(min(those, key=lambda root: (count[root], root)), []).append(those)
    return {root: tuple(those) for root, those in by_rarest.items()}


@lru_cache(maxsize=100_000)
def _roots(word: str) -> frozenset[str]:
    """Return what is compared of a word, whatever stands beside it; nothing of a word that says nothing."""
    from essor.language.thesaurus import shared_root  # noqa: PLC0415 -- see above

    return frozenset(map(shared_root, stems(word)))
