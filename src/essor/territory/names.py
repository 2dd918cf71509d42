"""Names of places, folded so that spelling does not matter: « St Étienne » is « Saint-Étienne »."""

import re
import unicodedata

# Folding and baring for DuckDB, over a column; the tests hold them to `fold` and `bare`.
_FOLDING = (
    "trim(regexp_replace(regexp_replace(regexp_replace("
    "strip_accents(replace(replace(lower({column}), 'œ', 'oe'), 'æ', 'ae')), "
    r"'[^a-z0-9]+', ' ', 'g'), '\bste\b', 'sainte', 'g'), '\bst\b', 'saint', 'g'))"
)
_ASIDE = r"\s*\([^)]*\)\s*$"
_TITLES = (
    "cc|ca|cu|communaute de communes|communaute d agglomeration|communaute urbaine|metropole"
    "|departement|region|commune|ville|zone d emploi|territoire d industrie"
)
_OPENING = rf"^(?:(?:{_TITLES})\b *)?(?:(?:de la|de l|du|des|de|d|la|le|les|l)\b *)*"
FOLDED_NAME = _FOLDING.format(column="name")
_WITHOUT_ASIDE = _FOLDING.format(column=f"regexp_replace(name, '{_ASIDE}', '')")
BARE_NAME = f"regexp_replace({_WITHOUT_ASIDE}, '{_OPENING}', '')"

# Whether an unfolded name may fold to one that holds the clue of `clue`: four times cheaper to ask.
MAY_BE_NAMED = "contains(strip_accents(lower(name)), ?)"

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAINTS = ((re.compile(r"\bste\b"), "sainte"), (re.compile(r"\bst\b"), "saint"))
_SPELT_VARIOUSLY = {"saint", "sainte"}
_LIGATURE = re.compile("oe|ae")
_TITLE_PATTERN = re.compile(rf"(?:{_TITLES})\b")
_ASIDE_PATTERN = re.compile(_ASIDE)
_OPENING_PATTERN = re.compile(_OPENING)


def fold(name: str) -> str:
    """Return `name` in plain lower-case words: no accent, hyphen or abbreviated saint."""
    lowered = unicodedata.normalize("NFKD", name.lower().translate(_LIGATURES))
    plain = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    words = _NOT_A_WORD.sub(" ", plain)
    for pattern, full in _SAINTS:
        words = pattern.sub(full, words)
    return words.strip()


def bare(name: str) -> str:
    """Return the folded name without title, articles or aside: « CC Le Pays (CCP) » is « pays »."""
    folded = fold(_ASIDE_PATTERN.sub("", name))
    return _OPENING_PATTERN.sub("", folded, count=1) or folded


def title(name: str) -> str:
    """Return the folded title that opens `name`, empty when none does: « zone d emploi »."""
    found = _TITLE_PATTERN.match(fold(name))
    return found[0] if found else ""


def clue(folded: str) -> str:
    """Return the longest piece of a folded name that its unfolded spellings all hold.

    It is empty when there is none: saints may be abbreviated, « oe » and « ae » be ligatures.
    """
    words = (word for word in folded.split() if word not in _SPELT_VARIOUSLY)
    return max((piece for word in words for piece in _LIGATURE.split(word)), key=len, default="")
