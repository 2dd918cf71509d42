"""An answer: candidates of a release judged for a need, those refused counted by their reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import duckdb

from essor.matching.inference import Trades
from essor.matching.match import TRADE, Match, explain, ranked
from essor.matching.need import Need, refuse_contradictions
from essor.matching.suppliers import Candidates, candidates


@dataclass(frozen=True, slots=True)
class Answer:
    """The matches, best first, and of the others how many each criterion refused.

    `judged` suppliers were read; `is_cut` tells that there were more, farther in place or trade.
    """

    need: Need
    release: int
    day: date
    matches: tuple[Match, ...]
    refused: tuple[tuple[str, int], ...]
    judged: int
    is_cut: bool

    @property
    def is_trade_nobodys(self) -> bool:
        """Return whether, of those who may answer, nobody is known for a trade that is wanted."""
        known = (each.criterion for match in self.matches for each in match.reasons)
        return bool(self.need.trades and self.matches) and TRADE not in known


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as programs read it: its number, its criteria, and how many matches it had."""

    number: int
    criteria_version: str
    matched: int
    answer: Answer


def answer(
    connection: duckdb.DuckDBPyConnection, need: Need, day: date, release: int, trades: Trades
) -> Answer:
    """Return who may answer the need in that release, on that day.

    Raises:
        InvalidRequestError: conditions of the need exclude one another; the message says which.
    """
    refuse_contradictions(need, day)
    return answered(need, candidates(connection, need, trades), day, release)


def answered(need: Need, read: Candidates, day: date, release: int) -> Answer:
    """Return the answer among the candidates read."""
    judged = [explain(need, supplier, day) for supplier in read.suppliers]
    refused = Counter(each.refusals[0].criterion for each in judged if each.refusals)
    return Answer(
        need,
        release,
        day,
        ranked(need, judged, release),
        tuple(refused.most_common()),
        len(judged),
        read.is_cut,
    )
