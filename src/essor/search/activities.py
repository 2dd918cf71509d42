"""Which activities a request speaks of: what a reader of the NAF says, and the trades of the thesaurus.

A share is a chance, from 0 to 1, that the activity is meant. The chances of the reader are those of a
text of which it knows every word: a word that it does not know takes its part of them away, and what a
trade heard in the request is believed takes its own. « Menuiserie Durand » is half a name.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import log1p
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import stems, words
from essor.language.knowledge import Knowledge, knowledge_of
from essor.language.trades import TRADES, Trade, trade_of, trades_of
from essor.language.understanding import Reads
from essor.search.query import status_named

_FILE, _VECTORS = "activities.json", "activities.npy"

_KEPT = 24
"""How many activities a request may be about: a NAF division has eight sub-classes on average."""

_LEAST_SHARE, _LEAST_BESIDE_BEST = 0.05, 0.05
"""Less than that, or than that part of the best, an activity is not what is meant."""

_NEXT_CODE = 0.7
"""What a trade says of its second, third… sub-class, beside the one before."""

_UNHELD = 0.5
"""What a word known elsewhere in the NAF is worth, when the texts of an activity do not have it."""

_LEAST_LIKENESS, _MEANING = 0.4, 0.6
"""The cosine from which a request is held to mean a trade, and how much the closest is believed."""

_FEW = 2
"""A lone word says too little for its meaning to be trusted, and words that the NAF has not are names."""

_LONGEST, _LONGEST_SHOWN = 300, 90
_REMEMBERED = 512
"""The pages and the facets of one answer ask the same again."""


@dataclass(frozen=True, slots=True)
class ActivityFound:
    """An activity that a request speaks of: how much, from 0 to 1, and the sentence that says why."""

    code: str
    share: float
    because: str


@dataclass(frozen=True, slots=True)
class Known:
    """What an index knows of activities: the codes of its documents, and the words of the NAF.

    `words` has for each stem the number of sub-classes, among `size`, whose texts hold it; `trades`
    are the codes of the trades, one a vector.
    """

    codes: frozenset[str]
    words: Mapping[str, int]
    size: int
    trades: tuple[str, ...] = ()

    def weight(self, stem: str) -> float:
        """Return what a stem weighs: the fewer texts hold it, the more; most when none does."""
        return log1p(self.size / max(1, self.words.get(stem, 0)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A testimony: an activity is meant, with that chance, for that reason."""

    code: str
    chance: float
    because: str


@dataclass(frozen=True, slots=True)
class _Request:
    """A request without its numbers and its statuses: its stems, the word and the weight of each."""

    text: str
    words: Mapping[str, str]
    weights: Mapping[str, float]

    def part(self, held: Iterable[str]) -> float:
        """Return the part of the request, by weight, that some of its stems are."""
        whole = sum(self.weights.values())
        return sum(self.weights[stem] for stem in held) / whole if whole else 0.0


class Activities:
    """What is known of activities, ready to be compared with a request.

    `vectors` has one row a trade of the thesaurus. `open_reader` gives the reader of the release, or
    None without what it reads; it is called at the first request that has a word of the NAF.
    """

    def __init__(
        self,
        known: Known,
        vectors: NDArray[np.float32],
        open_reader: Callable[[], Reads | None] = lambda: None,
    ) -> None:
        self._known = known
        self._vectors = vectors
        self._reader = lru_cache(1)(open_reader)
        self._remembered = lru_cache(_REMEMBERED)(self._about)

    def about(self, request: str) -> tuple[ActivityFound, ...]:
        """Return the activities that a request speaks of, most first, ties by code."""
        return self._remembered(request[:_LONGEST])

    def _about(self, text: str) -> tuple[ActivityFound, ...]:
        request = self._request(text)
        if not request.words:
            return ()
        said = list(self._by_trade(request))
        if known := request.words.keys() & self._known.words.keys():
            said = said or list(self._by_meaning(request))
            believed = max((each.chance for each in said), default=0.0)
            said += self._by_reader(request, known, 1 - believed)
        found = _joined(each for each in said if each.code in self._known.codes)
        least = max(_LEAST_SHARE, _LEAST_BESIDE_BEST * max((f.share for f in found), default=0.0))
        return tuple(each for each in found[:_KEPT] if each.share >= least)

    def _request(self, text: str) -> _Request:
        """Return the request; a status and a number say nothing of an activity."""
        kept = " ".join(re.sub(r"[^\W_]+", lambda found: _telling(found.group()), text).split())
        spoken = dict(zip(stems(kept), words(kept), strict=True))
        return _Request(kept, spoken, {stem: self._known.weight(stem) for stem in spoken})

    def _by_trade(self, request: _Request) -> Iterator[_Said]:
        """Yield what the trades heard in the request say, as much as they are what it says."""
        for found in trades_of(request.text):
            heard = {stem for each in found.words for stem in stems(each)}
            part = request.part(heard & request.words.keys())
            said = ", ".join(f"« {each} »" for each in found.words)
            because = f"métier « {found.trade.label} » : {said}"
            yield from _testimonies(found.trade, found.score * part, because)

    def _by_meaning(self, request: _Request) -> Iterator[_Said]:
        """Yield what the trades that mean nearly the same as the request say (exact cosine)."""
        if len(request.words) < _FEW or not len(self._vectors):
            return
        from essor.language.vectors import encode  # noqa: PLC0415 -- a second, for whoever needs it

        likenesses = self._vectors @ encode([request.text])[0]
        for rank in np.flatnonzero(likenesses >= _LEAST_LIKENESS):
            if (trade := trade_of(self._known.trades[rank])) is None:
                continue
            likeness = float(likenesses[rank])
            chance = _MEANING * (likeness - _LEAST_LIKENESS) / (1 - _LEAST_LIKENESS)
            written = f"{likeness:.2f}".replace(".", ",")
            because = f"sens proche du métier « {trade.label} », ressemblance {written}"
            yield from _testimonies(trade, chance, because)

    def _by_reader(self, request: _Request, known: Set[str], rest: float) -> Iterator[_Said]:
        """Yield what the reader says, less what it knows nothing of and what trades said before it."""
        if (reader := self._reader()) is None:
            return
        for candidate in reader.candidates([request.text], _KEPT)[0]:
            held = {s for s in known if request.words[s] in candidate.evidence}
            trust = (1 - _UNHELD) * request.part(held) + _UNHELD * request.part(known)
            label = next((e for e in candidate.evidence if e not in request.words.values()), "")
            because = _because(
                [request.words[stem] for stem in request.words if stem in held], label
            )
            yield _Said(candidate.code, rest * trust * candidate.score, because)


