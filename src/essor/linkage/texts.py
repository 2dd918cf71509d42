"""Texts packed end to end in one piece of memory, or of disk, and read where they are wanted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap

import numpy as np
from numpy.typing import NDArray

# Half characters come from files badly decoded: they are kept as they are.
_ERRORS = "surrogatepass"


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts by their rank: `ends` says where each ends in `packed`, after a first zero."""

    packed: bytes | mmap
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[str]:
        for each in self.taken(np.arange(len(self))):
            yield each.decode("utf-8", _ERRORS)

    def __getitem__(self, rank: int) -> str:
        return self.packed[self.ends[rank] : self.ends[rank + 1]].decode("utf-8", _ERRORS)

    def taken(self, ranks: NDArray[np.integer]) -> list[bytes]:
        """Return the bytes of the texts of these ranks."""
        packed = self.packed
        bounds = zip(self.ends[ranks].tolist(), self.ends[ranks + 1].tolist(), strict=True)
        return [packed[start:end] for start, end in bounds]


def packed(texts: Iterable[str]) -> Texts:
    """Return the texts, packed in their order."""
    held = [text.encode("utf-8", _ERRORS) for text in texts]
    return Texts(b"".join(held), _ends(np.fromiter(map(len, held), np.int64, len(held))))


def joined(parts: Sequence[Texts]) -> Texts:
    """Return the texts of every part, one part after another."""
    lengths = [np.diff(part.ends) for part in parts]
    every = np.concatenate(lengths) if lengths else np.zeros(0, np.int64)
    return Texts(b"".join(part.packed[:] for part in parts), _ends(every))


def _ends(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
