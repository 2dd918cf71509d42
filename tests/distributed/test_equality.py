"""Spark, in local mode, gives row for row the tables that DuckDB gives of the real mirror."""

import importlib.util
import os
import shutil

import duckdb
import pytest

from essor.home import Home
from essor.sources.catalogue import SOURCES
from essor.tables.catalogue import TABLES
from essor.warehouse.build import build_tables
from essor.warehouse.sync import sync

# Py4J and PySpark leave sockets and deprecations behind them, which are not ours to mend.
pytestmark = [
    pytest.mark.distributed,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def builds(mirror, tmp_path_factory, request):
    """Build the mirror once with each engine; return the folder of each one's tables."""
    _require_spark(request.config.option.markexpr)
    folder = tmp_path_factory.mktemp("engines")
    home = Home(folder / "home")
    sync(SOURCES, home, from_dir=mirror)
    return {
        engine: (build_tables(home, folder / engine, engine), folder / engine / "tables")
        for engine in ("duckdb", "spark")
    }


def _require_spark(asked):
    missing = [name for name in ("pyspark", "pandas") if not importlib.util.find_spec(name)]
    missing += [] if shutil.which("java") else ["Java 17"]
    if not missing:
        return
    reason = f"il manque {', '.join(missing)} : lancez « make test-distributed »"
    if os.environ.get("CI") == "true" and asked == "distributed":
        pytest.fail(reason)
    pytest.skip(reason)


def _rows_missing(left, right):
    query = (
        "SELECT count(*) FROM "
        "(SELECT * FROM read_parquet(?) EXCEPT ALL SELECT * FROM read_parquet(?))"
    )
    with duckdb.connect() as connection:
        ((missing,),) = connection.execute(query, [str(left), str(right)]).fetchall()
        return missing


def _columns(path):
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)])
        return [row[:2] for row in described.fetchall()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_engines_give_the_same_rows(builds, table):
    by_duckdb, by_spark = (
        builds[engine][1] / f"{table.name}.parquet" for engine in ("duckdb", "spark")
    )

    assert _columns(by_spark) == _columns(by_duckdb)
    assert _rows_missing(by_duckdb, by_spark) == 0
    assert _rows_missing(by_spark, by_duckdb) == 0


def test_the_tables_compared_are_not_empty(builds):
    rows = dict(builds["spark"][0].tables)

    assert rows["organisations"] > 10_000
    assert rows["establishments"] > 10_000
    assert rows["statuses"] > 1_000


def test_both_engines_count_the_same_anomalies(builds):
    assert sorted(builds["spark"][0].anomalies, key=str) == sorted(
        builds["duckdb"][0].anomalies, key=str
    )


def test_the_engine_that_built_says_its_versions(builds):
    assert set(builds["spark"][0].versions) == {"essor", "pyspark", "ibis-framework"}
