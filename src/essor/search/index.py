"""An index open for reading: it answers queries, the documents that members publish laid over it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from essor.errors import NoReleaseError
from essor.language.naf import LANGUAGE, open_reader
from essor.language.understanding import Reads
from essor.search.activities import Activities, read_activities
from essor.search.answers import Answers, fulfilling, worded
from essor.search.build import FOLDER, read_identity
from essor.search.circle import Circle
from essor.search.document import Document, Kind
from essor.search.labels import facet
from essor.search.page import Facet, Hit, Page
from essor.search.query import Filters, Order, Query, checked
from essor.search.reasons import excerpt, marked, reasons
from essor.search.relaxed import narrowness, relaxations
from essor.search.schema import NONE
from essor.search.shard import Shard, open_shard, shard_in_memory
from essor.search.wording import Wording, wording_of
from essor.territory.distance import Point, distance_km

_UNNAMED = "Nom non diffusé"


@dataclass(frozen=True, slots=True)
class _Found:
    """A document that answers, before it is read: what it is ranked by, and where it is."""

    rank: float
    shard: Shard
    ordinal: int


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
        said = [(shard, worded(shard, wording)) for shard in shards]
        answers = [(shard, fulfilling(shard, each, query.filters)) for shard, each in said]
        total = sum(each.ordinals.size for _, each in answers)
        return Page(
            hits=tuple(self._hit(found, wording, query) for found in _ranked(answers, query)),
            total=total,
            number=query.page,
            size=query.size,
            facets=self._facets(answers, query.facets) if total else (),
            notes=wording.notes if total else (*wording.notes, *_too_narrow(said, query.filters)),
        )

    def held(self, kind: Kind, identifier: str) -> Document | None:
        """Return the document of that identifier, None when it holds none that is shown."""
        found = (
            (shard, place)
            for shard in self.shards.get(kind, ())
            if (place := shard.stored.place(identifier)) is not None and place not in shard.hidden
        )
        return next((shard.document(place) for shard, place in found), None)

    def overlaid(
        self, kind: Kind, documents: Iterable[Document], gone: Iterable[str] = ()
    ) -> "Index":
        """Return this index with documents laid over it: each replaces the one of its identifier.

        Those whose identifiers are `gone` are there no more.
        """
        added = tuple(documents)
        hidden = [*gone, *(document.id for document in added)]
        below = tuple(shard.without(hidden) for shard in self.shards.get(kind, ()))
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
        self, answers: Sequence[tuple[Shard, Answers]], fields: Sequence[str]
    ) -> tuple[Facet, ...]:
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        for shard, those in answers:
            places = those.ordinals.astype(np.intp)
            for field in fields:
                column = shard.columns[field]
                counted = column.counts(places)
                for rank in np.flatnonzero(counted).tolist():
                    for value in _counted(column.values[rank]):
                        counts[field][value] += int(counted[rank])
        return tuple(facet(field, counts[field], self.labels) for field in fields)

    def _hit(self, found: _Found, wording: Wording, query: Query) -> Hit:
        document = found.shard.document(found.ordinal)
        activity = self.labels.get(f"naf:{document.naf}") if document.naf else None
        because = reasons(wording, document, query.kind)
        return Hit(
            document=document,
            score=sum(reason.points for reason in because),
            reasons=because,
            activity=activity,
            name_html=marked(document.name or document.acronym or _UNNAMED, wording),
            activity_html=marked(activity or "", wording),
            distance_km=_distance(document, query.filters.circle),
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
    except (OSError, ValueError, EOFError, KeyError) as error:
        message = (
            "L’index de recherche de la version en service est abîmé : lancez `essor build`, "
            "qui le construit de nouveau."
        )
        raise NoReleaseError(message) from error
    return Index(shards, activities, identity.labels, identity.sections)


def _reader_of(folder: Path) -> Reads | None:
    """Return the reader of the release, None when it was built without what a reader needs."""
    return open_reader(folder) if (folder / LANGUAGE).is_dir() else None


def _too_narrow(said: Sequence[tuple[Shard, Answers | None]], filters: Filters) -> tuple[str, ...]:
    """Return the note that says which condition leaves nothing, when one does."""
    counts = [
        (about, sum(fulfilling(shard, each, freed).ordinals.size for shard, each in said))
        for about, freed in relaxations(filters)
    ]
    return narrowness(counts)


def _ranked(answers: Sequence[tuple[Shard, Answers]], query: Query) -> list[_Found]:
    """Return the documents of the page, best first."""
    start, end = (query.page - 1) * query.size, query.page * query.size
    if query.order is Order.DISTANCE and query.filters.circle:
        found = [each for one in answers for each in _by_distance(*one, query.filters.circle, end)]
        found.sort(key=lambda each: each.rank)
    else:
        found = [each for one in answers for each in _by_points(*one, end)]
        if len(answers) > 1:
            found.sort(key=lambda each: (-each.rank, each.shard.stored.read(each.ordinal)["id"]))
    return found[start:end]


def _by_points(shard: Shard, answers: Answers, count: int) -> list[_Found]:
    """Return the documents of most points; equal ones come in the order of their identifiers."""
    best = answers.best(count)
    pairs = zip(answers.points[best].tolist(), answers.ordinals[best].tolist(), strict=True)
    return [_Found(points, shard, ordinal) for points, ordinal in pairs]


def _by_distance(shard: Shard, answers: Answers, circle: Circle, count: int) -> list[_Found]:
    """Return the nearest documents, in the order of identifiers when equally far."""
    distances = shard.positions.distances_km(circle.centre, answers.ordinals)
    nearest = np.argsort(distances, kind="stable")[:count]
    pairs = zip(distances[nearest].tolist(), answers.ordinals[nearest].tolist(), strict=True)
    return [_Found(distance, shard, ordinal) for distance, ordinal in pairs]


def _counted(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the values that one document is counted under: each of its own, or none."""
    return (value,) if isinstance(value, str) else value or (NONE,)


def _distance(document: Document, circle: Circle | None) -> float | None:
    if circle is None or document.lon is None or document.lat is None:
        return None
    return distance_km(circle.centre, Point(document.lon, document.lat))
