"""Keys: one row for each, when a file repeats some."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Value


def first_of_each(table: ibis.Table, key: str, order: Sequence[Value]) -> ibis.Table:
    """Return one row per value of `key`, the first in `order`."""
    window = ibis.window(group_by=key, order_by=list(order))
    ranked = table.mutate(rank=ibis.row_number().over(window))
    return ranked.filter(_.rank == 0).drop("rank")
