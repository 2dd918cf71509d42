"""An index open for reading: it answers queries, the documents that members publish laid over it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tantivy

from essor.errors import NoReleaseError
from essor.language.naf import LANGUAGE, open_reader
from essor.language.understanding import Reads
from essor.search.activities import Activities, read_activities
from essor.search.build import FOLDER, read_identity
from essor.search.cells import Circle
from essor.search.clauses import conditions, scored, without
from essor.search.document import Document, Kind
from essor.search.labels import facet
from essor.search.page import Facet, Hit, Page
from essor.search.query import Order, Query, checked
from essor.search.reasons import excerpt, marked, reasons
from essor.search.relaxed import narrowness, relaxations
from essor.search.schema import read_document
from essor.search.shard import Shard, open_shard, shard_in_memory
from essor.search.wording import Wording, wording_of
from essor.territory.distance import Point, distance_km

_VALUES_COUNTED = 50_000
"""More than any counted field has values, communes included: nothing is left out of a facet."""

_UNNAMED = "Nom non diffusé"


@dataclass(frozen=True, slots=True)
class _Found:
    """A document that answers, before it is read: what it is ranked by, and where it is."""

    rank: float
    shard: Shard
    address: tantivy.DocAddress


@dataclass(frozen=True, slots=True)
class Index:
    """The documents of a release, ready to be searched; any number of threads may share it.

    It reads files that nobody changes: another release in service changes nothing to its answers.
    """

    shards: Mapping[Kind, tuple[Shard, ...]]
    activities: Activities
    labels: Mapping[str, str]
    sections: Mapping[str, str]

    def search(self, query: Query) -> Page:
        """Return the page of documents that answer, best first, ties by identifier.

        Raises:
            InvalidRequestError: a page, a radius or a staff range makes no sense.
        """
        query = checked(query)
        shards = self.shards.get(query.kind, ())
        wording = self._wording(query.text, shards)
        asked = [(shard, _asked(shard, query, wording)) for shard in shards]
        ranked, total = _ranked(asked, query)
        return Page(
            hits=tuple(self._hit(found, wording, query.filters.circle) for found in ranked),
            total=total,
            number=query.page,
            size=query.size,
            facets=self._facets(asked, query.facets) if total and query.facets else (),
            notes=wording.notes
            if total
            else (*wording.notes, *_too_narrow(shards, query, wording)),
        )

    def overlaid(self, kind: Kind, documents: Iterable[Document]) -> "Index":
        """Return this index with documents laid over it: each replaces the one of its identifier."""
        added = tuple(documents)
        hidden = tuple(document.id for document in added)
        below = tuple(
            replace(shard, hidden=(*shard.hidden, *hidden)) for shard in self.shards.get(kind, ())
        )
        above = shard_in_memory(added, self.sections)
        return replace(self, shards={**self.shards, kind: (*below, above)})

    def _wording(self, text: str, shards: tuple[Shard, ...]) -> Wording:
        return wording_of(
            text,
            self.activities.about,
            lambda field, term: sum(shard.frequency(field, term) for shard in shards),
            sum(shard.documents for shard in shards),
        )

    def _facets(
        self, asked: list[tuple[Shard, tantivy.Query]], fields: Sequence[str]
    ) -> tuple[Facet, ...]:
        terms = {
            field: {
                "terms": {"field": field, "size": _VALUES_COUNTED, "segment_size": _VALUES_COUNTED}
            }
            for field in fields
        }
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        for shard, query in asked:
            for field, counted in shard.searcher.aggregate(query, terms).items():
                for bucket in counted["buckets"]:
                    counts[field][str(bucket["key"])] += int(bucket["doc_count"])
        return tuple(facet(field, counts[field], self.labels) for field in fields)

    def _hit(self, found: _Found, wording: Wording, circle: Circle | None) -> Hit:
        document = _read(found)
        activity = self.labels.get(f"naf:{document.naf}") if document.naf else None
        because = reasons(wording, document)
        return Hit(
            document=document,
            score=sum(reason.points for reason in because),
            reasons=because,
            activity=activity,
            name_html=marked(document.name or document.acronym or _UNNAMED, wording),
            activity_html=marked(activity or "", wording),
            distance_km=_distance(document, circle),
            text_html=excerpt(document.text, wording),
        )


def open_index(folder: Path) -> Index:
    """Return the index of the release in `folder`.

    Raises:
        NoReleaseError: there is no whole index there, or it is of another release or format.
    """
    identity = read_identity(folder)
    try:
        shards = {Kind(kind): (open_shard(folder / FOLDER / kind),) for kind in identity.documents}
        activities = read_activities(folder / FOLDER, lambda: _reader_of(folder))
    except (OSError, ValueError) as error:
        message = (
            "L’index de recherche de la version en service est abîmé : lancez `essor build`, "
            "qui le construit de nouveau."
        )
        raise NoReleaseError(message) from error
    return Index(shards, activities, identity.labels, identity.sections)


def _reader_of(folder: Path) -> Reads | None:
    """Return the reader of the release, None when it was built without what a reader needs."""
    return open_reader(folder) if (folder / LANGUAGE).is_dir() else None


def _asked(shard: Shard, query: Query, wording: Wording) -> tantivy.Query:
    asked = scored(wording, conditions(query.filters, shard.positions))
    return without(asked, shard.hidden) if shard.hidden else asked


def _too_narrow(shards: Sequence[Shard], query: Query, wording: Wording) -> tuple[str, ...]:
    """Return the note that says which condition leaves nothing, when one does."""
    counts = []
    for about, filters in relaxations(query.filters):
        free = replace(query, filters=filters, order=Order.RELEVANCE, page=1, size=1)
        _, total = _ranked([(shard, _asked(shard, free, wording)) for shard in shards], free)
        counts.append((about, total))
    return narrowness(counts)


def _ranked(asked: list[tuple[Shard, tantivy.Query]], query: Query) -> tuple[list[_Found], int]:
    """Return the documents of the page, best first, and how many answer in all."""
    start = (query.page - 1) * query.size
    if query.order is Order.DISTANCE and query.filters.circle:
        found = [each for one in asked for each in _by_distance(*one, query.filters.circle)]
        found.sort(key=lambda each: each.rank)
        return found[start : start + query.size], len(found)
    if len(asked) == 1:
        return _by_score(*asked[0], start, query.size)
    answers = [_by_score(*one, 0, start + query.size) for one in asked]
    merged = [found for answer, _ in answers for found in answer]
    merged.sort(key=lambda found: (-found.rank, _read(found).id))
    return merged[start : start + query.size], sum(total for _, total in answers)


def _by_score(
    shard: Shard, query: tantivy.Query, start: int, size: int
) -> tuple[list[_Found], int]:
    """Return the documents of best score; equal ones come in the order of their identifiers."""
    answer = shard.searcher.search(query, limit=size, offset=start)
    found = [_Found(float(score), shard, address) for score, address in answer.hits]
    return found, int(answer.count)  # type: ignore[attr-defined]  # its stub forgets it


def _by_distance(shard: Shard, query: tantivy.Query, circle: Circle) -> list[_Found]:
    """Return all the documents that answer, with their distances, in the order of identifiers."""
    ordinals, distances = shard.positions.nearest_first(circle)
    answer = shard.searcher.search(query, limit=max(1, ordinals.size))
    addresses = [address for _, address in answer.hits]
    asked = np.asarray(shard.searcher.fast_field_values("ordinal", addresses), np.uint32)
    order = np.argsort(asked)
    nearby = distances[np.searchsorted(ordinals, asked[order])]
    return [
        _Found(float(distance), shard, addresses[rank])
        for rank, distance in zip(order.tolist(), nearby.tolist(), strict=True)
    ]


def _read(found: _Found) -> Document:
    return read_document(found.shard.searcher.doc(found.address)["stored"][0])


def _distance(document: Document, circle: Circle | None) -> float | None:
    if circle is None or document.lon is None or document.lat is None:
        return None
    return distance_km(circle.centre, Point(document.lon, document.lat))