def known_activities(connection: duckdb.DuckDBPyConnection, codes: Iterable[str]) -> Known:
    """Return what the release behind `connection` knows of the activities `codes` of its documents."""
    knowledge = knowledge_of(connection)
    counted = Counter(stem for held in _held(knowledge) for stem in held)
    size = max(1, len(knowledge.positions))
    return Known(frozenset(codes), dict(counted), size, tuple(trade.code for trade in TRADES))


def write_activities(known: Known, folder: Path) -> None:
    """Write what is known, and the vectors of the trades of the thesaurus, into `folder`."""
    from essor.language.vectors import encode  # noqa: PLC0415 -- a second, for whoever needs it

    written = asdict(known) | {"codes": sorted(known.codes)}
    (folder / _FILE).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    trades = [trade for code in known.trades if (trade := trade_of(code))]
    np.save(folder / _VECTORS, encode([trade.label for trade in trades]))


def read_activities(
    folder: Path, open_reader: Callable[[], Reads | None] = lambda: None
) -> Activities:
    """Return the activities written in `folder`, their vectors mapped in memory."""
    written = json.loads((folder / _FILE).read_bytes())
    sets = {"codes": frozenset(written["codes"]), "trades": tuple(written["trades"])}
    vectors = np.load(folder / _VECTORS, mmap_mode="r")
    return Activities(Known(**(written | sets)), vectors, open_reader)


def _held(knowledge: Knowledge) -> Iterator[set[str]]:
    """Yield the stems that the texts of each sub-class hold."""
    for position in knowledge.positions:
        texts = (position.label, *position.above[:1], *position.notes)
        yield {stem for text in texts for stem in stems(text)}


def _telling(word: str) -> str:
    return "" if word.isdecimal() or status_named(word) else word


def _testimonies(trade: Trade, chance: float, because: str) -> Iterator[_Said]:
    for rank, code in enumerate(trade.naf):
        yield _Said(code, chance * _NEXT_CODE**rank, because)


def _because(common: Sequence[str], label: str) -> str:
    shown = label if len(label) <= _LONGEST_SHOWN else f"{label[:_LONGEST_SHOWN].rstrip()}…"
    said = ", ".join(f"« {word} »" for word in common)
    if not common:
        return f"sens proche : « {shown} »"
    noun = "mots communs" if len(common) > 1 else "mot commun"
    return f"{noun} : {said} (« {shown} »)" if shown else f"{noun} : {said}"


def _joined(said: Iterable[_Said]) -> list[ActivityFound]:
    """Return each activity once, its testimonies taken as independent, most meant first."""
    testimonies: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        testimonies[each.code].append(each)
    found = []
    for code, those in testimonies.items():
        doubt = 1.0
        for each in those:
            doubt *= 1 - min(1.0, each.chance)
        strongest = max(those, key=lambda each: each.chance)
        found.append(ActivityFound(code, 1 - doubt, strongest.because))
    return sorted(found, key=lambda each: (-each.share, each.code))
