"""Questions: asked of the engine now, answered when it has come to them."""

from collections.abc import Callable
from typing import Any

import ibis

Rows = list[dict[str, Any]]
Answer = Callable[[], Rows]
"""The rows that answer a question, by name of column: waited for when they are wanted."""

Ask = Callable[[ibis.Table], Answer]


def asked_at_once(question: ibis.Table) -> Answer:
    """Return the answer to `question`, given by whatever holds its tables, at once."""
    rows: Rows = question.to_pyarrow().to_pylist()
    return lambda: rows
