"""A register to link to: its entries, filed once, then compared with as many queries as wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from operator import attrgetter

import duckdb
import numpy as np
from numpy.typing import NDArray

from essor.linkage.blocking import Postings, pairs, postings
from essor.linkage.confidence import WIDEST_GAP, Likeness, likeness, model, probability
from essor.linkage.entries import Candidate, Entry, Query
from essor.linkage.filing import entry_keys, query_keys
from essor.linkage.reasons import reasons
from essor.linkage.scoring import Rows, Signals, Weighing, is_as_registered, signals
from essor.linkage.sheet import (
    Lexicon,
    Sheet,
    lexicon,
    sheet_of_entries,
    sheet_of_queries,
    stacked,
)
from essor.linkage.texts import Texts, joined, packed
from essor.linkage.vocabulary import tellingness

# Queries compared at once: more would hold more memory, and gain no time. Blocking packs 8 192 at most.
_BATCH = 2_000
# Entries read at once when a register is filed: few, so that the collector of garbage has little to look at.
_PART = 5_000
_FIELDS = 5

_fields = attrgetter("siren", "name", "address", "postcode", "city")

# Every name of an organisation, at its head office; every name of an open establishment, where it is.
_ENTRIES = """
    WITH named AS (
        SELECT siren, unnest([name, acronym]) AS name, head_office AS siret FROM organisations
        UNION ALL
        SELECT s.siren, s.name, coalesce(s.siret, o.head_office)
        FROM statuses s LEFT JOIN organisations o USING (siren)
        UNION ALL
        SELECT e.siren, unnest([e.name, o.name]), e.siret
        FROM establishments e JOIN organisations o USING (siren) WHERE e.is_active
    )
    SELECT DISTINCT n.siren, n.name, coalesce(e.address, '') AS address,
        coalesce(e.postcode, '') AS postcode, coalesce(e.city, '') AS city
    FROM named n LEFT JOIN establishments e USING (siret)
    WHERE n.name IS NOT NULL AND n.siren IS NOT NULL
    ORDER BY ALL
"""


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Entries in the order of their SIREN, and all that finds them again."""

    fields: Texts
    """The five fields of each entry, one after another."""
    units: NDArray[np.int32]
    """The rank of the SIREN of each entry."""
    lexicon: Lexicon
    sheet: Sheet
    weighing: Weighing
    postings: Postings

    @classmethod
    def from_rows(cls, rows: Iterable[Entry]) -> "Register":
        """Return the register of these entries; their order, and repeats, change nothing."""
        return cls.from_sorted(sorted(set(rows), key=_fields))

    @classmethod
    def from_sorted(cls, rows: Iterable[Entry]) -> "Register":
        """Return the register of entries already in the order of their fields, none repeated."""
        known = lexicon()
        sheets: list[Sheet] = []
        fields: list[Texts] = []
        sirens: list[str] = []
        left = iter(rows)
        while entries := list(islice(left, _PART)):
            sheets.append(sheet_of_entries(entries, known))
            fields.append(packed(chain.from_iterable(map(_fields, entries))))
            sirens += (entry.siren for entry in entries)
        sheet = stacked(sheets, known)
        weighing = _weighing(sheet, known)
        filed = postings(entry_keys(sheet, weighing.words, weighing.streets), len(sheet))
        return cls(joined(fields), _units(sirens), known, sheet, weighing, filed)

    @classmethod
    def from_release(cls, connection: duckdb.DuckDBPyConnection) -> "Register":
        """Return the register of an open release: names, acronyms, and names given by the lists."""
        found = connection.execute(_ENTRIES)
        rows = iter(lambda: found.fetchmany(_PART), [])
        return cls.from_sorted(Entry(*row) for some in rows for row in some)

    def __len__(self) -> int:
        return len(self.sheet)

    def entries(self, ranks: Iterable[int]) -> list[Entry]:
        """Return the entries of these ranks, in the order of their SIREN from 0."""
        chosen = np.fromiter(ranks, np.int64)
        every = (chosen[:, None] * _FIELDS + np.arange(_FIELDS)).ravel()
        texts = iter(text.decode("utf-8", "surrogatepass") for text in self.fields.taken(every))
        return [Entry(*five) for five in zip(*[texts] * _FIELDS, strict=True)]

    def link(self, queries: Sequence[Query], limit: int = 10) -> list[tuple[Candidate, ...]]:
        """Return the candidates of each query, at most `limit`, best first, one per SIREN."""
        found: list[tuple[Candidate, ...]] = []
        for start in range(0, len(queries), _BATCH):
            found += self._link(queries[start : start + _BATCH], limit)
        return found

    def _link(self, queries: Sequence[Query], limit: int) -> list[tuple[Candidate, ...]]:
        asked, rows, measured, is_exact = compared(self, queries)
        alike = likeness(measured, model())
        order = _ranked(asked, alike, is_exact)
        order = order[_first_of_each(asked[order], self.units[rows[order]])]
        asked, rows, alike = asked[order], rows[order], alike[order]
        scores = _scores(asked, alike)
        is_kept = _rank_in_query(asked) < limit
        told = reasons(measured[order[is_kept]])
        kept = zip(
            asked[is_kept].tolist(),
            self.entries(rows[is_kept]),
            scores[is_kept].tolist(),
            told,
            strict=True,
        )
        return _by_query(kept, len(queries))


