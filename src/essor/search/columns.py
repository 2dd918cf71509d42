"""A column: the value of a field for each document, written as its rank among the distinct values."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.search.lexicon import Ordinals


@dataclass(frozen=True, slots=True)
class Column:
    """The distinct values of a field, and the code of each document's: its rank among them. Shape: (n,)."""

    values: tuple[Any, ...]
    ranks: dict[Any, int]
    codes: NDArray[Any]

    def value(self, ordinal: int) -> Any:  # noqa: ANN401 -- what the writer was given
        """Return the value of a document."""
        return self.values[self.codes[ordinal]]

    def counts(self, among: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return how many of the documents have each value. Shape: (values,)."""
        return np.bincount(self.codes.take(among), minlength=len(self.values))

    def has(self, wanted: Collection[int], among: Ordinals | None) -> NDArray[np.bool_]:
        """Return whether each document, of all or of some, has one of the values of these codes."""
        codes = self.codes if among is None else self.codes.take(among)
        if len(wanted) == 1:
            (code,) = wanted
            return np.asarray(codes == code)
        is_wanted = np.zeros(len(self.values), np.bool_)
        is_wanted[list(wanted)] = True
        return is_wanted.take(codes)


class ColumnWriter:
    """Gathers the values of documents, which come in the order of their identifiers."""

    def __init__(self) -> None:
        self._ranks: dict[Hashable, int] = {}
        self._codes: list[NDArray[np.uint32]] = []

    def add(self, values: Sequence[Hashable]) -> None:
        """Take the values of the next documents."""
        ranks = self._ranks
        codes = [ranks.setdefault(value, len(ranks)) for value in values]
        self._codes.append(np.array(codes, np.uint32))

    def column(self) -> Column:
        """Return the column of the documents gathered."""
        codes = np.concatenate([np.zeros(0, np.uint32), *self._codes])
        return column_of(self._ranks, codes.astype(np.min_scalar_type(len(self._ranks))))


def column_of(values: Collection[Any], codes: NDArray[Any]) -> Column:
    """Return a column; a value that JSON has made a list of is read as it was written."""
    distinct = tuple(tuple(each) if isinstance(each, list) else each for each in values)
    return Column(distinct, {value: rank for rank, value in enumerate(distinct)}, codes)
