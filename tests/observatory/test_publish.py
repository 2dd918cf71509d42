"""What is kept beside a release is written with it, from its own tables."""

import duckdb
import pytest
from tests.matching.register import registered

from essor.matching.keeping import keep
from essor.matching.kept import open_kept
from essor.observatory.publish import derive
from essor.tables.catalogue import TABLES


@pytest.fixture
def built(tmp_path):
    """Return the folder of a release of which only the tables are written."""
    (tmp_path / "tables").mkdir()
    with registered() as connection:
        for table in TABLES:
            path = tmp_path / "tables" / f"{table.name}.parquet"
            connection.table(table.name).write_parquet(str(path))
    return tmp_path


def test_a_release_keeps_the_pool_of_its_suppliers_when_asked(built):
    derive(built, kept=(keep,))

    pool = open_kept(built)

    assert pool is not None
    assert len(pool) == 6


def test_a_release_without_indexes_has_the_tables_of_the_observatory_alone(built):
    derive(built, kept=())

    assert {each.name for each in built.iterdir()} == {"tables", "derived"}
    members = f"{built}/derived/observatory/members.parquet"
    assert duckdb.read_parquet(members).fetchall()
