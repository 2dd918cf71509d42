"""The release in service, opened once a process, and anew when another comes in service.

Requests that began on a release end on it: what they hold stays open until they let it go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

import duckdb

from essor.home import home
from essor.language.naf import Reader, open_reader
from essor.matching.prepared import prepare as prepare_suppliers
from essor.observatory.atlas import Atlas, read_atlas
from essor.observatory.dashboard import Dashboard, read_dashboard
from essor.observatory.perspective import By, Perimeter
from essor.observatory.prepared import prepare as prepare_figures
from essor.observatory.question import Question
from essor.observatory.report.contents import Edition
from essor.observatory.view import View, read_drawings, read_view
from essor.release.manifest import Manifest
from essor.release.opened import Release, open_release
from essor.release.store import current
from essor.search.index import Index, open_index
from essor.territory.level import Level
from essor.territory.territories import territory_at

CONTOURS = "contours"

_KEPT = 64
"""Territories kept in memory, whose pages are asked for again and again."""


_SMALL = (
    "communes",
    "former_communes",
    "legal_categories",
    "naf",
    "staff_bands",
    "territories",
    "attesters",
    "industry",
    "members",
    "structures",
)
"""Tables that nearly every page asks: they are kept in memory."""


class Current:
    """A release open for every thread of the process; the index and the reader, once they are asked."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._connection = release.connect(threads=1, kept=_SMALL)
        self._opening = Lock()
        self.place = lru_cache(_KEPT)(self._place)
        self.drawings = lru_cache(_KEPT)(self._drawings)
        self.atlas = lru_cache(_KEPT)(self._atlas)
        self.dashboard = lru_cache(_KEPT)(self._dashboard)
        prepare_figures(self._connection)
        prepare_suppliers(self._connection)

    @property
    def manifest(self) -> Manifest:
        """Return what the release holds."""
        return self._release.manifest

    @property
    def folder(self) -> Path:
        """Return where the release is."""
        return self._release.folder

    @property
    def edition(self) -> Edition:
        """Return the release as a report cites it."""
        contours = self.folder / CONTOURS
        return Edition(
            number=self.manifest.number,
            built_on=self.manifest.built_at.date(),
            sources=self.manifest.sources,
            is_fictional=self.manifest.is_fictional,
            contours=contours if contours.is_dir() else None,
        )

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor of one's own on the tables of the release."""
        with self._connection.cursor() as cursor:
            yield cursor

    @property
    def index(self) -> Index:
        """Return the search index, opened at the first search."""
        with self._opening:
            return self._index

    @property
    def reader(self) -> Reader:
        """Return the reader of activities, opened at the first need."""
        with self._opening:
            return self._reader

    def _place(self, level: Level, code: str, perimeter: Perimeter) -> View:
        with self.connection() as connection:
            territory = territory_at(connection, level, code)
            return read_view(connection, territory, perimeter, self.edition)

    def _drawings(self, level: Level, code: str, perimeter: Perimeter) -> dict[str, str]:
        view = self.place(level, code, perimeter)
        with self.connection() as connection:
            return read_drawings(connection, view, perimeter, self.edition)

    def _atlas(self, level: Level, code: str, perimeter: Perimeter, parts: Level) -> Atlas:
        with self.connection() as connection:
            territory = territory_at(connection, level, code)
            return read_atlas(connection, Question(territory, perimeter, By.TERRITORY, parts))

    def _dashboard(self, level: Level, code: str) -> Dashboard:
        with self.connection() as connection:
            return read_dashboard(connection, territory_at(connection, level, code), self.edition)

    @cached_property
    def _index(self) -> Index:
        return open_index(self.folder)

    @cached_property
    def _reader(self) -> Reader:
        return open_reader(self.folder)


class _Switchboard:
    """Which service answers now."""

    def __init__(self) -> None:
        self._switching = Lock()
        self._service: Current | None = None

    def service(self) -> Current:
        here = home()
        with self._switching:
            if self._service is None or self._service.manifest.number != current(here):
                self._service = Current(open_release(here))
            return self._service


_SWITCHBOARD = _Switchboard()


def in_service() -> Current:
    """Return the release in service, ready to answer.

    Raises:
        NoReleaseError: nothing has been built yet.
        BrokenReleaseError: its files are not those of its manifest.
    """
    return _SWITCHBOARD.service()
