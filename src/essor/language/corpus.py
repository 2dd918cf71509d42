"""The texts that say what each sub-class of the NAF is, one after the other."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from essor.language.knowledge import Knowledge


class Kind(StrEnum):
    """Where a text comes from."""

    LABEL = "label"
    CLASS_LABEL = "class_label"
    NOTE = "note"
    SENT_HERE = "sent_here"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts grouped by sub-class, in the order of the codes: `starts` says where each begins."""

    texts: tuple[str, ...]
    kinds: tuple[Kind, ...]
    owners: NDArray[np.int32]
    starts: NDArray[np.int32]

    def highest(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the highest score of each sub-class's texts. Shape: (…, texts) gives (…, codes)."""
        found: NDArray[np.float32] = np.maximum.reduceat(scores, self.starts, axis=-1)
        return found

    def labels(self) -> NDArray[np.int32]:
        """Return the rank of each sub-class's label, which is the first of its texts."""
        return self.starts

    def owned(self, texts: NDArray[np.int32]) -> frozenset[int]:
        """Return the ranks of the sub-classes that these texts say."""
        return frozenset(self.owners[texts].tolist())

    def documents(self, kinds: frozenset[Kind], label_weight: int = 3) -> list[list[int]]:
        """Return for each sub-class the ranks of its texts of these kinds, its label repeated."""
        found: list[list[int]] = [[] for _ in self.starts]
        for rank, (owner, kind) in enumerate(zip(self.owners, self.kinds, strict=True)):
            if kind in kinds:
                found[owner].extend([rank] * (label_weight if kind is Kind.LABEL else 1))
        return found


def corpus_of(knowledge: Knowledge) -> Corpus:
    """Return the texts of every sub-class: its label, its notes, what others send to it, its products."""
    place = {code: rank for rank, code in enumerate(knowledge.codes)}
    said: list[list[tuple[str, Kind]]] = [[] for _ in place]
    for rank, position in enumerate(knowledge.positions):
        said[rank].append((position.label, Kind.LABEL))
        said[rank] += [
            (label, Kind.CLASS_LABEL) for label in position.above[:1] if label != position.label
        ]
        said[rank] += [(note, Kind.NOTE) for note in position.notes]
    for position in knowledge.positions:
        for text, target in position.excludes:
            if target in place:
                said[place[target]].append((text, Kind.SENT_HERE))
    for text, codes in knowledge.products:
        for code in codes:
            if code in place:
                said[place[code]].append((text, Kind.PRODUCT))
    sizes = [len(texts) for texts in said]
    return Corpus(
        tuple(text for texts in said for text, _ in texts),
        tuple(kind for texts in said for _, kind in texts),
        np.repeat(np.arange(len(said), dtype=np.int32), sizes),
        np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32),
    )
