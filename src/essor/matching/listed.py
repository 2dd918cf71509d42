"""The lists of statuses: which sources list each kind, without which not being listed proves nothing."""

from collections.abc import Set as AbstractSet

_LISTS = {
    "ea": ("entreprises_adaptees", "marche_inclusion"),
    "eatt": ("entreprises_adaptees", "marche_inclusion"),
    "esat": ("esat",),
    "geiq": ("geiq",),
    "esus": ("esus",),
    "scop": ("scop",),
    **dict.fromkeys(("ei", "etti", "aci", "ai", "eiti"), ("siae", "siae_asp", "marche_inclusion")),
}
KINDS = tuple(_LISTS)
"""The kinds of status that a need may require."""


def kinds_without_list(sources: AbstractSet[str]) -> tuple[str, ...]:
    """Return the kinds of status that none of these sources lists."""
    return tuple(kind for kind, listing in _LISTS.items() if sources.isdisjoint(listing))
