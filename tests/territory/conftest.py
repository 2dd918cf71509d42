"""The small country, and the real one, each opened once."""

import ibis
import pyarrow as pa
import pytest
from tests.sources.tidied import tidied_mirror
from tests.territory.small_country import opened, staged

from essor.sources import (
    communes,
    communes_anciennes,
    departements,
    epci,
    regions,
    territoires_industrie,
    zones_emploi,
)

REAL = {
    "communes": communes,
    "epci": epci,
    "departements": departements,
    "regions": regions,
    "zones_emploi": zones_emploi,
    "territoires_industrie": territoires_industrie,
    "former_communes": communes_anciennes,
}


@pytest.fixture(scope="session")
def country():
    with opened() as connection:
        yield connection


@pytest.fixture(scope="session")
def real_country(mirror, tmp_path_factory):
    """Return a connection with the tables of the real territories, neighbours apart."""
    workdir = tmp_path_factory.mktemp("real_country")
    tables = {
        name: ibis.memtable(pa.Table.from_pylist(tidied_mirror(module, mirror, workdir)))
        for name, module in REAL.items()
    }
    with opened({**staged(), **tables, "voisinages": None}) as connection:
        yield connection
