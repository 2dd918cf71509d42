"""What is done to things that exist already: a thing recycled, repaired or hired is not a thing made.

« Recyclage de chaussures » speaks of shoes and calls for nobody who makes them. A trade heard by the thing
alone is then held back, unless one of its own activities is the act named; a trade whose own words hold the
act (« réparation de palettes ») already knows it, and is left as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from essor.language.presence import Presence, presence_words
from essor.language.trades import TradeFound

# What is left of a trade, or of an activity, that makes the things the text has handled.
HELD = 0.15
# How much the usual activities of an act are believed beside the trade of the thing.
USUAL = 0.8
# Divisions that grow, extract, make or supply things: what handling them is not.
_MAKING = frozenset(f"{division:02}" for division in (*range(1, 33), 35))
_SEGMENT = re.compile(r"[.;:!?\n]+(?=\s|$)|\n")
_SUBCONTRACTING = re.compile(r"sous[- ]trait", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Act:
    """An act on things: the words that say it, the activities it fits (beginnings of codes), its usual ones."""

    label: str
    said: re.Pattern[str]
    fits: tuple[str, ...]
    usual: tuple[str, ...]


def _act(label: str, said: str, fits: tuple[str, ...], usual: tuple[str, ...]) -> Act:
    return Act(label, re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE), fits, usual)


_RECOVERY = ("37", "38", "39", "43.11", "46.7", "47.79")
# A word that says the state of the thing, which may come after it.
_STATES = re.compile(
    r"(?<!\w)(?:(?:en\s+)?fin\s+de\s+vie|hors\s+d['’]usage|usagée?s?|au\s+rebut)(?!\w)",
    re.IGNORECASE,
)
_ACTS = (
    _act(
        "recyclage",
        r"recycl(?:age|er|ons|ez|ent)|valoris(?:ation|er)|récupér(?:ation|er)|broyage|broyer|tri|trier"
        r"|réemploi|réemployer|surcyclage",
        _RECOVERY,
        ("38.32Z",),
    ),
    _act(
        "démontage",
        r"démant[èe]l(?:ement|er|ons)|démont(?:age|er|ons)|dépollution|dépolluer|désassembl(?:age|er)|dépose",
        _RECOVERY,
        ("38.31Z", "38.32Z"),
    ),
    _act(
        "collecte",
        r"collect(?:e|es|er|ons)|ramass(?:age|er)|enl[èe]v(?:ement|er)|débarras(?:ser)?",
        (*_RECOVERY, "49", "52", "53"),
        ("38.11Z", "38.32Z"),
    ),
    _act(
        "réparation",
        r"répar(?:ation|ations|er|ons|ateurs?)|dépann(?:age|er)|remises?\s+en\s+état|entret(?:ien|enir)"
        r"|maintenance|reconditionn(?:ement|er)|remise\s+à\s+neuf",
        ("33", "95", "45.2", "43", "38.32"),
        ("33.19Z", "95.29Z"),
    ),
    _act("location", r"locations?|louer|loueurs?", ("77",), ("77.39Z", "77.29Z")),
)
_AFTER_STATE = _ACTS[0]


@dataclass(frozen=True, slots=True)
class Handled:
    """The trades of a text once it is known what is done to their things, and what that act calls for.

    `acts` holds for the code of a trade held back the act that holds it; `is_whole` says that the text
    speaks of handling things and of making none.
    """

    trades: tuple[TradeFound, ...]
    acts: dict[str, Act]
    is_whole: bool


def makes(code: str) -> bool:
    """Return whether an activity of the NAF grows, extracts, makes or supplies things."""
    return code[:2] in _MAKING


def handled(text: str, trades: Sequence[TradeFound]) -> Handled:
    """Return the trades of `text`, best first, those of things that are handled and not made being held back."""
    if _speaks_of_making(text):
        return Handled(tuple(trades), {}, is_whole=False)
    segments = [each for each in _SEGMENT.split(text) if each.strip()]
    acts: dict[str, Act] = {}
    told: list[TradeFound] = []
    for found in trades:
        act = _governing(found, segments)
        if act is None:
            told.append(found)
            continue
        first, *rest = sorted(found.trade.naf, key=lambda code: not code.startswith(act.fits))
        if first.startswith(act.fits):
            trade = replace(found.trade, naf=(first, *rest))
            told.append(replace(found, trade=trade))
        else:
            acts[found.trade.code] = act
            told.append(replace(found, score=round(HELD * found.score, 4)))
    ordered = sorted(told, key=lambda each: (-each.score, each.trade.code))
    whole = any(_said(segment) for segment in segments)
    return Handled(tuple(ordered), acts, whole)


def _speaks_of_making(text: str) -> bool:
    """Return whether somebody is to make or to supply something; to be a subcontractor says nothing of it."""
    words = presence_words(text).get(Presence.FABRICATION, ())
    return any(not _SUBCONTRACTING.match(word) for word in words)


def _said(segment: str) -> bool:
    return bool(_STATES.search(segment)) or any(act.said.search(segment) for act in _ACTS)


def _governing(found: TradeFound, segments: Sequence[str]) -> Act | None:
    """Return the act done to the things of a trade that makes things, None when its own words say the act."""
    if not makes(found.trade.naf[0]) or any(_said(words) for words in found.words):
        return None
    acts = [_before(words, segment) for words in found.words for segment in segments]
    spoken = [act for act in acts if act is not None]
    return spoken[0] if spoken else None


def _before(words: str, segment: str) -> Act | None:
    """Return the nearest act named before those words in a segment, or recovery when they are end-of-life things."""
    places = [segment.find(word) for word in words.split()]
    if min(places) < 0:
        return None
    named = [
        (spoken.end(), act)
        for act in _ACTS
        for spoken in act.said.finditer(segment)
        if spoken.end() <= min(places)
    ]
    if named:
        return max(named, key=lambda each: each[0])[1]
    return _AFTER_STATE if _STATES.search(segment) else None