def compared(
    register: Register, queries: Sequence[Query]
) -> tuple[Rows, Rows, Signals, NDArray[np.bool_]]:
    """Return the queries and the entries worth comparing, the signals of each pair, its exactness.

    A pair is exact when all that was typed is what the entry says.
    """
    weighing = register.weighing
    sheet = sheet_of_queries(queries, register.lexicon)
    found = pairs(register.postings, query_keys(sheet, weighing.words, weighing.streets))
    measured = signals(sheet, register.sheet, found, weighing)
    return *found, measured, is_as_registered(sheet, register.sheet, found)


def gaps(asked: Rows, alike: Likeness) -> Likeness:
    """Return how much each candidate, in order, looks like its query beyond the best other one."""
    first = np.searchsorted(asked, asked, side="left")
    last = np.searchsorted(asked, asked, side="right")
    is_first = np.arange(len(asked)) == first
    is_alone = last - first == 1
    second = np.minimum(first + 1, max(len(asked) - 1, 0))
    gap = alike - np.where(is_first, alike[second], alike[first])
    return np.where(is_alone, WIDEST_GAP, gap)


def _ranked(asked: Rows, alike: Likeness, is_exact: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the order of the pairs: by query, exact ones first, then by likeness, then by SIREN."""
    order: NDArray[np.int64] = np.lexsort((-alike, ~is_exact, asked))
    return order


def _first_of_each(asked: Rows, units: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return where each SIREN first comes among the candidates of each query."""
    _, first = np.unique(asked.astype(np.int64) << 32 | units, return_index=True)
    return np.sort(first)


def _scores(asked: Rows, alike: Likeness) -> Likeness:
    """Return the probability of each candidate; those after the first share what it leaves."""
    own = probability(alike, gaps(asked, alike), model())
    first = np.searchsorted(asked, asked, side="left")
    is_first = np.arange(len(asked)) == first
    return np.where(is_first, own, np.minimum(own, np.minimum(own[first], 1 - own[first])))


def _rank_in_query(asked: Rows) -> NDArray[np.int64]:
    rank: NDArray[np.int64] = np.arange(len(asked)) - np.searchsorted(asked, asked, side="left")
    return rank


def _weighing(sheet: Sheet, known: Lexicon) -> Weighing:
    """Return how telling each word of a register is."""
    named = np.concatenate((sheet.words, sheet.cities), axis=1)
    return Weighing(
        tellingness(named, len(known.words)), tellingness(sheet.streets, len(known.streets))
    )


def _by_query(
    kept: Iterable[tuple[int, Entry, float, tuple[str, ...]]], queries: int
) -> list[tuple[Candidate, ...]]:
    """Return the candidates of each query, an empty tuple when it has none."""
    found: list[list[Candidate]] = [[] for _ in range(queries)]
    for asked, entry, score, told in kept:
        found[asked].append(Candidate(entry.siren, score, entry, told))
    return [tuple(each) for each in found]


def _units(sirens: Sequence[str]) -> NDArray[np.int32]:
    """Return the rank of each SIREN among the distinct ones; they are given sorted."""
    is_new = (one != other for one, other in pairwise(sirens))
    first = np.fromiter(is_new, np.int32, max(len(sirens) - 1, 0))
    return np.concatenate(
        (np.zeros(min(len(sirens), 1), np.int32), np.cumsum(first, dtype=np.int32))
    )
