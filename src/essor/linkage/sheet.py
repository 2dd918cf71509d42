"""Entries and queries as columns of numbers, one row each, so that thousands are compared at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

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
from essor.linkage.texts import Texts, joined, packed
from essor.linkage.vocabulary import ABSENT, Numbers, Vocabulary, table

MOST_CITY_WORDS = 4
MOST_NEAR_WORDS = 6
MOST_INITIALS = 2
COMMUNE_MARK = "#commune"
# A key packs sixty bits under its family: `essor.linkage.blocking`.
_WHOLE_BITS = 59
NUMBERS = (
    "words", "near", "cities", "streets", "postcodes", "departements", "initials", "spells",
    "spelt_by", "whole", "kinds", "towns",
)  # fmt: skip
"""The columns of a sheet that are arrays of numbers, one row an entry."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a register: of its names and towns, of its addresses, its initials, its towns."""

    words: Vocabulary
    streets: Vocabulary
    initials: Vocabulary
    towns: dict[str, int]
    """The rank of each town."""
    departements: dict[str, int]
    """The département of each town, -1 for a name that several départements have."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row per entry or query; an unknown number is -1, and so is what fills a row.

    `near` holds the words one letter away from those that no entry has; `spells` the initials of
    entries that a query writes as a word, `spelt_by` the word that writes its initials; `towns` the
    rank of the town in `town_names`.
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
    towns: Numbers
    folded: Texts
    town_names: Texts

    def __len__(self) -> int:
        return len(self.folded)


def lexicon() -> Lexicon:
    """Return a lexicon without a word."""
    return Lexicon(Vocabulary(), Vocabulary(), Vocabulary(), {}, {})


def sheet_of_entries(entries: Sequence[Entry], known: Lexicon) -> Sheet:
    """Return the columns of the entries, their words learnt into `known`; `stacked` names their towns."""
    names = [_titled(read_name(each.name), each.siren[:2], each.city) for each in entries]
    cities = [read_city(each.city) for each in entries]
    words = table([known.words.learn(name.stems) for name in names], MOST_WORDS)
    sheet = _sheet(names, words, [each.postcode for each in entries])
    told = _column(KIND_OF_PREFIX.get(each.siren[:2], 0) for each in entries)
    placed = _column(departement_of_siren(each.siren) for each in entries)
    departements = np.where(sheet.departements < 0, placed, sheet.departements)
    towns = [" ".join(city) for city in cities]
    _learn_departements(known.departements, towns, departements)
    return replace(
        sheet,
        departements=departements,
        cities=table([known.words.learn(city) for city in cities], MOST_CITY_WORDS),
        streets=table(
            [known.streets.learn(read_address(each.address)) for each in entries], MOST_WORDS
        ),
        initials=table([known.initials.learn(name.initials) for name in names], MOST_INITIALS),
        kinds=np.where(told > 0, told, sheet.kinds),
        towns=_column(known.towns.setdefault(town, len(known.towns)) for town in towns),
    )


def sheet_of_queries(queries: Sequence[Query], known: Lexicon) -> Sheet:
    """Return the columns of the queries; a word of no entry is numbered after the last one."""
    names = [_titled(read_name(each.name), "", each.city) for each in queries]
    cities = [read_city(each.city) for each in queries]
    numbers = [known.words.numbers(name.stems) for name in names]
    streets = [known.streets.numbers(read_address(each.address)) for each in queries]
    words = table([_or_last(row, len(known.words)) for row in numbers], MOST_WORDS)
    sheet = _sheet(names, words, [each.postcode for each in queries])
    towns = [" ".join(city) for city in cities]
    homes = _column(known.departements.get(town, ABSENT) for town in towns)
    return replace(
        sheet,
        departements=np.where(sheet.departements < 0, homes, sheet.departements),
        near=table(_near(known.words, names, numbers), MOST_NEAR_WORDS),
        cities=table(
            [_or_last(known.words.numbers(city), len(known.words)) for city in cities],
            MOST_CITY_WORDS,
        ),
        streets=table([_or_last(row, len(known.streets)) for row in streets], MOST_WORDS),
        spells=table([known.initials.numbers(name.stems) for name in names], MOST_WORDS),
        spelt_by=table([known.words.numbers(name.initials) for name in names], MOST_INITIALS),
        towns=np.arange(len(towns), dtype=np.int32),
        town_names=packed(towns),
    )


def stacked(parts: Sequence[Sheet], known: Lexicon) -> Sheet:
    """Return the entries of every part, one part after another, with the names of their towns."""
    columns = {
        each: np.concatenate([getattr(part, each) for part in parts]) for each in NUMBERS if parts
    }
    empty = sheet_of_entries((), lexicon())
    folded = joined([part.folded for part in parts])
    return replace(empty, **columns, folded=folded, town_names=packed(known.towns))


def part(sheet: Sheet, start: int, end: int) -> Sheet:
    """Return some rows of a sheet."""
    folded = Texts(sheet.folded.packed, sheet.folded.ends[start : end + 1])
    return replace(
        sheet, **{each: getattr(sheet, each)[start:end] for each in NUMBERS}, folded=folded
    )


def _sheet(names: Sequence[Name], words: Numbers, postcodes: Sequence[str]) -> Sheet:
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
        towns=_column(()),
        folded=packed(name.folded for name in names),
        town_names=packed(()),
    )


def _titled(name: Name, prefix: str, city: str) -> Name:
    """Return the name with the title that it leaves out: one named like its town is the commune."""
    mark = MARK_OF_PREFIX.get(prefix, "")
    if not mark and not prefix and name.stems and set(name.stems) == set(read_city(city)):
        mark = COMMUNE_MARK
    if not mark or any(stem.startswith("#") for stem in name.stems):
        return name
    return replace(name, stems=(mark, *name.stems)[:MOST_WORDS])


def _learn_departements(known: dict[str, int], towns: Sequence[str], departements: Numbers) -> None:
    for town, departement in set(zip(towns, departements.tolist(), strict=True)):
        if departement >= 0 and town and known.setdefault(town, departement) != departement:
            known[town] = ABSENT


def _or_last(row: Sequence[int], last: int) -> list[int]:
    return [last if number < 0 else number for number in row]


def _near(
    known: Vocabulary, names: Sequence[Name], numbers: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Return, for each name, the words one letter away from those of its words that no entry has."""
    unknown = [
        [stem for stem, number in zip(name.stems, row, strict=True) if number < 0]
        for name, row in zip(names, numbers, strict=True)
    ]
    near = known.near(stem for stems in unknown for stem in stems)
    return [[number for stem in stems for number in near.get(stem, ())] for stems in unknown]


def _wholes(names: Sequence[Name]) -> NDArray[np.int64]:
    """Return a number for each folded name, the same for the same name; -1 for an empty one."""
    numbers = (_digest(name.folded) if name.folded else ABSENT for name in names)
    return np.fromiter(numbers, np.int64, len(names))


def _digest(text: str) -> int:
    """Return a number of `_WHOLE_BITS` bits; unlike `hash`, the same in every process."""
    held = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(held, "little") >> (64 - _WHOLE_BITS)


def _column(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int32)
