"""What the text of a request says: a number, a NAF code, or words and activities, each worth points.

Every clause of a wording has fixed points, and a document's score is the sum of those it fulfils:
the order is its own explanation. Nothing depends on how often a structure is seen, nor on its size.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log1p

from stdnum import luhn

from essor.identifiers import SIREN_LENGTH
from essor.language.analysis import STOP_WORDS
from essor.search.activities import ActivityFound
from essor.search.query import status_named
from essor.search.schema import stems_of, whole_name

NUMBER_POINTS = 100.0
NEAR_NUMBER_POINTS = 60.0
WORDS_POINTS = 50.0
WHOLE_NAME_POINTS = 10.0
ACTIVITY_POINTS = 40.0

STATUS_SHARE = 1.0
PLACE_SHARE = 0.9
TEXT_SHARE = 0.8
FUZZY_SHARE = 0.6
"""What finding a word as a status, in the place, in the text, or misspelt in the name is worth beside
finding it in the name."""

LONGEST_WORD_LIST = 24
_LONGEST_TEXT = 2_000
_LEAST_FUZZY = 5
"""A shorter word has too many neighbours at one letter's distance."""

Frequency = Callable[[str, str], int]
"""How many documents of an index have, in a field, a term."""

_NUMBER = re.compile(
    r"(?:siren|siret)?\W*((?:[0-9][\s.-]*){9}(?:(?:[0-9][\s.-]*){5})?)\W*", re.IGNORECASE
)
_NAF = re.compile(
    r"(?:naf|ape)?\W*([0-9]{2})\s*\.?\s*([0-9])(?:([0-9])\s*([a-z])?)?\W*", re.IGNORECASE
)


def quarters(points: float) -> float:
    """Return points to the nearest quarter, one at least: an exact number, however they are added."""
    return max(1, round(points * 4)) / 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a request: as typed, its stems, and its part of the points of words."""

    text: str
    stems: tuple[str, ...]
    share: float
    status: str | None
    is_fuzzy: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is understood; at most one of `number`, `naf` and `words` says something.

    `is_near` tells that no document has the number, so that those of one other digit are meant.
    """

    number: str | None = None
    is_near: bool = False
    naf: str | None = None
    words: tuple[Word, ...] = ()
    whole_name: str = ""
    activities: tuple[ActivityFound, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether the text asks for nothing in particular."""
        return not (self.number or self.naf or self.words)


def wording_of(
    text: str,
    activities_about: Callable[[str], tuple[ActivityFound, ...]],
    frequency: Frequency,
    documents: int,
) -> Wording:
    """Return what `text` says to an index of so many `documents`."""
    plain = unicodedata.normalize("NFC", text[:_LONGEST_TEXT]).strip()
    if found := _NUMBER.fullmatch(plain):
        return _numbered(re.sub(r"\D", "", found.group(1)), frequency)
    if naf := _naf_code(plain):
        return Wording(naf=naf)
    typed = _typed_words(plain)
    if not typed:
        return Wording(notes=_unreadable_notes(text))
    kept = typed[:LONGEST_WORD_LIST]
    return Wording(
        words=_weighted(kept, frequency, documents),
        whole_name=whole_name(plain),
        activities=activities_about(plain),
        notes=_length_notes(text, typed),
    )


def _numbered(number: str, frequency: Frequency) -> Wording:
    siren = number[:SIREN_LENGTH]
    if frequency("siren", siren):
        return Wording(number=number)
    reason = "n’est pas dans cette version du registre"
    if not luhn.is_valid(siren):
        reason = "a une clé de contrôle fausse : un chiffre a sans doute été mal recopié"
    note = (
        f"Le SIREN « {siren} » {reason} ; ceux qui n’en diffèrent que d’un chiffre sont proposés."
    )
    return Wording(number=number, is_near=True, notes=(note,))


def _naf_code(text: str) -> str | None:
    """Return the NAF group, class or sub-class that a whole text is, with its dot.

    Two digits alone are a département as well as a division: they stay words.
    """
    found = _NAF.fullmatch(text)
    if found is None or not (found.group(4) or "." in text):
        return None
    division, group, class_, letter = found.groups()
    return f"{division}.{group}{class_ or ''}{(letter or '').upper()}"


def _typed_words(text: str) -> list[str]:
    """Return the distinct words of `text` in order; stop-words only when there is nothing else."""
    found = list(dict.fromkeys(re.findall(r"[^\W_]+", text)))
    telling = [word for word in found if word.lower() not in STOP_WORDS]
    return telling or found


def _weighted(typed: Sequence[str], frequency: Frequency, documents: int) -> tuple[Word, ...]:
    """Return the words with their shares, rare words weighing more; shares add up to 1."""
    read = [(stems_of(word), status_named(word)) for word in typed]
    weights = [
        log1p(documents / (1 + _commonest(stems, status, frequency))) + 0.01
        for stems, status in read
    ]
    whole = sum(weights)
    return tuple(
        Word(word, stems, weight / whole, status, len(word) >= _LEAST_FUZZY)
        for word, (stems, status), weight in zip(typed, read, weights, strict=True)
    )


def _commonest(stems: Sequence[str], status: str | None, frequency: Frequency) -> int:
    """Return how many documents have a word, in the way in which most have it."""
    ways = [frequency(field, stem) for stem in stems for field in ("name", "text", "place")]
    return max((*ways, frequency("status", status) if status else 0), default=0)


def _length_notes(text: str, typed: Sequence[str]) -> tuple[str, ...]:
    if len(text) <= _LONGEST_TEXT and len(typed) <= LONGEST_WORD_LIST:
        return ()
    return (
        f"Le texte est long : seuls ses {min(len(typed), LONGEST_WORD_LIST)} premiers mots utiles "
        "sont cherchés.",
    )


def _unreadable_notes(text: str) -> tuple[str, ...]:
    if not text.strip():
        return ()
    return ("Le texte n’a ni lettre ni chiffre : seuls les filtres ont été appliqués.",)
