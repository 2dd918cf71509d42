"""Adding a trade to an activity: looked for by words, or by its code, among the sub-classes of the NAF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import duckdb
from django.http import QueryDict

from essor.language.understanding import understand
from essor.site.asking import labels_of
from essor.site.current import Current

OFFERED_AT_MOST = 8
"""Trades found that are offered: the right one is among them or other words are better."""
_TICKED_AT_MOST = 50
_LONGEST = 500
_CODE = re.compile(r"([0-9]{2})\s*\.?\s*([0-9]{2})\s*([A-Za-z])")
_WHOLE = re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]")

Named = tuple[str, str]
"""A code, and how a person reads it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The words that a trade is looked for by, and whether they are read before anything is kept."""

    text: str
    is_asked: bool


def sought(typed: QueryDict) -> Sought:
    """Return what a form looks for: by its button, or by words that were typed and not looked for yet."""
    text = typed.get("autre_metier", "")[:_LONGEST].replace("\x00", "").strip()
    is_new = bool(text) and text != typed.get("cherche", "").strip()
    return Sought(text, is_asked="chercher" in typed or is_new)


def offered(
    service: Current, connection: duckdb.DuckDBPyConnection, held: Sequence[str], typed: QueryDict
) -> list[Named]:
    """Return the trades that may be ticked: those held, those ticked already, those that the words say."""
    ticked = [code for code in typed.getlist("metiers")[:_TICKED_AT_MOST] if _WHOLE.fullmatch(code)]
    wanted = [*held, *ticked, *_read(service, sought(typed).text)]
    labels = labels_of(connection, wanted)
    kept = (code for code in dict.fromkeys(wanted) if code in labels or code in held)
    return [(code, named(code, labels)) for code in kept]


def named(code: str, labels: dict[str, str]) -> str:
    """Return what a person calls a trade: its label and its code."""
    return f"{labels[code]} ({code})" if code in labels else code


def _read(service: Current, text: str) -> list[str]:
    """Return the codes typed, then those that the words say, likeliest first."""
    if not text:
        return []
    typed = [f"{division}.{rest}{letter.upper()}" for division, rest, letter in _CODE.findall(text)]
    if typed:
        return typed[:OFFERED_AT_MOST]
    said = understand(text, service.reader)
    codes = (
        *(code for found in said.trades for code in found.trade.naf),
        *(found.code for found in said.naf),
    )
    return list(islice(dict.fromkeys(codes), OFFERED_AT_MOST))
