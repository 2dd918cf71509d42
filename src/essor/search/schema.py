"""The fields of an index and how French is cut in them: the same for every kind of document."""

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter

import tantivy

from essor.language.analysis import fold
from essor.search.cells import cells_of
from essor.search.document import PLACED_LEVELS, Document
from essor.territory.level import Level

NONE = "-"
"""The value of a document that has none: so that what is counted sums to the whole."""

FACETS = ("ess_family", "status", "division", "departement", "staff_band")
"""The fields whose values are counted; `status` is the only one of several values a document."""

FRENCH = "french"
"""The name an index gives its analyser, which must be registered each time it is opened."""

P1, P2 = "p1", "p2"
OPEN, CLOSED = "ouvert", "ferme"
REAL, FICTIONAL = "reel", "fictif"

_NAMES = tuple(field.name for field in fields(Document))
_VALUES = attrgetter(*_NAMES)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CACHED_TEXTS = 1 << 14
"""The words of the activities and of the names on the pages shown come back again and again."""

_ANALYSED = ("name", "place")
_EXACT = ("id", "siren", "siret", "whole_name", "naf", "perimeter", "state", "fiction")


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
    levels = (level.value for level in PLACED_LEVELS)
    for name in dict.fromkeys((*_EXACT, *levels, *FACETS)):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=name in FACETS
        )
    builder.add_unsigned_field("cell", indexed=True)
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    builder.add_text_field("stored", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def open_fields(index: tantivy.Index) -> None:
    """Register what an index needs to know before it reads or writes a text."""
    index.register_tokenizer(FRENCH, analyser())


def whole_name(text: str) -> str:
    """Return the key that two writings of one name share."""
    return " ".join(analyser().analyze(text if text.isascii() else fold(text)))


def writings(text: str) -> list[str]:
    """Return a text with its accents and, when it has some, without: they change the stem of a word."""
    return [text] if text.isascii() else [text, fold(text)]


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
    document: Document, ordinal: int, sections: Mapping[str, str]
) -> dict[str, str | int | list[str] | list[int]]:
    """Return the fields of a document; `sections` gives the section of a NAF division."""
    written: dict[str, str | int | list[str] | list[int]] = {
        "id": document.id,
        "siren": document.siren,
        "name": writings(names_of(document)),
        "place": writings(document.place),
        "whole_name": whole_name(document.name or ""),
        "ess_family": document.ess_family or NONE,
        "status": list(document.statuses) or NONE,
        "division": document.naf[:2] if document.naf else NONE,
        "staff_band": document.staff_band or NONE,
        "state": OPEN if document.is_active else CLOSED,
        "fiction": FICTIONAL if document.is_fictional else REAL,
        "ordinal": ordinal,
        "stored": _stored(document),
    }
    if document.siret:
        written["siret"] = document.siret
    if document.naf:
        written["naf"] = naf_terms(document.naf, sections.get(document.naf[:2]))
    flags = ((P1, document.is_industrial_p1), (P2, document.is_industrial_p2))
    written["perimeter"] = [name for name, is_in in flags if is_in]
    if document.lon is not None and document.lat is not None:
        written["cell"] = list(cells_of(document.lon, document.lat))
    for level, code in zip(PLACED_LEVELS, document.territories, strict=True):
        if code or level is Level.DEPARTEMENT:
            written[level.value] = code or NONE
    return written


def read_document(stored: str) -> Document:
    """Return the document that an index stored."""
    values = dict(zip(_NAMES, json.loads(stored), strict=True))
    for name in ("statuses", "territories"):
        values[name] = tuple(values[name])
    return Document(**values)


def _stored(document: Document) -> str:
    return _ENCODER.encode(_VALUES(document))
