"""What an index holds of a document: how French is cut in it, and the values it is filtered and counted by."""

import re
from functools import cache, lru_cache
from hashlib import blake2b

import tantivy

from essor.language.analysis import fold
from essor.search.document import Document

NONE = "-"
"""The value of a document that has none: so that what is counted sums to the whole."""

STATE = ("is_industrial_p1", "is_industrial_p2", "is_active", "is_fictional")
"""The fields of a document that are true, false or, for the first two, unknown: together, one column."""

_WORD = re.compile(r"[^\W_]+")
_CACHED_TEXTS = _CACHED_PLACES = 1 << 16
"""The words of names come back again and again; so do communes, beside words that would drive them out."""


@cache
def analyser() -> tantivy.TextAnalyzer:
    """Return what cuts a text into stems; accents fold last, for the stemmer reads them."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(80),
        tantivy.Filter.lowercase(),
        tantivy.Filter.stemmer("French"),
        tantivy.Filter.ascii_fold(),
    ):
        builder = builder.filter(step)
    return builder.build()


def whole_name(text: str) -> str:
    """Return the key that two writings of one name share: accents, capitals and signs apart."""
    return " ".join(_WORD.findall(fold(text)))


def name_key(name: str) -> int:
    """Return the whole name as a number of 64 bits: two of a million names share one once in 10⁷ times."""
    return int.from_bytes(blake2b(whole_name(name).encode(), digest_size=8).digest(), "little")


@lru_cache(_CACHED_TEXTS)
def stems_of(text: str) -> tuple[str, ...]:
    """Return the distinct stems of a text in all its writings, as an index holds them."""
    return tuple(dict.fromkeys(s for each in _writings(text) for s in analyser().analyze(each)))


def stems_by_word(text: str) -> set[str]:
    """Return the same stems as `stems_of`, each word cut once however many texts have it."""
    return {stem for word in text.split() for stem in stems_of(word)}


@lru_cache(_CACHED_PLACES)
def stems_of_place(place: str) -> frozenset[str]:
    """Return the distinct stems of the words that a person would call a place by."""
    return frozenset(stems_by_word(place))


def names_of(document: Document) -> str:
    """Return the names that a document is found by."""
    return " ".join(filter(None, (document.name, document.acronym)))


def naf_positions(code: str, section: str | None) -> tuple[str, ...]:
    """Return a NAF sub-class and the positions that hold it, up to its section."""
    return (code, code[:5], code[:4], code[:2], *((section,) if section else ()))


def _writings(text: str) -> list[str]:
    """Return a text with its accents and, when it has some, without: they change the stem of a word."""
    return [text] if text.isascii() else [text, fold(text)]
