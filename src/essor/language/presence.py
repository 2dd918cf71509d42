"""How a supplier is present: it makes the thing, renders the service, or sends its people."""

import re
from enum import StrEnum


class Presence(StrEnum):
    """A form of presence, as a buyer asks for it and a supplier offers it."""

    FABRICATION = "fabrication"
    SERVICE = "service"
    MISE_A_DISPOSITION = "mise_a_disposition"


# What follows « sur » or « dans » a buyer's own walls.
_SITE = r"(?:nos|notre|vos|votre|leurs?|le|les)\s+(?:sites?|locaux|usines?|ateliers?|lignes?|murs)"
_ENDING = r"(?:s|e|es|ée|ées)?"

_PATTERNS = {
    Presence.MISE_A_DISPOSITION: (
        r"mis(?:e|es)?\s+à\s+disposition(?:\s+d[eu’'\s]\s*(?:personnels?|salariés|travailleurs|main[- ]d.œuvre))?",
        r"int[ée]rim(?:aires?)?",
        r"travail(?:leurs?)?\s+temporaires?",
        r"hors[- ]les[- ]murs",
        r"détachements?\s+(?:de|d’|d')\s*(?:salariés|personnels?|équipes?|travailleurs)",
        r"(?:équipes?|salariés|opérat(?:eur|rice)s?|personnels?|agents?)\s+(?:détachée?s?\s+)?(?:sur|dans)\s+"
        + _SITE,
        r"renforts?\s+(?:de\s+)?(?:production|main[- ]d.œuvre|personnels?)",
        r"prêts?\s+de\s+main[- ]d.(?:œ|oe)uvre",
        r"main[- ]d.(?:œ|oe)uvre",
        r"\d+\s+ETP",
    ),
    Presence.FABRICATION: (
        r"fabri(?:cation|cations|quer|quent|quée?s?|cants?|que)",
        r"produ(?:ction|ire|isent|isons|its?\s+finis)",
        r"confection(?:s|ner|née?s?)?",
        r"usin(?:age|er|ée?s?)",
        r"assembl(?:age|er|ée?s?)",
        r"montage",
        r"moul(?:age|er|ée?s?)",
        r"transformation",
        r"fournitures?(?!\s+de\s+services)",
        r"achats?\s+(?:de|d’|d')\s*\w+",
        r"acqui(?:sition|sitions|érir)",
        r"sous[- ]trait(?:ance|ants?|er)",
        r"manufactur" + _ENDING,
        r"injection",
        r"impression",
    ),
    Presence.SERVICE: (
        r"prestations?",
        r"services?",
        r"répar(?:ation|ations|er|ée?s?)",
        r"entret(?:ien|enir)",
        r"nettoy(?:age|er)",
        r"maintenance",
        r"collect(?:e|es|er)",
        r"ramassage",
        r"enlèvement",
        r"recyclage",
        r"recycler",
        r"tri(?:er)?",
        r"traitement",
        r"démantèlement",
        r"démont(?:age|er)",
        r"dépose",
        r"reconditionn(?:ement|er)",
        r"conditionnement",
        r"livraison",
        r"transport",
        r"pose",
        r"installation",
        r"location",
        r"lavage",
        r"blanchisserie",
        r"destruction",
        r"travaux",
    ),
}
_SPEAKING = {
    presence: re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE)
    for presence, patterns in _PATTERNS.items()
}


def presence_of(text: str) -> tuple[Presence, ...]:
    """Return the forms of presence `text` speaks of, the one it speaks of first coming first."""
    return tuple(presence_words(text))


def presence_words(text: str) -> dict[Presence, tuple[str, ...]]:
    """Return for each form of presence the words of `text` that say it, in the order of their first."""
    spoken = {
        presence: [(found.start(), found.group()) for found in pattern.finditer(text)]
        for presence, pattern in _SPEAKING.items()
    }
    told = {presence: words for presence, words in spoken.items() if words}
    ordered = sorted(told.items(), key=lambda item: item[1][0][0])
    return {
        presence: tuple(dict.fromkeys(word.casefold() for _, word in words))
        for presence, words in ordered
    }
