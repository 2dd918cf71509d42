"""Names, towns and addresses read so that spelling, abbreviations and word order weigh little."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

import Stemmer

from essor.linkage.abbreviations import PREFIXES_OF_PLACES, SMALL_WORDS, TITLES, WORDS

# What a name, a town or an address may be long; the rest of a longer text is not read.
LONGEST_TEXT = 400
# Words kept of a name and of an address: those beyond say where the office is, not who it is.
MOST_WORDS = 12

_LIGATURES = {"œ": "oe", "æ": "ae"}
# Words and letters remembered: the same come again and again in a register.
_MOST_REMEMBERED = 200_000
_TAG = re.compile(r"<[^<>]{0,200}>")
_PART_OF_ADDRESS = re.compile(r"[0-9]+|[a-z]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.")
_ASIDE_NUMBER = re.compile(r"\(\s*[0-9][0-9ab][0-9]?\s*\)")
_NOT_A_TOWN = re.compile(
    r"\bcede?x\s*[0-9]*|[0-9]+(?:er|e|eme|ieme|nd)?\b|[0-9]+|\barrondissement\b|\bf\b"
)
_POSTCODE = re.compile(r"[0-9]{4,5}", re.ASCII)
_FIRST_OVERSEAS = 97000
_OVERSEAS = "970"
_LONGEST_UNSTEMMED = 3
_FEWEST_INITIALS, _MOST_INITIALS = 3, 8
_KINDS_OF_STREETS = """
    rue avenue av ave boulevard bd bld boul blvd place pl chemin che ch route rte allee allees all impasse imp cours
    quai square sq bp cs tsa b p c bis ter cedex no numero batiment bat immeuble zone zi za zac parc hotel ville
    departement
"""
_STREETS = frozenset(_KINDS_OF_STREETS.split())


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as read: its folded text, its stems with marks for titles, its kind, its initials.

    « CA Melun Val de Seine » has two: « cmvs », and « camvs » with its title whole.
    """

    folded: str
    stems: tuple[str, ...]
    kind: int
    initials: tuple[str, ...]


def fold(text: str) -> str:
    """Return plain lower-case words: no accent, sign, tag or dotted acronym."""
    text = text[:LONGEST_TEXT]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    text = text.lower().translate(_LETTERS)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text).replace(".", " ")
    return " ".join(text.split())


def read_name(text: str) -> Name:
    """Return the name written in `text`; one without a letter or a digit has no stem."""
    folded = fold(_ASIDE_NUMBER.sub(" ", text[:LONGEST_TEXT]) if "(" in text else text)
    read = [told for each in folded.split() if (told := _WORDS[each])]
    initials = "".join([word[0] for word, _ in read[:MOST_WORDS]])
    stems, kind = _marked([stem for _, stem in read])
    if len(stems) > 1:
        stems = _without_initials(stems, initials)
    kept = tuple(dict.fromkeys(stems))[:MOST_WORDS]
    acronyms = {_stem(each) for each in (initials, _titled_initials(kept)) if _is_acronym(each)}
    return Name(folded, kept, kind, tuple(sorted(acronyms)))


@lru_cache(maxsize=1 << 17)
def read_city(text: str) -> tuple[str, ...]:
    """Return the stems of a town, without cedex, arrondissement, articles or abbreviated saint."""
    plain = _NOT_A_TOWN.sub(" ", fold(text))
    words = (WORDS.get(word, word) for word in plain.split() if word not in SMALL_WORDS)
    return tuple(dict.fromkeys(_stem(word) for word in words))[:4]


def read_address(text: str) -> tuple[str, ...]:
    """Return the telling words of an address: its numbers (boxes included) and street names."""
    told = [stem for each in fold(text).split() for stem in _PARTS_OF_ADDRESSES[each]]
    return tuple(dict.fromkeys(told))[:MOST_WORDS]


def postcode_number(text: str) -> int:
    """Return the postcode as a number, -1 when the text is none; a lost first zero is put back."""
    plain = text.replace(" ", "")
    return int(plain) if _POSTCODE.fullmatch(plain) else -1


