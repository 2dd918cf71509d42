"""How a text stands to each sub-class of the NAF: by its words, by pieces of words, by meaning, by act."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from essor.language.acts import acts
from essor.language.analysis import stems
from essor.language.bm25 import Bm25, bm25_of
from essor.language.corpus import Corpus, Kind, corpus_of
from essor.language.discriminant import Discriminant, discriminant_of
from essor.language.knowledge import Knowledge
from essor.language.ngrams import Grams, grams_of
from essor.language.phrases import head, kept, thing
from essor.language.vectors import encode

Matrix = NDArray[np.float32]

LIKENESSES = (
    *("document", "document_kept", "document_sent", "document_opening", "text", "text_coverage"),
    *("group", "division", "pieces", "pieces_kept", "pieces_head"),
    *("label_meaning", "meaning", "head_meaning", "thing_meaning", "head_thing_meaning"),
)
"""The likenesses, each divided by its highest over the sub-classes (a coverage is a share already)."""

DISCRIMINANT = "discriminant"
"""How far the sub-class is behind the one whose texts, all together, the meaning is likeliest to join."""

SIGNALS = (*LIKENESSES, DISCRIMINANT, *acts().signals)
"""What is measured of a text and a sub-class: how alike they are, then what is asked and what is done."""

_COVERAGE = LIKENESSES.index("text_coverage")
_OWN = frozenset({Kind.LABEL, Kind.NOTE, Kind.PRODUCT})
# A single text is short by nature: its length says less than that of a document.
_TEXT_LENGTH_WEIGHT = 0.4
# How much the nearest texts count against the others, in the soft highest of likenesses.
_SHARPNESS = 20.0
# Texts compared together: their likenesses to every text known stand in memory at once.
_BATCH = 64
# So few texts that each is better compared alone.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """Signals of one text. Shapes: (codes, SIGNALS), and (texts of the corpus) for how near each is."""

    signals: Matrix
    nearness: Matrix


@dataclass(frozen=True, slots=True)
class Level:
    """The documents of a level above: what its sub-classes say together."""

    index: Bm25
    places: NDArray[np.int32]

    def scores(self, terms: Sequence[str]) -> Matrix:
        """Return one score per sub-class: that of the document above it."""
        return self.index.scores(terms)[self.places]


@dataclass(frozen=True, slots=True)
class Index:
    """Everything known, ready to be compared with texts.

    Many texts are met twice, and many name the thing that they speak of and nothing else: `vectors` holds
    what each distinct sentence means, once. Shapes: `vectors` (sentences, dimensions); `places` (2, texts),
    the sentence that each text is, then the one that says its thing alone.
    """

    corpus: Corpus
    documents: Bm25
    documents_sent: Bm25
    texts: Bm25
    group: Level
    division: Level
    pieces: Grams
    thing_pieces: Grams
    vectors: Matrix
    places: NDArray[np.int32]
    discriminant: Discriminant
    does: Matrix

    def measure(self, texts: Sequence[str]) -> list[Measured]:
        """Return the signals of each text."""
        return [
            measured
            for start in range(0, len(texts), _BATCH)
            for measured in self._batch(texts[start : start + _BATCH])
        ]

    def _batch(self, texts: Sequence[str]) -> list[Measured]:
        heads = [head(text) for text in texts]
        distinct = list(dict.fromkeys((*texts, *heads)))
        place = {text: rank for rank, text in enumerate(distinct)}
        encoded = encode(distinct)
        whole = [place[text] for text in texts]
        headed = [place[text] for text in heads]
        alike = _likeness(encoded, self.vectors)
        sharp = np.exp(np.float32(_SHARPNESS) * alike)
        likeness = alike[:, self.places[0]]
        near, near_thing = (self._near(sharp[:, places]) for places in self.places)
        meanings = np.stack(
            [
                likeness[whole][:, self.corpus.labels()],
                near[whole],
                near[headed],
                near_thing[whole],
                near_thing[headed],
            ],
            axis=1,
        )
        gaps = self.discriminant.gaps(encoded[whole])
        return [
            self._measured(text, likeness[whole[rank]], meanings[rank], gaps[rank])
            for rank, text in enumerate(texts)
        ]

    def _measured(self, text: str, likeness: Matrix, meanings: Matrix, gaps: Matrix) -> Measured:
        terms = stems(text)
        highest = self.corpus.highest
        pieces = self.pieces.likeness(text)
        things = {each: self.thing_pieces.likeness(each) for each in {kept(text), head(text)}}
        columns = (
            self.documents.scores(terms),
            self.documents.scores(stems(kept(text))),
            self.documents_sent.scores(terms),
            self.documents_sent.opening(terms),
            highest(self.texts.scores(terms)),
            highest(self.texts.coverage(terms)),
            self.group.scores(terms),
            self.division.scores(terms),
            highest(pieces),
            highest(things[kept(text)]),
            highest(things[head(text)]),
            *meanings,
        )
        likenesses = np.stack([_shares(column) for column in columns], axis=1)
        likenesses[:, _COVERAGE] = columns[_COVERAGE]
        signals = np.column_stack([likenesses, gaps, acts().measured(text, self.does)])
        return Measured(signals, pieces + np.maximum(likeness, 0))

    def _near(self, sharp: Matrix) -> Matrix:
        """Return the soft highest of the likenesses of each sub-class's texts: several near ones count."""
        total = np.add.reduceat(sharp, self.corpus.starts, axis=-1)
        return (np.log(total) / _SHARPNESS).astype(np.float32)


