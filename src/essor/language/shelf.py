"""A shelf: the index of what a release knows of the NAF, written once when it is built, opened in no time.

Indexing the labels and the notes takes ten seconds, seven of them to encode their meanings. What takes room is
mapped from the disk; a shelf of another version of Essor, or of which a file is missing, is as good as none.
"""

import importlib.metadata
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.language.bm25 import Bm25
from essor.language.corpus import Corpus, Kind
from essor.language.discriminant import Discriminant
from essor.language.ngrams import Grams
from essor.language.postings import Postings, PostingsTable, table_of
from essor.language.signals import Index, Level

_FORMAT = 4
_CATALOGUE = "shelf.json"
_BM25 = ("documents", "documents_sent", "texts")
_LEVELS = ("group", "division")
_GRAMS = ("pieces", "thing_pieces")
_MATRICES = ("vectors", "does")
_DISCRIMINANT = ("directions", "offsets")
_PLACES = "vectors.places.npy"


def write_shelf(codes: tuple[str, ...], index: Index, folder: Path) -> None:
    """Write into `folder` the index of the sub-classes `codes`, its catalogue last."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, Mapping[str, Postings]] = {
        **{name: getattr(index, name).postings for name in (*_BM25, *_GRAMS)},
        **{name: getattr(index, name).index.postings for name in _LEVELS},
    }
    sizes = {
        **{name: getattr(index, name).size for name in (*_BM25, *_GRAMS)},
        **{name: getattr(index, name).index.size for name in _LEVELS},
    }
    terms = {name: _write_table(folder / name, postings) for name, postings in tables.items()}
    for name in _LEVELS:
        np.save(folder / f"{name}.places.npy", getattr(index, name).places)
    for name in _GRAMS:
        grams: Grams = getattr(index, name)
        rarities = [grams.rarities[term] for term in terms[name]]
        np.save(folder / f"{name}.rarities.npy", np.array(rarities, np.float64))
    for name in _MATRICES:
        # Halves of a float are enough to compare directions, and take half the disk.
        np.save(folder / f"{name}.npy", getattr(index, name).astype(np.float16))
    np.save(folder / _PLACES, index.places)
    for name in _DISCRIMINANT:
        np.save(folder / f"discriminant.{name}.npy", getattr(index.discriminant, name))
    corpus = index.corpus
    catalogue = {
        "made_by": _made_by(),
        "codes": codes,
        "texts": corpus.texts,
        "kinds": corpus.kinds,
        "owners": corpus.owners.tolist(),
        "starts": corpus.starts.tolist(),
        "sizes": sizes,
        "unseen": {name: getattr(index, name).unseen for name in _GRAMS},
        "terms": terms,
    }
    (folder / _CATALOGUE).write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")


def read_shelf(folder: Path) -> tuple[tuple[str, ...], Index] | None:
    """Return the sub-classes and their index; None when no shelf of this version is whole there."""
    try:
        catalogue = json.loads((folder / _CATALOGUE).read_text("utf-8"))
        if catalogue["made_by"] != _made_by():
            return None
        return tuple(catalogue["codes"]), _index(folder, catalogue)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _index(folder: Path, catalogue: Mapping[str, Any]) -> Index:
    corpus = Corpus(
        tuple(catalogue["texts"]),
        tuple(Kind(kind) for kind in catalogue["kinds"]),
        np.array(catalogue["owners"], np.int32),
        np.array(catalogue["starts"], np.int32),
    )
    bm25 = {
        name: Bm25(catalogue["sizes"][name], _table(folder / name, catalogue["terms"][name]))
        for name in (*_BM25, *_LEVELS)
    }
    return Index(
        corpus=corpus,
        documents=bm25["documents"],
        documents_sent=bm25["documents_sent"],
        texts=bm25["texts"],
        group=Level(bm25["group"], _array(folder / "group.places.npy")),
        division=Level(bm25["division"], _array(folder / "division.places.npy")),
        pieces=_grams(folder, "pieces", catalogue),
        thing_pieces=_grams(folder, "thing_pieces", catalogue),
        vectors=_matrix(folder / "vectors.npy"),
        places=_array(folder / _PLACES),
        discriminant=Discriminant(
            *(_array(folder / f"discriminant.{name}.npy") for name in _DISCRIMINANT)
        ),
        does=_matrix(folder / "does.npy"),
    )


def _grams(folder: Path, name: str, catalogue: Mapping[str, Any]) -> Grams:
    terms = catalogue["terms"][name]
    rarities = _array(folder / f"{name}.rarities.npy").tolist()
    return Grams(
        catalogue["sizes"][name],
        _table(folder / name, terms),
        dict(zip(terms, rarities, strict=True)),
        catalogue["unseen"][name],
    )


def _write_table(path: Path, postings: Mapping[str, Postings]) -> tuple[str, ...]:
    """Write postings end to end in three files whose names begin as `path`; return their terms."""
    table = table_of(postings)
    np.save(f"{path}.starts.npy", table.starts)
    np.save(f"{path}.documents.npy", table.whole.documents)
    np.save(f"{path}.values.npy", table.whole.values)
    return tuple(table.terms)


def _table(path: Path, terms: list[str]) -> PostingsTable:
    whole = Postings(_array(Path(f"{path}.documents.npy")), _array(Path(f"{path}.values.npy")))
    return PostingsTable(terms, _array(Path(f"{path}.starts.npy")), whole)


def _array(path: Path) -> NDArray[Any]:
    """Return an array mapped from its file."""
    return np.asarray(np.load(path, mmap_mode="r"))


def _matrix(path: Path) -> NDArray[np.float32]:
    return _array(path).astype(np.float32)


def _made_by() -> str:
    return f"essor {importlib.metadata.version('essor')}, {_FORMAT}"
