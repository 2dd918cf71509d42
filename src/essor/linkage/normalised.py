"""Names, towns and addresses read so that spelling, abbreviations and word order weigh little."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from essor.linkage.abbreviations import PREFIXES_OF_PLACES, SMALL_WORDS, TITLES, WORDS

# What a name, a town or an address may be long; the rest of a longer text is not read.
LONGEST_TEXT = 400
# Words kept of a name and of an address: those beyond say where the office is, not who it is.
MOST_WORDS = 12

_LIGATURES = {"œ": "oe", "æ": "ae", "º": " ", "°": " "}
# The small letters of French and its neighbours, without their accent: faster than to decompose.
_PLAIN = str.maketrans(
    {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in range(0xDF, 0x180)}
    | _LIGATURES
)
_TAG = re.compile(r"<[^<>]{0,200}>")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
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
    text = text.lower()
    if not text.isascii():
        text = text.translate(_PLAIN)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in text if not unicodedata.combining(each))
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text)
    return _NOT_A_WORD.sub(" ", text).strip()


def read_name(text: str) -> Name:
    """Return the name written in `text`; one without a letter or a digit has no stem."""
    folded = fold(_ASIDE_NUMBER.sub(" ", text[:LONGEST_TEXT]) if "(" in text else text)
    words = [WORDS.get(word, word) for word in folded.split() if word not in SMALL_WORDS]
    initials = "".join(word[0] for word in words[:MOST_WORDS])
    stems, kind = _marked(words)
    if len(stems) > 1:
        stems = _without_initials(stems, initials)
    kept = tuple(dict.fromkeys(stems))[:MOST_WORDS]
    titled = _titled_initials(kept)
    acronyms = {_stem(each) for each in (initials, titled) if _is_acronym(each)}
    return Name(folded, kept, kind, tuple(sorted(acronyms)))


@lru_cache(maxsize=1 << 17)
def read_city(text: str) -> tuple[str, ...]:
    """Return the stems of a town, without cedex, arrondissement, articles or abbreviated saint."""
    plain = _NOT_A_TOWN.sub(" ", fold(text))
    words = (WORDS.get(word, word) for word in plain.split() if word not in SMALL_WORDS)
    return tuple(dict.fromkeys(_stem(word) for word in words))[:4]


def read_address(text: str) -> tuple[str, ...]:
    """Return the telling words of an address: its numbers (boxes included) and street names."""
    words = re.findall(r"[0-9]+|[a-z]+", fold(text))
    telling = (WORDS.get(word, word) for word in words if word not in SMALL_WORDS)
    kept = (_stem(word) for word in telling if word not in _STREETS)
    return tuple(dict.fromkeys(kept))[:MOST_WORDS]


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


def _marked(words: list[str]) -> tuple[list[str], int]:
    """Return the stems with each title replaced by its mark, and the kind that the titles tell."""
    titles = _titles()
    stems: list[str] = []
    kind, at = 0, 0
    while at < len(words):
        stem = _stem(words[at])
        known = titles.get(stem)
        if known is None:
            stems.append(stem)
            at += 1
            continue
        length, mark, told = _longest(words, at, known)
        if length:
            stems += [mark] if mark else []
            kind |= told
        else:
            stems.append(stem)
        at += max(length, 1)
    return stems or [_stem(word) for word in words], kind


_Known = tuple[tuple[tuple[str, ...], str, int], ...]


def _longest(words: list[str], at: int, known: _Known) -> tuple[int, str, int]:
    for title, mark, kind in known:
        if tuple(_stem(word) for word in words[at : at + len(title)]) == title:
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


@lru_cache(maxsize=1 << 20)
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
