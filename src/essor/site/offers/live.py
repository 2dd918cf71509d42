"""What is published, laid over the release in service: found by a search, matched by a need, at once.

Another hand of the site reads `suppliers` for all that declare, and `index` for the search index with
what is published: what organisations say of themselves, their offers, the needs open to everybody. Each
process keeps what it has read, and asks the database one mark at each request (`stamp`): as long as it is
the same, so is what was read; when it is another, what changed is read, and nothing else.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from essor.matching.activity import Supplier
from essor.search.index import Index
from essor.site.current import Current
from essor.site.offers import stamp
from essor.site.offers.declared import Suppliers
from essor.site.offers.layers import Layers


class _Followed:
    """What this process read of what is published over a release, for whichever overlay asks first."""

    def __init__(self, service: Current) -> None:
        self._service = service
        self._reading = Lock()
        self.last_index: Index | None = None
        self.last_suppliers: tuple[Supplier, ...] = ()

    @cached_property
    def _layers(self) -> Layers:
        return Layers(self._service)

    @cached_property
    def _declared(self) -> Suppliers:
        return Suppliers(self._service)

    def index(self) -> Index:
        """Return the index as of now."""
        with self._reading:
            self.last_index = self._layers.read()
            return self.last_index

    def suppliers(self) -> tuple[Supplier, ...]:
        """Return those who declare as of now."""
        with self._reading:
            self.last_suppliers = self._declared.read()
            return self.last_suppliers


@dataclass(eq=False)
class Overlay:
    """What is published on a day, under a mark, over one release; each part is read when it is asked.

    When the people's database does not answer meanwhile, it is as it was read last, and asked again.
    """

    service: Current
    day: date
    mark: UUID | None
    followed: _Followed

    @property
    def index(self) -> Index:
        """Return the index, what is published laid over it."""
        if self.mark is None:
            return self.service.index
        try:
            return self._index
        except DatabaseError:
            return self.followed.last_index or self.service.index

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        """Return the suppliers who declare."""
        if self.mark is None:
            return ()
        try:
            return self._suppliers
        except DatabaseError:
            return self.followed.last_suppliers

    @cached_property
    def _index(self) -> Index:
        return self.followed.index()

    @cached_property
    def _suppliers(self) -> tuple[Supplier, ...]:
        return self.followed.suppliers()


class _Keeper:
    """The overlay that this process read last."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._last: Overlay | None = None

    def overlay(self, service: Current) -> Overlay:
        day = timezone.localdate()
        try:
            mark = stamp.mark()
        except DatabaseError:
            # The register outlives the people's database: what was read last is still answered.
            return self._of(service) or Overlay(service, day, None, _Followed(service))
        with self._changing:
            last = self._of(service)
            if last is None or (last.mark, last.day) != (mark, day):
                followed = last.followed if last else _Followed(service)
                self._last = last = Overlay(service, day, mark, followed)
            return last

    def _of(self, service: Current) -> Overlay | None:
        """Return what was read last, if it was over that release."""
        last = self._last
        return last if last is not None and last.service is service else None


_KEEPER = _Keeper()


def overlay(service: Current) -> Overlay:
    """Return what is published over the release in service, as of this request."""
    return _KEEPER.overlay(service)
