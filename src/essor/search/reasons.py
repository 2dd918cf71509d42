"""Why a document has its score: the same points as the index counted, told one by one."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from essor.identifiers import SIREN_LENGTH
from essor.search.document import Document, Kind
from essor.search.page import Merit
from essor.search.schema import names_of, stems_of, whole_name
from essor.search.wording import (
    ACTIVITY_POINTS,
    FUZZY_SHARE,
    NEAR_NUMBER_POINTS,
    NUMBER_POINTS,
    PLACE_SHARE,
    STATUS_SHARE,
    TEXT_SHARE,
    WHOLE_NAME_POINTS,
    WORDS_POINTS,
    Word,
    Wording,
    quarters,
)

_WORD = re.compile(r"([^\W_]+)")
_BEFORE, _SHOWN = 60, 240
"""How much of a text is shown before the first word found, and in all."""

_WORDINGS, _JUDGED = 16, 1024
"""Wordings, and words of texts for each, of which it is remembered whether they are marked."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The stems that a document holds in each of its texts."""

    name: frozenset[str]
    place: frozenset[str]
    text: frozenset[str]


def reasons(
    wording: Wording, document: Document, kind: Kind = Kind.ORGANISATION
) -> tuple[Merit, ...]:
    """Return the reasons of a document's score, each with a point at least, in the order of a reading."""
    return tuple(_reasons(wording, document, kind))


def marked(text: str, wording: Wording) -> str:
    """Return `text` escaped for HTML, the words that the wording speaks of inside `<mark>`."""
    if not (wording.words and text):
        return html.escape(text)
    is_spoken = _spoken(wording.words)
    # What is between words, then a word, in turn; a word has nothing to escape.
    parts = _WORD.split(text)
    parts[::2] = map(html.escape, parts[::2])
    parts[1::2] = [f"<mark>{word}</mark>" if is_spoken(word) else word for word in parts[1::2]]
    return "".join(parts)


def excerpt(text: str, wording: Wording) -> str:
    """Return the part of `text` around the first word found in it, marked; its beginning without one."""
    if not text:
        return ""
    is_spoken = _spoken(wording.words)
    spoken = (found for found in _WORD.finditer(text) if is_spoken(found.group()))
    first = next((found.start() for found in spoken), 0)
    start = max(0, first - _BEFORE) if len(text) > _SHOWN else 0
    shown = text[start : start + _SHOWN]
    is_cut = start + _SHOWN < len(text)
    if start and " " in shown[: first - start]:
        shown = shown.partition(" ")[2]
    if is_cut and " " in shown[_BEFORE:]:
        shown = shown.rpartition(" ")[0]
    return f"{'… ' if start else ''}{marked(shown, wording)}{' …' if is_cut else ''}"


def _reasons(wording: Wording, document: Document, kind: Kind) -> Iterator[Merit]:
    if wording.number:
        yield _number(wording, document)
    if wording.naf:
        because = f"{kind.trade}, {document.naf}, est dans « {wording.naf} »."
        yield Merit("code d’activité", NUMBER_POINTS, NUMBER_POINTS, because)
    held = _Held(
        frozenset(stems_of(names_of(document))),
        frozenset(stems_of(document.place)),
        frozenset(stems_of(document.text)),
    )
    for word in wording.words:
        points = WORDS_POINTS * word.share
        share, because = _way(word, document, held, kind)
        if share:
            yield Merit("mot", quarters(points * share), quarters(points), because)
    if wording.whole_name and whole_name(document.name or "") == wording.whole_name:
        because = f"{kind.named} est le texte cherché, ni plus ni moins."
        yield Merit("nom entier", WHOLE_NAME_POINTS, WHOLE_NAME_POINTS, because)
    for found in wording.activities:
        if found.code == document.naf:
            because = f"{kind.trade} est {found.code} ; {found.because}."
            points = quarters(ACTIVITY_POINTS * found.share)
            yield Merit("activité", points, ACTIVITY_POINTS, because)


def _number(wording: Wording, document: Document) -> Merit:
    number = wording.number or ""
    if wording.is_near:
        because = f"Son SIREN {document.siren} ne diffère que d’un chiffre de celui cherché."
        return Merit("numéro", NEAR_NUMBER_POINTS, NUMBER_POINTS, because)
    if number in (document.siren, document.siret):
        kind = "SIREN" if len(number) == SIREN_LENGTH else "SIRET"
        because = f"Porte le {kind} {number}."
        return Merit("numéro", NUMBER_POINTS, NUMBER_POINTS, because)
    because = f"Porte le SIREN {document.siren}, mais un autre SIRET que celui cherché."
    return Merit("numéro", NEAR_NUMBER_POINTS, NUMBER_POINTS, because)


def _way(word: Word, document: Document, held: _Held, kind: Kind) -> tuple[float, str]:
    """Return the best way in which a document has a word: its share of the points, and a sentence."""
    if not held.name.isdisjoint(word.stems):
        return 1.0, f"{kind.named} contient « {word.text} »."
    if word.status and word.status in document.statuses:
        return STATUS_SHARE, f"A le statut {word.status.upper()}."
    if not held.place.isdisjoint(word.stems):
        return PLACE_SHARE, f"Son lieu contient « {word.text} »."
    if not held.text.isdisjoint(word.stems):
        return TEXT_SHARE, f"Son texte contient « {word.text} »."
    if word.is_fuzzy and any(_is_near(name, word.stems) for name in held.name):
        return FUZZY_SHARE, f"{kind.named} contient un mot à une lettre près de « {word.text} »."
    return 0.0, ""


@lru_cache(_WORDINGS)
def _spoken(asked: tuple[Word, ...]) -> Callable[[str], bool]:
    """Return what tells whether a word of a text is one of those asked, or nearly; it judges each once."""

    @lru_cache(_JUDGED)
    def is_spoken(word: str) -> bool:
        return any(
            stem in each.stems or (each.is_fuzzy and _is_near(stem, each.stems))
            for stem in stems_of(word)
            for each in asked
        )

    return is_spoken


def _is_near(stem: str, others: tuple[str, ...]) -> bool:
    return any(OSA.distance(stem, other, score_cutoff=1) <= 1 for other in others)
