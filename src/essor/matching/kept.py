"""The pool kept beside a release: its columns as files, mapped in memory, so that a need is answered at once.

`keeping` writes them. Whoever opens a release has found its files whole: here, only what wrote them is
looked at.
"""

import json
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.linkage.texts import Texts
from essor.matching.pool import Column, Pool, Stretch

VERSION = 2
"""To be raised whenever cards or columns are written in another way: what was kept is then refused."""

FOLDER = "matching"
"""Folder of a release where the pool is kept."""

SAID = "pool.json"
"""What says that it is whole, and how it was written."""


def open_kept(release: Path) -> Pool | None:
    """Return the pool kept beside a release, None when there is none, or one of another version."""
    try:
        return read_pool(release)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_pool(release: Path) -> Pool:
    """Return the pool kept beside a release.

    Raises:
        OSError: a file is missing.
        ValueError, KeyError, TypeError: another version wrote it.
    """
    folder = release / FOLDER
    said: dict[str, Any] = json.loads((folder / SAID).read_text("utf-8"))
    if said["version"] != VERSION:
        raise ValueError(said["version"])
    named = _mapped(folder / "named.npy")
    return Pool(
        stretches={code: Stretch(*bounds) for code, bounds in said["stretches"].items()},
        sphere=_mapped(folder / "sphere.npy"),
        turns=_mapped(folder / "turns.npy"),
        kinds=_mapped(folder / "kinds.npy"),
        territories={
            name: Column(
                {code: rank for rank, code in enumerate(codes)}, _mapped(folder / f"{name}.npy")
            )
            for name, codes in said["territories"].items()
        },
        named={code: named[start:end] for code, (start, end) in said["named"].items()},
        cards=Texts(_bytes_of(folder / "cards.bin"), _mapped(folder / "cards_ends.npy")),
        kinds_without_list=tuple(said["kinds_without_list"]),
    )


def _mapped(path: Path) -> NDArray[Any]:
    # A plain view: a memmap pays for its class at each slice.
    return np.asarray(np.load(path, mmap_mode="r"))


def _bytes_of(path: Path) -> bytes | mmap:
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
