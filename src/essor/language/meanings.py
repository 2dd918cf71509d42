"""Meanings kept: the vectors of what a release knows, encoded once when it is built.

Encoding the labels and the notes takes seven seconds; reading their vectors back takes none.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from essor.language.knowledge import Knowledge
from essor.language.naf import Encoder
from essor.language.signals import texts_to_encode
from essor.language.vectors import encode

LANGUAGE = "language"
"""Folder of a release where the vectors are."""

_VECTORS, _TEXTS = "meanings.npy", "meanings.json"


def keep(knowledge: Knowledge, folder: Path) -> None:
    """Write into `folder` the vectors of what `knowledge` says, and what they are the vectors of."""
    texts = texts_to_encode(knowledge)
    folder.mkdir(parents=True, exist_ok=True)
    # Halves of a float are enough to compare directions, and take half the disk.
    np.save(folder / _VECTORS, encode(texts).astype(np.float16))
    said = {"texts": len(texts), "sha256": _fingerprint(texts)}
    (folder / _TEXTS).write_text(json.dumps(said), "utf-8")


def kept(folder: Path) -> Encoder:
    """Return an encoder that reads the vectors kept in `folder` when they are those of the texts it is given.

    Without them, or with those of other texts (another version of Essor), it encodes as if none were kept.
    """

    def read_or_encode(texts: Sequence[str]) -> NDArray[np.float32]:
        try:
            said = json.loads((folder / _TEXTS).read_text("utf-8"))
            if said["sha256"] == _fingerprint(texts):
                vectors: NDArray[np.float16] = np.load(folder / _VECTORS)
                return vectors.astype(np.float32)
        except (OSError, ValueError, KeyError, TypeError):
            return encode(texts)
        return encode(texts)

    return read_or_encode


def _fingerprint(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
