"""The distinct activity texts of a release, and which of them a request is about, by word and by meaning."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import log1p
from pathlib import Path
from typing import Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from essor.language.analysis import stems, words

_TEXTS, _VECTORS = "activities.json", "activities.npy"

_KEPT = 24
"""How many activities a request may be about: a NAF division has eight sub-classes on average."""

_LEAST_SHARE = 0.34
"""Least share of a request's words, by weight, that a text must have to be spoken of."""

_UNSAID = 0.4
"""What a text loses when the request says almost none of its words: « vis » in « vis et ressorts »."""

_LEAST_LIKENESS, _MEANING = 0.5, 0.6
"""The cosine from which two texts are held to speak of one thing, and what the closest is worth."""

_FEW = 2
"""A lone word says too little for its meaning to be trusted: the encoder reads sentences."""

_LONGEST = 300


class _Trade(Protocol):
    """What a search reads of a trade of the thesaurus."""

    label: str
    words: tuple[str, ...]
    naf: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityText:
    """A text of an activity: a label of the NAF or the words of a trade, and the codes it speaks of.

    Only labels are compared as sentences; the words of a trade are compared as words.
    """

    text: str
    codes: tuple[str, ...]
    is_label: bool = True


@dataclass(frozen=True, slots=True)
class ActivityFound:
    """An activity that a request speaks of: how much, from 0 to 1, and the sentence that says why."""

    code: str
    share: float
    because: str


class Activities:
    """The texts, their stems and the vectors of the labels, ready to be compared with a request."""

    def __init__(self, texts: Sequence[ActivityText], vectors: NDArray[np.float32]) -> None:
        self._texts = tuple(texts)
        self._labels = tuple(rank for rank, each in enumerate(texts) if each.is_label)
        self._vectors = vectors
        self._stems = tuple(frozenset(stems(each.text)) for each in texts)
        holders: dict[str, list[int]] = {}
        for rank, found in enumerate(self._stems):
            for stem in found:
                holders.setdefault(stem, []).append(rank)
        self._holders = holders

    def __len__(self) -> int:
        return len(self._texts)

    def about(self, request: str) -> tuple[ActivityFound, ...]:
        """Return the activities that a request speaks of, most first, ties by code."""
        request = request[:_LONGEST]
        best: dict[str, ActivityFound] = {}
        for found in (*self._by_words(request), *self._by_meaning(request)):
            known = best.get(found.code)
            if known is None or found.share > known.share:
                best[found.code] = found
        ranked = sorted(best.values(), key=lambda found: (-found.share, found.code))
        return tuple(ranked[:_KEPT])

    def _by_words(self, request: str) -> Iterable[ActivityFound]:
        """Yield the activities whose texts have the request's words, rare words weighing more."""
        spoken = dict(zip(stems(request), words(request), strict=True))
        known = [stem for stem in spoken if stem in self._holders]
        whole = sum(self._weight(stem) for stem in known)
        for rank in {rank for stem in known for rank in self._holders[stem]}:
            common = [stem for stem in known if stem in self._stems[rank]]
            weight = sum(self._weight(stem) for stem in common)
            if weight / whole >= _LEAST_SHARE:
                filled = weight / sum(self._weight(stem) for stem in self._stems[rank])
                share = weight / whole * (1 - _UNSAID + _UNSAID * filled)
                said = ", ".join(f"« {spoken[stem]} »" for stem in common)
                yield from self._found(
                    rank, share, f"{'mots communs' if len(common) > 1 else 'mot commun'} : {said}"
                )

    def _weight(self, stem: str) -> float:
        """Return what a stem weighs: the fewer texts have it, the more."""
        return log1p(len(self._texts) / len(self._holders[stem]))

    def _by_meaning(self, request: str) -> Iterable[ActivityFound]:
        """Yield the activities whose texts are near the request as sentences (exact cosine)."""
        if len(stems(request)) < _FEW or not self._labels:
            return
        from essor.language.vectors import encode  # noqa: PLC0415 -- a second, for whoever needs it

        likenesses = self._vectors @ encode([request])[0]
        for row in np.flatnonzero(likenesses >= _LEAST_LIKENESS):
            likeness = float(likenesses[row])
            share = _MEANING * (likeness - _LEAST_LIKENESS) / (1 - _LEAST_LIKENESS)
            written = f"{likeness:.2f}".replace(".", ",")
            yield from self._found(self._labels[row], share, f"sens proche, ressemblance {written}")

    def _found(self, rank: int, share: float, because: str) -> Iterable[ActivityFound]:
        text = self._texts[rank]
        for code in text.codes:
            yield ActivityFound(code, min(1.0, share), f"{because} (« {text.text} »)")


def activity_texts(
    connection: duckdb.DuckDBPyConnection, codes: Iterable[str]
) -> tuple[ActivityText, ...]:
    """Return the labels of the NAF sub-classes `codes`, and the trades that speak of one of them."""
    wanted = sorted(set(codes))
    rows = connection.execute(
        "SELECT code, label FROM naf WHERE level = 5 AND list_contains($codes, code) ORDER BY code",
        {"codes": wanted},
    ).fetchall()
    labels = (ActivityText(label, (code,)) for code, label in rows)
    return (*labels, *_trade_texts(frozenset(code for code, _ in rows)))


def write_activities(texts: Sequence[ActivityText], folder: Path) -> None:
    """Write the texts, and the vectors of the labels, into `folder`."""
    from essor.language.vectors import encode  # noqa: PLC0415 -- a second, for whoever needs it

    written = [[each.text, each.is_label, *each.codes] for each in texts]
    (folder / _TEXTS).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    np.save(folder / _VECTORS, encode([each.text for each in texts if each.is_label]))


def read_activities(folder: Path) -> Activities:
    """Return the activities written in `folder`, their vectors mapped in memory."""
    written = json.loads((folder / _TEXTS).read_bytes())
    texts = [ActivityText(text, tuple(codes), is_label) for text, is_label, *codes in written]
    return Activities(texts, np.load(folder / _VECTORS, mmap_mode="r"))


def _trade_texts(known: frozenset[str]) -> Iterable[ActivityText]:
    """Yield the words of each trade with the sub-classes it may be done in."""
    for trade in _trades():
        codes = tuple(sorted(code for code in known if code.startswith(tuple(trade.naf))))
        for text in dict.fromkeys((trade.label, *trade.words)) if codes else ():
            yield ActivityText(text, codes, text == trade.label)


def _trades() -> tuple[_Trade, ...]:
    """Return the trades of the thesaurus; an installation without it searches by labels alone."""
    try:
        thesaurus = import_module("essor.language.trades")
    except ModuleNotFoundError:
        return ()
    trades: tuple[_Trade, ...] = tuple(thesaurus.TRADES)
    return trades
