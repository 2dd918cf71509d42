"""Why a document has its score: the same points as the index counted, told one by one."""

import html
import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from essor.identifiers import SIREN_LENGTH
from essor.search.document import Document
from essor.search.page import Reason
from essor.search.schema import names_of, stems_of, whole_name
from essor.search.wording import (
    ACTIVITY_POINTS,
    FUZZY_SHARE,
    NEAR_NUMBER_POINTS,
    NUMBER_POINTS,
    PLACE_SHARE,
    STATUS_SHARE,
    WHOLE_NAME_POINTS,
    WORDS_POINTS,
    Word,
    Wording,
    quarters,
)

_WORD = re.compile(r"[^\W_]+")


def reasons(wording: Wording, document: Document) -> tuple[Reason, ...]:
    """Return the reasons of a document's score, each with a point at least, in the order of a reading."""
    return tuple(_reasons(wording, document))


def marked(text: str, wording: Wording) -> str:
    """Return `text` escaped for HTML, the words that the wording speaks of inside `<mark>`."""
    if not wording.words:
        return html.escape(text)
    stems = {stem for word in wording.words for stem in word.stems}
    fuzzy = tuple(stem for word in wording.words if word.is_fuzzy for stem in word.stems)
    parts, end = [], 0
    for found in _WORD.finditer(text):
        parts.append(html.escape(text[end : found.start()]))
        end = found.end()
        written = html.escape(found.group())
        is_spoken = any(stem in stems or _is_near(stem, fuzzy) for stem in stems_of(found.group()))
        parts.append(f"<mark>{written}</mark>" if is_spoken else written)
    return "".join((*parts, html.escape(text[end:])))


def _reasons(wording: Wording, document: Document) -> Iterator[Reason]:
    if wording.number:
        yield _number(wording, document)
    if wording.naf:
        because = f"Son activité principale, {document.naf}, est dans « {wording.naf} »."
        yield Reason("code d’activité", NUMBER_POINTS, NUMBER_POINTS, because)
    names = frozenset(stems_of(names_of(document)))
    places = frozenset(stems_of(document.place))
    for word in wording.words:
        points = WORDS_POINTS * word.share
        share, because = _way(word, document, names, places)
        if share:
            yield Reason("mot", quarters(points * share), quarters(points), because)
    if wording.whole_name and whole_name(document.name or "") == wording.whole_name:
        because = "Son nom est le texte cherché, ni plus ni moins."
        yield Reason("nom entier", WHOLE_NAME_POINTS, WHOLE_NAME_POINTS, because)
    for found in wording.activities:
        if found.code == document.naf:
            because = f"Son activité principale est {found.code} ; {found.because}."
            points = quarters(ACTIVITY_POINTS * found.share)
            yield Reason("activité", points, ACTIVITY_POINTS, because)


def _number(wording: Wording, document: Document) -> Reason:
    number = wording.number or ""
    if wording.is_near:
        because = f"Son SIREN {document.siren} ne diffère que d’un chiffre de celui cherché."
        return Reason("numéro", NEAR_NUMBER_POINTS, NUMBER_POINTS, because)
    if number in (document.siren, document.siret):
        kind = "SIREN" if len(number) == SIREN_LENGTH else "SIRET"
        because = f"Porte le {kind} {number}."
        return Reason("numéro", NUMBER_POINTS, NUMBER_POINTS, because)
    because = f"Porte le SIREN {document.siren}, mais un autre SIRET que celui cherché."
    return Reason("numéro", NEAR_NUMBER_POINTS, NUMBER_POINTS, because)


def _way(
    word: Word, document: Document, names: frozenset[str], places: frozenset[str]
) -> tuple[float, str]:
    """Return the best way in which a document has a word: its share of the points, and a sentence."""
    if not names.isdisjoint(word.stems):
        return 1.0, f"Son nom contient « {word.text} »."
    if word.status and word.status in document.statuses:
        return STATUS_SHARE, f"A le statut {word.status.upper()}."
    if not places.isdisjoint(word.stems):
        return PLACE_SHARE, f"Son lieu contient « {word.text} »."
    if word.is_fuzzy and any(_is_near(name, word.stems) for name in names):
        return FUZZY_SHARE, f"Son nom contient un mot à une lettre près de « {word.text} »."
    return 0.0, ""


def _is_near(stem: str, others: tuple[str, ...]) -> bool:
    return any(OSA.distance(stem, other, score_cutoff=1) <= 1 for other in others)
