"""Fair exposure: equals take turns, and the first ten are not all of one organisation or town.

Popularity is no criterion. The turn is drawn from the need, the release and the SIREN: the same
answer is always in the same order, and two needs alike do not always call the same three.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # matches are ordered here, and made where this is imported
    from essor.matching.match import Match

EQUAL_POINTS = 1.0
"""Scores no farther apart than that are equal."""

FIRST = 10
MOST_OF_ONE_ORGANISATION = 2
MOST_OF_ONE_COMMUNE = 3

_MOVED = (
    "Placé après des fournisseurs de même note, pour que les dix premiers ne soient pas "
    "tous de la même organisation ou de la même commune."
)


def ordered(tiers: "Sequence[Sequence[Match]]", draw: str) -> "tuple[Match, ...]":
    """Return the matches, tier after tier, best score first, equals by the draw and varied."""
    placed: list[Match] = []
    for tier in tiers:
        for equals in _groups(tier):
            turns = sorted(equals, key=lambda each: (_turn(draw, each), each.supplier.siret))
            placed.extend(_varied(turns, placed))
    return tuple(placed)


def _groups(tier: "Sequence[Match]") -> "Iterator[list[Match]]":
    """Yield the matches within one point of the best of their group, best group first."""
    group: list[Match] = []
    for each in sorted(tier, key=lambda found: (-found.score, found.supplier.siret)):
        if group and group[0].score - each.score > EQUAL_POINTS:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _turn(draw: str, match: "Match") -> str:
    return hashlib.sha256(f"{draw}/{match.supplier.siren}".encode()).hexdigest()


def _varied(turns: "list[Match]", placed: "Sequence[Match]") -> "list[Match]":
    """Return the equals in their turn, those too many of one kind after the others."""
    room = max(0, FIRST - len(placed))
    seen = Counter(key for each in placed for key in _keys(each))
    first: list[Match] = []
    moved: list[Match] = []
    for turn, each in enumerate(turns):
        if len(first) == room:
            return [*first, *moved, *turns[turn:]]
        if any(seen[key] >= most for key, most in _keys(each).items()):
            moved.append(replace(each, note=_MOVED))
            continue
        first.append(each)
        seen.update(_keys(each).keys())
    has_overtaken = first != turns[: len(first)]
    return [*first, *(moved if has_overtaken else turns[len(first) :])]


def _keys(match: "Match") -> dict[tuple[str, str], int]:
    """Return what the first ten must not repeat too much, and how often it may appear."""
    place = match.supplier.place
    keys = {("siren", match.supplier.siren): MOST_OF_ONE_ORGANISATION}
    if place is not None:
        keys["commune", place.code] = MOST_OF_ONE_COMMUNE
    return keys
