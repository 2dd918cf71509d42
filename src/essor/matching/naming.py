"""What the name of an organisation says of its trade, by the thesaurus of trades."""

from collections.abc import Iterable
from functools import lru_cache

# A name says little: a trade is believed only when its own words are in it.
_LEAST_SCORE = 0.5

TradeSaid = tuple[str, tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=20_000)
def trades_said(name: str) -> Iterable[TradeSaid]:
    """Return the label, the NAF codes and the words of each trade that the name says."""
    from essor.language.trades import trades_of  # noqa: PLC0415 -- it loads the thesaurus

    return tuple(
        (found.trade.label, found.trade.naf, found.words)
        for found in trades_of(name)
        if found.score >= _LEAST_SCORE
    )
