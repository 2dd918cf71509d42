"""What is published, laid over the release in service: found by a search, matched by a need, at once.

Another hand of the site reads `activities_of` for one organisation, `suppliers` for all that declare,
and `index` for the search index with what they say. Each process keeps what it has read, and asks the
database one mark at each request (`stamp`): as long as it is the same, so is what was read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from uuid import UUID

import duckdb
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from essor.errors import EssorError
from essor.language.presence import Presence
from essor.language.quantities import quantities_of
from essor.matching.activity import Activity, Basis, Reach, ReachKind, Supplier
from essor.matching.asking import zone_of
from essor.matching.declared import suppliers_declaring
from essor.matching.naming import trades_said
from essor.matching.zone import Zone
from essor.observatory.typography import day as written
from essor.search.document import Document, Kind
from essor.search.index import Index
from essor.search.query import Query
from essor.site.current import Current
from essor.site.offers import stamp
from essor.site.offers.models import DeclaredActivity
from essor.site.offers.running import current_offers, standing
from essor.territory.level import Level
from essor.territory.territories import territory_at

_SEEN = 5
"""Answers among which a document is looked for by its number: it comes first."""


@dataclass(eq=False)
class Overlay:
    """What is published, over one release: the suppliers who declare, and the index with their words."""

    service: Current
    day: date
    mark: UUID | None = None
    suppliers: tuple[Supplier, ...] = ()
    _opening: Lock = field(default_factory=Lock)

    @property
    def index(self) -> Index:
        """Return the index, what is published laid over it; it is made at the first search."""
        if self.mark is None:
            return self.service.index
        try:
            with self._opening:
                return self._index
        except DatabaseError:
            return self.service.index

    @cached_property
    def _index(self) -> Index:
        laid = self.service.index
        said = _words()
        for kind in Kind:
            documents = [
                replace(each, text="\n".join(filter(None, (each.text, said[key]))))
                for key in said
                for each in _document(self.service.index, kind, key)
            ]
            if documents:
                laid = laid.overlaid(kind, documents)
        return laid


class _Keeper:
    """The overlay that this process read last."""

    def __init__(self) -> None:
        self._reading = Lock()
        self._last: Overlay | None = None

    def overlay(self, service: Current) -> Overlay:
        last, day = self._last, timezone.localdate()
        try:
            mark = stamp.mark()
            if (
                last is not None
                and last.service is service
                and (last.mark, last.day) == (mark, day)
            ):
                return last
            with self._reading:
                self._last = read_overlay(service, mark, day)
                return self._last
        except DatabaseError:
            # The register outlives the people's database: what was read last is still answered.
            return last if last is not None and last.service is service else Overlay(service, day)


def read_overlay(service: Current, mark: UUID | None, day: date) -> Overlay:
    """Return what is published on that day; an offer whose last day is past is read no more."""
    return Overlay(service, day, mark, () if mark is None else _suppliers(service))


_KEEPER = _Keeper()


def overlay(service: Current) -> Overlay:
    """Return what is published over the release in service, as of this request."""
    return _KEEPER.overlay(service)


def activities_of(
    connection: duckdb.DuckDBPyConnection, siren: str
) -> dict[str, tuple[Activity, ...]]:
    """Return the activities that an organisation declares and that stand, by the SIRET of their place."""
    return _by_siret(connection, standing(DeclaredActivity).filter(siren=siren))


def activity_of(connection: duckdb.DuckDBPyConnection, row: DeclaredActivity) -> Activity:
    """Return an activity as matching reads it."""
    return Activity(
        trades=tuple(row.trades),
        label=row.label,
        presence=tuple(Presence(each) for each in row.presence),
        reach=Reach(ReachKind(row.reach), row.radius_km, tuple(_zones(connection, row.zones))),
        capacity=quantities_of(row.capacity),
        certificates=None if row.certificates is None else tuple(row.certificates),
        available_from=row.available_from,
        basis=Basis.DECLARED,
        because=f"déclaré par l’organisation le {written(timezone.localdate(row.said_at))}",
    )


def _suppliers(service: Current) -> tuple[Supplier, ...]:
    with service.connection() as connection:
        declared = _by_siret(connection, standing(DeclaredActivity))
        return suppliers_declaring(connection, declared, trades_said)


def _by_siret(
    connection: duckdb.DuckDBPyConnection, rows: QuerySet[DeclaredActivity]
) -> dict[str, tuple[Activity, ...]]:
    found: dict[str, tuple[Activity, ...]] = {}
    for row in rows:
        found[row.siret] = (*found.get(row.siret, ()), activity_of(connection, row))
    return found


def _zones(connection: duckdb.DuckDBPyConnection, selectors: Iterable[str]) -> Iterator[Zone]:
    """Yield the zones that the release still holds: a territory that was merged is one no more."""
    for selector in selectors:
        level, _, code = selector.partition(":")
        try:
            yield zone_of(connection, territory_at(connection, Level(level), code))
        except EssorError:
            continue


def _words() -> dict[str, str]:
    """Return what is said of each organisation (by SIREN) and of each establishment (by SIRET)."""
    said: dict[str, list[str]] = {}
    for activity in standing(DeclaredActivity):
        for key in (activity.siren, activity.siret):
            said.setdefault(key, []).append(f"Déclare : {activity.label}.")
    for offer in current_offers():
        said.setdefault(offer.siren, []).append(f"Offre : {offer.title}. {offer.text}")
    return {key: "\n".join(lines) for key, lines in said.items()}


def _document(index: Index, kind: Kind, number: str) -> list[Document]:
    """Return the document of that number in an index, if it holds one."""
    page = index.search(Query(text=number, kind=kind, size=_SEEN))
    return [hit.document for hit in page.hits if hit.document.id == number]
