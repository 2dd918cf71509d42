"""The fields of an index and how French is cut in them: the same for every kind of document."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter

import tantivy
from pydantic_core import from_json, to_json

from essor.language.analysis import fold
from essor.search.document import Document
from essor.search.query import COUNTED, LEVELS

NONE = "-"
"""The value of a document that has none: so that what is counted sums to the whole."""

FRENCH = "french"
"""The name an index gives its analyser, which must be registered each time it is opened."""

P1, P2 = "p1", "p2"
OPEN, CLOSED = "ouvert", "ferme"
REAL, FICTIONAL = "reel", "fictif"

_NAMES = tuple(field.name for field in fields(Document))
_VALUES = attrgetter(*_NAMES)
_WORD = re.compile(r"[^\W_]+")
_CACHED_TEXTS = 1 << 14
"""The words of the activities and of the names on the pages shown come back again and again."""

_CACHED_PLACES = 1 << 16
"""A commune and its postcode are those of many documents."""

_ANALYSED = ("name", "text", "place")
_EXACT = ("id", "siren", "siret", "whole_name", "naf", "perimeter", "state", "fiction")

Fields = dict[str, str | int | bytes | list[str] | Sequence[int]]
"""The fields of a document, as an index is given them."""


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


@cache
def schema() -> tantivy.Schema:
    """Return the fields of an index."""
    builder = tantivy.SchemaBuilder()
    for name in _ANALYSED:
        builder.add_text_field(name, tokenizer_name=FRENCH, index_option="basic")
    for name in (*_EXACT, *COUNTED):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED
        )
    builder.add_unsigned_field("cell", indexed=True)
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    # A text would be indexed too, which takes as long as all the rest, for nobody.
    builder.add_bytes_field("stored", stored=True, indexed=False)
    return builder.build()


def open_fields(index: tantivy.Index) -> None:
    """Register what an index needs to know before it reads or writes a text."""
    index.register_tokenizer(FRENCH, analyser())


def whole_name(text: str) -> str:
    """Return the key that two writings of one name share: accents, capitals and signs apart."""
    return _key(text.lower() if text.isascii() else fold(text))


def writings(text: str) -> list[str]:
    """Return a text with its accents and, when it has some, without: they change the stem of a word."""
    return [text] if text.isascii() else [text, fold(text)]


@lru_cache(_CACHED_PLACES)
def _place_writings(place: str) -> list[str]:
    return writings(place)


@lru_cache(_CACHED_TEXTS)
def stems_of(text: str) -> tuple[str, ...]:
    """Return the distinct stems of a text in all its writings, as an index holds them."""
    return tuple(dict.fromkeys(s for each in writings(text) for s in analyser().analyze(each)))


def names_of(document: Document) -> str:
    """Return the names that a document is found by."""
    return " ".join(filter(None, (document.name, document.acronym)))


def naf_terms(code: str, section: str | None) -> list[str]:
    """Return the positions that hold a NAF sub-class, from its section to itself."""
    return [*([section] if section else []), *(code[:length] for length in (2, 4, 5, 6))]


def fields_of(
    document: Document, ordinal: int, cells: Sequence[int], sections: Mapping[str, str]
) -> Fields:
    """Return the fields of a document; `sections` gives the section of a NAF division."""
    naf = document.naf
    names = writings(names_of(document))
    # Folding takes as long as all the rest here: a name alone is not folded twice.
    is_alone = document.name and not document.acronym
    written: Fields = {
        "id": document.id,
        "siren": document.siren,
        "name": names,
        "place": _place_writings(document.place),
        "whole_name": _key(names[-1].lower()) if is_alone else whole_name(document.name or ""),
        "perimeter": _perimeters(document),
        "ess_family": document.ess_family or NONE,
        "status": list(document.statuses) or NONE,
        "division": naf[:2] if naf else NONE,
        "staff_band": document.staff_band or NONE,
        "state": OPEN if document.is_active else CLOSED,
        "fiction": FICTIONAL if document.is_fictional else REAL,
        "ordinal": ordinal,
        "cell": cells,
        "stored": to_json(_VALUES(document)),
    }
    if document.siret:
        written["siret"] = document.siret
    if document.text:
        written["text"] = writings(document.text)
    if naf:
        written["naf"] = naf_terms(naf, sections.get(naf[:2]))
    for level, code in zip(LEVELS, document.territories, strict=True):
        written[level] = code or NONE
    return written


def read_document(stored: bytes) -> Document:
    """Return the document that an index stored."""
    values = dict(zip(_NAMES, from_json(stored), strict=True))
    for name in ("statuses", "territories"):
        values[name] = tuple(values[name])
    return Document(**values)


def _key(folded: str) -> str:
    return " ".join(_WORD.findall(folded))


def _perimeters(document: Document) -> list[str]:
    """Return the perimeters a document is in: unknown is in none."""
    found = [P1] if document.is_industrial_p1 else []
    return [*found, P2] if document.is_industrial_p2 else found
