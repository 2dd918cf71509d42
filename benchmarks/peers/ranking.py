"""What the peers that rank texts share: documents in, the best of them out, each with its score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be found, and what it is returned by."""

    id: str
    text: str


Ranked = list[tuple[str, float]]
"""Identifiers, best first, each with its score."""

Ranker = Callable[[Sequence[Document], Sequence[str], int], list[Ranked]]
"""Returns, for each query, so many documents at most; it indexes the documents first.

Raises:
    PeerMissingError: what it needs is not installed.
"""
