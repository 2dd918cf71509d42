import duckdb
import pytest
from benchmarks.search_population import generate
from benchmarks.search_speed import _queries

from essor.language.knowledge import knowledge_of
from essor.search.build import build_index
from essor.search.document import Kind
from essor.search.index import open_index
from essor.search.query import Query


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect()
    generate(connection, 2_000)
    return connection


@pytest.fixture(scope="module")
def index(connection, tmp_path_factory):
    folder = tmp_path_factory.mktemp("population")
    build_index(folder, connection)
    return open_index(folder)


def test_every_organisation_generated_is_indexed_with_its_establishment(index):
    assert index.search(Query()).total == 2_000
    assert index.search(Query(kind=Kind.ESTABLISHMENT)).total == 2_000


def test_the_population_is_the_same_each_time(connection):
    again = duckdb.connect()
    generate(again, 2_000)

    rows = "SELECT * FROM organisations ORDER BY siren"
    assert connection.execute(rows).fetchall() == again.execute(rows).fetchall()


def test_the_nomenclature_is_whole_so_that_requests_are_read(connection):
    assert len(knowledge_of(connection).codes) == 732


def test_the_queries_measured_are_the_same_each_time_and_most_have_answers(index):
    first, second = list(_queries(60)), list(_queries(60))

    assert first == second
    assert len({query.text for query in first}) > 40
    assert sum(index.search(query).total > 0 for query in first) > 30
