"""Entries and queries as columns of numbers, one row each, so that thousands are compared at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from essor.linkage.abbreviations import KIND_OF_PREFIX, MARK_OF_PREFIX
from essor.linkage.entries import Entry, Query
from essor.linkage.normalised import (
    MOST_WORDS,
    Name,
    departement_number,
    departement_of_siren,
    postcode_number,
    read_address,
    read_city,
    read_name,
)
from essor.linkage.vocabulary import ABSENT, Numbers, Vocabulary, table

MOST_CITY_WORDS = 4
MOST_NEAR_WORDS = 6
MOST_INITIALS = 2
COMMUNE_MARK = "#commune"
# A key packs sixty bits under its family: `essor.linkage.blocking`.
_WHOLE_BITS = 59


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a register: of its names and towns, of its addresses, and its initials."""

    words: Vocabulary
    streets: Vocabulary
    initials: Vocabulary
    departements: dict[str, int]
    """The département of each town, -1 for a name that several départements have."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row per entry or query; an unknown number is -1, and so is what fills a row.

    `near` holds the words one letter away from those that no entry has; `spells` the initials of
    entries that a query writes as a word, `spelt_by` the word that writes its initials.
    """

    words: Numbers
    near: Numbers
    cities: Numbers
    streets: Numbers
    postcodes: Numbers
    departements: Numbers
    initials: Numbers
    spells: Numbers
    spelt_by: Numbers
    whole: NDArray[np.int64]
    kinds: Numbers
    folded: tuple[str, ...]
    towns: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.folded)


def lexicon() -> Lexicon:
    """Return a lexicon without a word."""
    return Lexicon(Vocabulary(), Vocabulary(), Vocabulary(), {})


def sheet_of_entries(entries: Sequence[Entry], known: Lexicon) -> Sheet:
    """Return the columns of the entries, their words learnt into `known`."""
    names = [_titled(read_name(each.name), each.siren[:2], each.city) for each in entries]
    cities = [read_city(each.city) for each in entries]
    words = table([known.words.learn(name.stems) for name in names], MOST_WORDS)
    learnt = table([known.words.learn(city) for city in cities], MOST_CITY_WORDS)
    streets = [known.streets.learn(read_address(each.address)) for each in entries]
    initials = [known.initials.learn(name.initials) for name in names]
    sheet = _sheet(names, cities, words, [each.postcode for each in entries])
    kinds = (KIND_OF_PREFIX.get(each.siren[:2], 0) for each in entries)
    told = _column(kinds)
    placed = _column(departement_of_siren(each.siren) for each in entries)
    departements = np.where(sheet.departements < 0, placed, sheet.departements)
    _learn_towns(known.departements, sheet.towns, departements)
    return replace(
        sheet,
        departements=departements,
        cities=learnt,
        streets=table(streets, MOST_WORDS),
        initials=table(initials, MOST_INITIALS),
        kinds=np.where(told > 0, told, sheet.kinds),
    )


def sheet_of_queries(queries: Sequence[Query], known: Lexicon) -> Sheet:
    """Return the columns of the queries; a word of no entry is numbered after the last one."""
    names = [_titled(read_name(each.name), "", each.city) for each in queries]
    cities = [read_city(each.city) for each in queries]
    numbers = [known.words.numbers(name.stems) for name in names]
    streets = [known.streets.numbers(read_address(each.address)) for each in queries]
    words = table([_or_last(row, len(known.words)) for row in numbers], MOST_WORDS)
    sheet = _sheet(names, cities, words, [each.postcode for each in queries])
    near = [_near(known.words, name.stems, row) for name, row in zip(names, numbers, strict=True)]
    homes = _column(known.departements.get(town, ABSENT) for town in sheet.towns)
    return replace(
        sheet,
        departements=np.where(sheet.departements < 0, homes, sheet.departements),
        near=table(near, MOST_NEAR_WORDS),
        cities=table(
            [_or_last(known.words.numbers(city), len(known.words)) for city in cities],
            MOST_CITY_WORDS,
        ),
        streets=table([_or_last(row, len(known.streets)) for row in streets], MOST_WORDS),
        spells=table([known.initials.numbers(name.stems) for name in names], MOST_WORDS),
        spelt_by=table([known.words.numbers(name.initials) for name in names], MOST_INITIALS),
    )


def _sheet(
    names: Sequence[Name],
    cities: Sequence[tuple[str, ...]],
    words: Numbers,
    postcodes: Sequence[str],
) -> Sheet:
    """Return the columns that do not depend on the words known."""
    none = np.full((len(names), 0), ABSENT, np.int32)
    read = [postcode_number(each) for each in postcodes]
    return Sheet(
        words=words,
        near=none,
        cities=none,
        streets=none,
        postcodes=_column(read),
        departements=_column(departement_number(each) for each in read),
        initials=none,
        spells=none,
        spelt_by=none,
        whole=_wholes(names),
        kinds=_column(name.kind for name in names),
        folded=tuple(name.folded for name in names),
        towns=tuple(" ".join(city) for city in cities),
    )


def _titled(name: Name, prefix: str, city: str) -> Name:
    """Return the name with the title that it leaves out: one named like its town is the commune."""
    mark = MARK_OF_PREFIX.get(prefix, "")
    if not mark and not prefix and name.stems and set(name.stems) == set(read_city(city)):
        mark = COMMUNE_MARK
    if not mark or any(stem.startswith("#") for stem in name.stems):
        return name
    return replace(name, stems=(mark, *name.stems)[:MOST_WORDS])


def _learn_towns(known: dict[str, int], towns: Sequence[str], departements: Numbers) -> None:
    for town, departement in zip(towns, departements.tolist(), strict=True):
        if departement >= 0 and town and known.setdefault(town, departement) != departement:
            known[town] = ABSENT


def _or_last(row: Sequence[int], last: int) -> list[int]:
    return [last if number < 0 else number for number in row]


def _near(known: Vocabulary, stems: Sequence[str], row: Sequence[int]) -> list[int]:
    unknown = (stem for stem, number in zip(stems, row, strict=True) if number < 0)
    return [number for stem in unknown for number in known.near(stem)]


def _wholes(names: Sequence[Name]) -> NDArray[np.int64]:
    """Return a number for each folded name, the same for the same name; -1 for an empty one."""
    mask = (1 << _WHOLE_BITS) - 1
    numbers = (hash(name.folded) & mask if name.folded else ABSENT for name in names)
    return np.fromiter(numbers, np.int64, len(names))


def _column(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int32)
