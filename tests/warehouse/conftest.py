"""What the tests of a synchronisation are given: a publisher, a mirror, an empty shelf."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.loopback import Publisher, publishing
from tests.warehouse.shelves import CONTENT, PATH, write

from essor.home import Home
from essor.warehouse.downloads import Shelf, open_shelf, shelf_of


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    write(tmp_path / "published" / PATH, CONTENT)
    with publishing(tmp_path / "published") as publisher:
        yield publisher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "mirror" / PATH, CONTENT)
    return tmp_path / "mirror"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = shelf_of(Home(tmp_path / "home"), "siae")
    open_shelf(shelf)
    return shelf
