"""What a text asks for or offers: trades, activities, products, quantities and forms of presence, with evidence."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Protocol

from essor.language.handling import HELD, USUAL, Handled, handled, makes
from essor.language.presence import Presence, presence_words
from essor.language.quantities import Quantity, quantities_of
from essor.language.trades import Trade, TradeFound, trades_of

if TYPE_CHECKING:
    from essor.language.naf import Candidate
    from essor.language.signals import Index

# Letters read of a text, and answers kept of each kind.
_LONGEST_TEXT = 20_000
_TRADES, _CODES = 8, 20
# What a trade says of its second, third… code, compared with the one before.
_NEXT_CODE = 0.7
# How much a trade is believed beside a reader, which has read the nomenclature itself.
_BESIDE_READER = 0.5
# What an opening hides never runs past another opening: a page of unclosed ones is read in one go.
_UNSEEN = re.compile(
    r"<(script|style)\b(?:(?!<(?:script|style)\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v]+")


class Reads(Protocol):
    """Reads texts into activities, as `essor.language.naf.Reader` does."""

    def candidates(self, texts: Sequence[str], limit: int = ...) -> "list[tuple[Candidate, ...]]":
        """Return the likeliest sub-classes of each text, best first."""


class Knows(Reads, Protocol):
    """A reader that shows what it knows, so that small talk is told from a need."""

    @property
    def index(self) -> "Index":
        """Return what is known, with its meanings."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code of a nomenclature, its score from 0 to 1, and the words and labels that spoke."""

    code: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PresenceFound:
    """A form of presence, and the words that say it; none when it is only usual in the trade."""

    presence: Presence
    words: tuple[str, ...]

    @property
    def is_said(self) -> bool:
        """Return whether the text itself says it."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of `text`, which is what was read: without markup. Each ranking, best first."""

    text: str
    trades: tuple[TradeFound, ...]
    naf: tuple[Suggestion, ...]
    cpv: tuple[Suggestion, ...]
    rome: tuple[Suggestion, ...]
    presence: tuple[PresenceFound, ...]
    quantities: tuple[Quantity, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all was understood."""
        return not (self.trades or self.naf or self.presence or self.quantities)


def understand(text: str, reader: Knows | None = None) -> Understanding:
    """Return what `text` says; activities come from its trades alone when there is no reader.

    A text of no trade that asks for nothing, as « bonjour » does, is read into no activity.
    """
    read = _readable(text)
    known = handled(read, trades_of(read)[:_TRADES])
    trades = known.trades
    return Understanding(
        text=read,
        trades=trades,
        naf=_activities(read, known, reader),
        cpv=_suggested(_told(trades, lambda trade: trade.cpv)),
        rome=_suggested(_told(trades, lambda trade: trade.rome)),
        presence=_presence(read, known),
        quantities=quantities_of(read),
    )


def _readable(text: str) -> str:
    """Return the beginning of the text without its markup."""
    bare = _TAG.sub(" ", _UNSEEN.sub(" ", text[: 3 * _LONGEST_TEXT]))
    return _BLANKS.sub(" ", unescape(bare)).strip()[:_LONGEST_TEXT]


def _activities(text: str, known: Handled, reader: Knows | None) -> tuple[Suggestion, ...]:
    """Return the sub-classes of the NAF, those of the trades raised among those of the reader."""
    told = [*_told(known.trades, lambda trade: trade.naf), *_called_for(known)]
    if reader is None:
        return _suggested(told)
    beside = [Suggestion(each.code, _BESIDE_READER * each.score, each.evidence) for each in told]
    read = reader.candidates([text], _CODES)[0]
    if read and not known.trades and _is_small_talk(text, reader):
        return ()
    return _suggested(
        [
            *(
                Suggestion(each.code, _share(each, known) * each.score, each.evidence)
                for each in read
            ),
            *beside,
        ]
    )


def _is_small_talk(text: str, reader: Knows) -> bool:
    from essor.language.small_talk import asks_nothing  # noqa: PLC0415 -- meanings, for a reader alone

    return asks_nothing(text, reader.index.vectors)


def _share(candidate: "Candidate", known: Handled) -> float:
    """Return what is left of an activity: to make things is not what a text that only handles them asks."""
    return HELD if known.is_whole and makes(candidate.code) else 1.0


def _called_for(known: Handled) -> Iterable[Suggestion]:
    """Yield the usual activities of the acts done to the things of the trades held back."""
    for found in known.trades:
        act = known.acts.get(found.trade.code)
        if act is not None:
            score = min(1.0, USUAL * found.score / HELD)
            evidence = f"{act.label} de ce que dit « {' ; '.join(found.words)} »"
            for rank, code in enumerate(act.usual):
                yield Suggestion(code, score * _NEXT_CODE**rank, (evidence,))


def _told(
    trades: Iterable[TradeFound], codes: Callable[[Trade], Sequence[str]]
) -> Iterable[Suggestion]:
    """Yield what each trade says of its codes, the first being the most usual."""
    for found in trades:
        said = " ; ".join(found.words)
        evidence = f"métier « {found.trade.label} » : {said}"
        for rank, code in enumerate(codes(found.trade)):
            yield Suggestion(code, found.score * _NEXT_CODE**rank, (evidence,))


def _suggested(told: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return each code once, its scores joined as independent testimonies, best first."""
    doubts: dict[str, float] = defaultdict(lambda: 1.0)
    evidence: dict[str, list[str]] = defaultdict(list)
    for each in told:
        doubts[each.code] *= 1 - min(max(each.score, 0.0), 1.0)
        evidence[each.code].extend(each.evidence)
    joined = [
        Suggestion(code, round(1 - doubt, 4), tuple(dict.fromkeys(evidence[code])))
        for code, doubt in doubts.items()
    ]
    return tuple(sorted(joined, key=lambda each: -each.score)[:_CODES])


def _presence(text: str, known: Handled) -> tuple[PresenceFound, ...]:
    """Return what the text says, then what is usual in its first trade: no making when things are only handled."""
    said = presence_words(text)
    usual = known.trades[0].trade.presence if known.trades else ()
    if known.is_whole:
        usual = tuple(each for each in usual if each is not Presence.FABRICATION)
    return tuple(
        PresenceFound(presence, said.get(presence, ()))
        for presence in dict.fromkeys((*said, *usual))
    )
