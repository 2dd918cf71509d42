"""Those whose name says a trade that their activity code does not: found once, when the pool is kept."""

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from essor.matching.inference import Published, activities_named, is_premises
from essor.matching.naming import may_say, speaking, trades_said
from essor.matching.pool import Rows

_BETWEEN_WORDS = r"[^\pL\pN]+"
# Codes that begin alike up to here are near one another: whoever has one is read for the other anyway.
_NEAR = 4


def rows_named(names: pa.ChunkedArray, codes: pa.ChunkedArray) -> dict[str, Rows]:
    """Return, by code of a trade, the rows whose names say it while their own code is far from it.

    `names` has the names of each row, one a line; `codes`, its activity code.
    """
    found: dict[str, list[int]] = defaultdict(list)
    texts, own = names.combine_chunks(), codes.combine_chunks()
    for row in _speaking_rows(texts).tolist():
        code = own[row].as_py()
        if is_premises(code):
            continue
        names_of_row = tuple(filter(may_say, texts[row].as_py().split("\n")))
        published = Published(code, None, names_of_row, ())
        said = {
            each
            for activity in activities_named(published, trades_said)
            for each in activity.trades
        }
        for each in said:
            if code is None or each[:_NEAR] != code[:_NEAR]:
                found[each].append(row)
    return {code: np.array(rows, np.int64) for code, rows in sorted(found.items())}


def _speaking_rows(texts: pa.StringArray) -> Rows:
    """Return the rows that have a word without which no trade is said: few are read whole."""
    words = pc.split_pattern_regex(texts, _BETWEEN_WORDS)
    each = words.flatten()
    telling = pa.array(sorted(speaking(pc.unique(each).to_pylist())), pa.string())
    is_telling = pc.is_in(each, value_set=telling).to_numpy(zero_copy_only=False)
    return np.unique(pc.list_parent_indices(words).to_numpy()[is_telling]).astype(np.int64)
