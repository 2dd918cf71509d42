"""What is published, laid over a release in two layers: a large one, and the little that changed since.

A publication is found by reading its own rows and no other; the large layer is made anew once many have
changed. One process follows one release so, one reading at a time.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from essor.search.document import Document, Kind
from essor.search.index import Index
from essor.site.current import Current
from essor.site.needs.words import RESERVATIONS
from essor.site.offers.feeds import FEEDS, Feed
from essor.site.offers.spots import Spot, spots
from essor.site.offers.versions import Versions, standing_now
from essor.site.offers.words import Means

RECENT = 200
"""Changes that the small layer holds: beyond, it is laid into the large one."""

_FORMS = {f"form:{value}": label for value, label in (*Means.choices, *RESERVATIONS)}


@dataclass(frozen=True, slots=True)
class _Laid:
    """The documents of a kind as they were read last; `recent` changed since the large layer was made."""

    versions: Mapping[str, Hashable] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    recent: frozenset[str] = frozenset()


class Layers:
    """What is published over one release, as it was read last."""

    def __init__(self, service: Current) -> None:
        self._service = service
        index = service.index
        self._release = replace(index, labels={**index.labels, **_FORMS})
        self._settled = self._release
        self._laid = {feed.kind: _Laid() for feed in FEEDS}
        self._places: dict[str, Spot | None] = {}

    def read(self) -> Index:
        """Return the index with what is published now laid over it.

        Raises:
            DatabaseError: the people's database does not answer.
        """
        standing = standing_now()
        for feed in FEEDS:
            self._follow(feed, feed.versions(standing))
        laid = self._settled
        for kind, held in self._laid.items():
            if held.recent:
                laid = laid.overlaid(kind, self._shown(kind, held), held.recent)
        return laid

    def _follow(self, feed: Feed, now: Versions) -> None:
        """Read what changed of a kind since it was read last."""
        before = self._laid[feed.kind]
        if now == before.versions:
            return
        changed = {key for key, version in now.items() if before.versions.get(key) != version}
        gone = before.versions.keys() - now.keys()
        read = feed.documents(self._release, self._placed, changed) if changed else ()
        documents = {**before.documents, **{document.id: document for document in read}}
        for key in gone:
            documents.pop(key, None)
        held = _Laid(now, documents, before.recent | changed | gone)
        if len(held.recent) > RECENT:
            self._settle(feed.kind, held.documents.values())
            held = replace(held, recent=frozenset())
        self._laid[feed.kind] = held

    def _settle(self, kind: Kind, documents: Iterable[Document]) -> None:
        shards = {**self._settled.shards, kind: self._release.shards.get(kind, ())}
        self._settled = replace(self._settled, shards=shards).overlaid(kind, documents)

    def _shown(self, kind: Kind, held: _Laid) -> list[Document]:
        """Return what is shown of what changed; what the register holds comes back when nothing is said of it."""
        found = (held.documents.get(key) or self._release.held(kind, key) for key in held.recent)
        return [document for document in found if document is not None]

    def _placed(self, selectors: Iterable[str]) -> Mapping[str, Spot | None]:
        if unknown := set(selectors) - self._places.keys():
            with self._service.connection() as connection:
                self._places |= spots(connection, unknown)
        return self._places