def departement_number(postcode: int) -> int:
    """Return the first digits of a postcode, two, or three overseas; -1 when it is unknown."""
    if postcode < 0:
        return -1
    return postcode // 100 if postcode >= _FIRST_OVERSEAS else postcode // 1000


def departement_of_siren(siren: str) -> int:
    """Return the département that the number of a local public body writes, -1 for another SIREN.

    Source: https://www.insee.fr/fr/metadonnees/definition/c2047
    """
    digits = siren[2:5]
    if siren[:2] not in PREFIXES_OF_PLACES or len(digits) < len("974") or not digits.isdigit():
        return -1
    return int(digits) if digits >= _OVERSEAS else int(digits[:2])


class _Letters(dict[int, str]):
    """What each character is read as: plain small letters, digits, dots, a space for the others."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKD", _LIGATURES.get(letter, letter))
        kept = (each if each in _KEPT else " " for each in plain if not unicodedata.combining(each))
        return _remembered(self, code, "".join(kept))


class _Words(dict[str, tuple[str, str] | tuple[()]]):
    """Each word, its abbreviation written whole, and its stem; nothing for a word that tells nothing."""

    def __missing__(self, word: str) -> tuple[str, str] | tuple[()]:
        whole = WORDS.get(word, word)
        return _remembered(self, word, () if word in SMALL_WORDS else (whole, _stem(whole)))


class _PartsOfAddresses(dict[str, tuple[str, ...]]):
    """The telling words of one word of an address: « 12bis » has one, its number."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        parts = (each for each in _PART_OF_ADDRESS.findall(word) if each not in SMALL_WORDS)
        whole = (WORDS.get(each, each) for each in parts)
        return _remembered(self, word, tuple(_stem(each) for each in whole if each not in _STREETS))


def _remembered(memory: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Return the value, remembered; the memory is emptied when it is full."""
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


_LETTERS, _WORDS, _PARTS_OF_ADDRESSES = _Letters(), _Words(), _PartsOfAddresses()


def _marked(words: list[str]) -> tuple[list[str], int]:
    """Return the stems with each title replaced by its mark, and the kind that the titles tell."""
    titles = _titles()
    if titles.keys().isdisjoint(words):
        return words, 0
    stems: list[str] = []
    kind, at = 0, 0
    while at < len(words):
        length, mark, told = _longest(words, at, titles.get(words[at], ()))
        if length:
            stems += [mark] if mark else []
            kind |= told
        else:
            stems.append(words[at])
        at += max(length, 1)
    return stems or words, kind


_Known = tuple[tuple[tuple[str, ...], str, int], ...]


def _longest(words: list[str], at: int, known: _Known) -> tuple[int, str, int]:
    for title, mark, kind in known:
        if tuple(words[at : at + len(title)]) == title:
            return len(title), mark, kind
    return 0, "", 0


@cache
def _titles() -> dict[str, _Known]:
    """Return the titles by their first stem, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for title, mark, kind in TITLES:
        stems = tuple(_stem(WORDS.get(word, word)) for word in title)
        found.setdefault(stems[0], []).append((stems, f"#{mark}" if mark else "", kind.value))
    return {
        first: tuple(sorted(known, key=lambda each: (-len(each[0]), each)))
        for first, known in found.items()
    }


def _without_initials(stems: list[str], initials: str) -> list[str]:
    """Return the stems without an acronym that repeats them: « Syndicat des Eaux du Puy (SEP) »."""
    return [stem for stem in stems if not (_is_acronym(stem) and stem in initials)] or stems


def _titled_initials(stems: tuple[str, ...]) -> str:
    """Return the title of the name, whole, and the initials of its other words."""
    if not stems or not stems[0].startswith("#"):
        return ""
    return stems[0][1:] + "".join(stem.lstrip("#")[0] for stem in stems[1:])


def _is_acronym(text: str) -> bool:
    return _FEWEST_INITIALS <= len(text) <= _MOST_INITIALS


def _stem(word: str) -> str:
    if word.isdigit():
        return word.lstrip("0") or "0"
    if len(word) <= _LONGEST_UNSTEMMED:
        return word
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french", 1 << 16)
