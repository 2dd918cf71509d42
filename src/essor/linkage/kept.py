"""A register filed once and kept: its columns as files, mapped in memory, so that linking starts at once.

`keep` is called when a release is built; `open_kept` then reads a national register in a second, and
`register_of` files it from the tables when no sound one is kept.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from essor.linkage.blocking import Postings
from essor.linkage.register import Register
from essor.linkage.scoring import Weighing
from essor.linkage.sheet import NUMBERS, Lexicon, lexicon, sheet_of_entries
from essor.linkage.texts import Texts, packed
from essor.linkage.vocabulary import ABSENT, Neighbours, Vocabulary

LINKAGE = "linkage"
"""Folder of a release where the register is kept."""

VERSION = 1
"""To be raised whenever names are read, or entries filed, in another way: what was kept is then refused."""

_SAID = "register.json"
_VOCABULARIES = ("words", "streets", "initials")


def keep(register: Register, folder: Path) -> None:
    """Write the register into `folder`; what says that it is whole is written last."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _SAID).unlink(missing_ok=True)
    for name in NUMBERS:
        np.save(folder / f"{name}.npy", getattr(register.sheet, name))
    np.save(folder / "units.npy", register.units)
    np.save(folder / "postings.npy", register.postings.packed)
    np.save(folder / "word_weights.npy", register.weighing.words)
    np.save(folder / "street_weights.npy", register.weighing.streets)
    _keep_texts(register.fields, folder, "fields")
    _keep_texts(register.sheet.folded, folder, "folded")
    _keep_lexicon(register.lexicon, folder)
    said = {"version": VERSION, "entries": len(register), "sizes": _sizes(folder)}
    (folder / _SAID).write_text(json.dumps(said), "utf-8")


def open_kept(folder: Path) -> Register | None:
    """Return the register kept in `folder`, None when there is none, or one broken or of another version."""
    try:
        said = json.loads((folder / _SAID).read_text("utf-8"))
        if said["version"] != VERSION or said["sizes"] != _sizes(folder):
            return None
        return _opened(folder, said["entries"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def register_of(folder: Path, connection: duckdb.DuckDBPyConnection) -> Register:
    """Return the register of the release in `folder`: the one kept, else filed from its tables."""
    return open_kept(folder / LINKAGE) or Register.from_release(connection)


def _opened(folder: Path, entries: int) -> Register:
    known = _lexicon(folder)
    columns = {name: _mapped(folder, name) for name in NUMBERS}
    sheet = replace(
        sheet_of_entries((), lexicon()),
        **columns,
        folded=_texts(folder, "folded"),
        town_names=packed(known.towns),
    )
    if any(len(column) != entries for column in columns.values()):
        raise ValueError(entries)
    filed = Postings(_mapped(folder, "postings"), entries)
    weighing = Weighing(_mapped(folder, "word_weights"), _mapped(folder, "street_weights"))
    return Register(
        _texts(folder, "fields"), _mapped(folder, "units"), known, sheet, weighing, filed
    )


def _keep_lexicon(known: Lexicon, folder: Path) -> None:
    for name in _VOCABULARIES:
        vocabulary: Vocabulary = getattr(known, name)
        (folder / f"{name}.txt").write_text("\n".join(vocabulary.words()), "utf-8")
    near = known.words.neighbours()
    np.save(folder / "near_hashes.npy", near.hashes)
    np.save(folder / "near_numbers.npy", near.numbers)
    (folder / "towns.txt").write_text("\n".join(known.towns), "utf-8")
    homes = [known.departements.get(town, ABSENT) for town in known.towns]
    np.save(folder / "homes.npy", np.array(homes, np.int32))


def _lexicon(folder: Path) -> Lexicon:
    near = Neighbours(_mapped(folder, "near_hashes"), _mapped(folder, "near_numbers"))
    words, streets, initials = (_lines(folder, name) for name in _VOCABULARIES)
    homes = _mapped(folder, "homes").tolist()
    # The first town may be the one that is not said: an empty line, not none.
    towns = (folder / "towns.txt").read_text("utf-8").split("\n") if homes else []
    return Lexicon(
        Vocabulary(words, near),
        Vocabulary(streets),
        Vocabulary(initials),
        {town: rank for rank, town in enumerate(towns)},
        {town: home for town, home in zip(towns, homes, strict=True) if town},
    )


def _lines(folder: Path, name: str) -> Sequence[str]:
    text = (folder / f"{name}.txt").read_text("utf-8")
    return text.split("\n") if text else []


def _keep_texts(texts: Texts, folder: Path, name: str) -> None:
    (folder / f"{name}.bin").write_bytes(texts.packed[:])
    np.save(folder / f"{name}_ends.npy", texts.ends)


def _texts(folder: Path, name: str) -> Texts:
    with (folder / f"{name}.bin").open("rb") as file:
        is_empty = not file.seek(0, 2)
        held = b"" if is_empty else mmap(file.fileno(), 0, access=ACCESS_READ)
    return Texts(held, _mapped(folder, f"{name}_ends"))


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    mapped: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
    # A plain view: a memmap pays for its class at each slice.
    return np.asarray(mapped)


def _sizes(folder: Path) -> dict[str, int]:
    """Return how many bytes each file has, but for the one that says so."""
    return {
        each.name: each.stat().st_size for each in sorted(folder.iterdir()) if each.name != _SAID
    }
