import pytest
from tests.search.small_register import register

from essor.search.build import build_index
from essor.search.index import open_index


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A release's folder that holds the index of the small register."""
    release = tmp_path_factory.mktemp("release")
    build_index(release, register())
    return release


@pytest.fixture(scope="session")
def index(folder):
    return open_index(folder)
