"""French text cut into stems that can be compared, each with the word it comes from."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import Stemmer

# Letters may be joined by dots or dashes only around a digit, as in « 22.19Z » or « A4-B ».
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+\d[^\W_]*|(?:[^\W\d_]\.){2,}|[^\W\d_]+", re.UNICODE
)
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=\w)", re.IGNORECASE)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ß": "ss", "\u00ad": None})
# Capitals are an acronym in a text that also has small letters, up to this length.
_LONGEST_ACRONYM = 6
# The cache of stems holds the vocabulary of the nomenclatures many times over.
_CACHED_WORDS = 1 << 16
# « or » and « son » are left in: they are also gold, bran and sound.
_FUNCTION_WORDS = """
    a à afin ai ainsi alors après as au aucun aucune auquel aussi autre autres aux auxquelles auxquels avant
    avec avoir car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette
    ceux chaque chez comme comment cf contre d dans de depuis des dès donc dont du duquel elle elles en encore
    entre es est et étaient était étant etc été être eu eux fait font hors il ils j je l la là laquelle le les
    lesquelles lesquels leur leurs lors lui ma mais me même mêmes mes moi moins mon n ne ni non nos notamment
    notre nous on ont ou où par parmi pas peu peut peuvent plus plusieurs pour pourtant qu quand que quel quelle
    quelles quels qui quoi sa sans se selon sera seront ses si soi soit sont sous suivant suivante suivantes
    suivants sur ta te tel telle telles tels tes ton tous tout toute toutes très tu un une vers via vos votre
    vous y
"""

STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing of a product or of a trade."""


def stems(text: str) -> list[str]:
    """Return the stems of `text`, in order, stop-words left out; acronyms, codes and numbers are kept whole."""
    return [stem for stem, _ in _read(text)]


def words(text: str) -> list[str]:
    """Return the word behind each of `stems(text)`, as it is written."""
    return [word for _, word in _read(text)]


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures opened."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(each for each in decomposed if not unicodedata.combining(each)).lower()


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Yield each stem with its word."""
    # A letter and its accent may be written apart: the stemmer only knows them together.
    plain = _ELISION.sub(" ", unicodedata.normalize("NFC", text))
    has_small_letters = any(letter.islower() for letter in plain)
    for found in _TOKEN.finditer(plain):
        word = found.group()
        if word.lower() in STOP_WORDS:
            continue
        is_kept = not word.isalpha() or (has_small_letters and _is_acronym(word))
        stem = fold(word).rstrip(".") if is_kept else _stem(word.lower())
        if stem:
            yield stem, word


def _is_acronym(word: str) -> bool:
    return 1 < len(word) <= _LONGEST_ACRONYM and word.isupper()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french", _CACHED_WORDS)


def _stem(word: str) -> str:
    """Return the stem of a word in small letters: Snowball reads its accents, which then go."""
    stem: str = _stemmer().stemWord(word.translate(_LIGATURES))
    return fold(stem)
