"""What a phrase is about, told from the act it begins with and from what it leaves out."""

import re

# « la fabrication de … », « l'élevage de … »: the act with which a note of the NAF begins.
_ACT = re.compile(
    r"^(?:(?:la|le|les|l['’]|des|du|d['’]|autres?)\s*)*"
    r"(?:fabrication|production|construction|culture|élevage|extraction|transformation|préparation"
    r"|commerce de gros|commerce de détail|commerce|réparation|installation|location|récolte"
    r"|cueillette|conservation|élaboration|métallurgie|confection|reproduction|exploitation|assemblage)"
    r"(?:,? (?:et|ou) (?:l['’]|la |le )?\w+)*\s+(?:industrielle\s+)?(?:\(commerce interentreprises\)\s+)?"
    r"(?:de la|de l['’]|des|du|de|d['’])\s*(?:autres\s+)?",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\s*[(,]?\s*\b(?:à l['’]exclusion|à l['’]exception|sauf|autres que|hormis|non compris)\b.*?(?:\)|;|$)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\s+(?:pour|destinée?s?|utilisée?s?|du type|des types|dont|non dénommée?s?|n\.c\.a|en vue"
    r"|à usage|conçue?s?)\b.*|[;(,].*",
    re.IGNORECASE | re.DOTALL,
)
# A shorter rest is a slip of these expressions: the whole text is better.
_SHORTEST = 3


def thing(text: str) -> str:
    """Return what an activity is about, without the act: « la culture du riz » is about « riz »."""
    return _or_whole(_ACT.sub("", text), text)


def kept(text: str) -> str:
    """Return the text without what it leaves out: « tubes, sauf en acier » keeps « tubes »."""
    return _or_whole(_LEFT_OUT.sub(" ", text), text)


def head(text: str) -> str:
    """Return what a phrase names, before what it is for: « machines » of « machines pour le cuir »."""
    return _or_whole(_LIMIT.sub("", kept(text)), text)


def _or_whole(rest: str, text: str) -> str:
    stripped = rest.strip()
    return stripped if len(stripped) >= _SHORTEST else text