def index_of(knowledge: Knowledge) -> Index:
    """Return what is known, indexed; its texts are encoded, about a thousand a second."""
    corpus = corpus_of(knowledge)
    things = [thing(text) for text in corpus.texts]
    terms = [stems(text) for text in corpus.texts]
    own = _joined(corpus, _OWN, terms)
    full = _joined(corpus, _OWN | {Kind.SENT_HERE}, terms)
    distinct = list(dict.fromkeys((*corpus.texts, *things)))
    place = {text: rank for rank, text in enumerate(distinct)}
    vectors = encode(distinct)
    places = np.array(
        [[place[text] for text in those] for those in (corpus.texts, things)], np.int32
    )
    return Index(
        corpus,
        bm25_of(own),
        bm25_of(full),
        bm25_of(terms, _TEXT_LENGTH_WEIGHT),
        _level(knowledge, full, 4, 1),
        _level(knowledge, full, 2, 2),
        grams_of(corpus.texts),
        grams_of(things),
        vectors,
        places,
        discriminant_of(vectors[places[0]], corpus.starts),
        acts().of_labels(knowledge.codes, [position.label for position in knowledge.positions]),
    )


def _joined(
    corpus: Corpus, kinds: frozenset[Kind], terms: Sequence[Sequence[str]]
) -> list[list[str]]:
    return [[term for rank in ranks for term in terms[rank]] for ranks in corpus.documents(kinds)]


def _level(
    knowledge: Knowledge, documents: Sequence[Sequence[str]], digits: int, above: int
) -> Level:
    """Return the documents of a level whose codes have so many signs, its label counted three times."""
    names = sorted({code[:digits] for code in knowledge.codes})
    place = {name: rank for rank, name in enumerate(names)}
    joined: list[list[str]] = [[] for _ in names]
    for position, document in zip(knowledge.positions, documents, strict=True):
        terms = joined[place[position.code[:digits]]]
        if not terms:
            terms.extend(stems(" ".join(position.above[above : above + 1])) * 3)
        terms.extend(document)
    places = np.array([place[code[:digits]] for code in knowledge.codes], np.int32)
    return Level(bm25_of(joined), places)


def _likeness(texts: Matrix, known: Matrix) -> Matrix:
    """Return the likeness of each text to each vector known. Shape: (texts, known)."""
    if len(texts) > _FEW:
        return texts @ known.T
    # A product of matrices rearranges all that is known first: for a text or two, that is most of its time.
    return np.stack([known @ text for text in texts])


def _shares(scores: Matrix) -> Matrix:
    """Return the scores divided by the highest of them."""
    highest = float(scores.max(initial=0.0))
    return np.maximum(scores / np.float32(highest), -1) if highest > 0 else np.zeros_like(scores)
