"""TF-IDF, by scikit-learn: cosine of pieces of words (3 to 5 characters), or of words."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.ranking import Document, Ranked


def by_pieces(documents: Sequence[Document], queries: Sequence[str], count: int) -> list[Ranked]:
    """Return the documents whose pieces of words are the nearest."""
    return _ranked(documents, queries, count, ("char_wb", (3, 5)))


def by_words(documents: Sequence[Document], queries: Sequence[str], count: int) -> list[Ranked]:
    """Return the documents whose words are the nearest."""
    return _ranked(documents, queries, count, ("word", (1, 1)))


def _ranked(
    documents: Sequence[Document],
    queries: Sequence[str],
    count: int,
    terms: tuple[str, tuple[int, int]],
) -> list[Ranked]:
    if find_spec("sklearn") is None:
        message = "scikit-learn is not installed beside this Python (dependency group `dev`)"
        raise PeerMissingError(message)
    analyzer, span = terms
    vectors = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        analyzer=analyzer, ngram_range=span, sublinear_tf=True, strip_accents="unicode"
    )
    held = vectors.fit_transform([document.text for document in documents])
    rows = (row.tocsr() for row in vectors.transform(queries) @ held.T)
    return [_best(documents, row.indices.tolist(), row.data.tolist(), count) for row in rows]


def _best(
    documents: Sequence[Document], columns: Sequence[int], cosines: Sequence[float], count: int
) -> Ranked:
    """Return the documents of the highest cosines, ties in the order of documents."""
    pairs = sorted(zip(columns, cosines, strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [(documents[column].id, value) for column, value in pairs[:count]]
