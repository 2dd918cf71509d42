import builtins

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from essor.errors import EngineError
from essor.tables.table import Column, Table
from essor.warehouse.engine import start_engine
from essor.warehouse.promises import check_promises

COUNTS = Table(
    name="counts",
    meaning="One row per commune.",
    key=("commune",),
    columns=(
        Column("commune", "string", "Commune."),
        Column("units", "int64", "Units."),
        Column("staff", "int32", "Staff.", nullable=True),
    ),
)


@pytest.fixture
def engine(tmp_path):
    with start_engine("duckdb", tmp_path) as started:
        yield started


@pytest.fixture
def stock(tmp_path):
    path = tmp_path / "stock.parquet"
    pq.write_table(pa.table({"commune": ["57463", "57463", "59350"], "units": [1, 2, 4]}), path)
    return path


def test_an_unknown_engine_is_refused_with_those_that_exist(tmp_path):
    with (
        pytest.raises(EngineError, match=r"« pandas »\. Choisissez parmi : duckdb, spark"),
        start_engine("pandas", tmp_path),
    ):
        pass


def test_spark_that_is_not_installed_is_said_with_what_to_install(tmp_path, monkeypatch):
    importing = builtins.__import__

    def without_spark(name, *arguments, **options):
        if name.startswith("pyspark"):
            raise ImportError(name)
        return importing(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_spark)

    with (
        pytest.raises(EngineError, match=r"pip install 'essor\[spark\]'.*Java 17"),
        start_engine("spark", tmp_path),
    ):
        pass


def test_the_engine_says_its_name_and_the_versions_that_work(engine):
    assert engine.name == "duckdb"
    assert engine.versions == {
        "duckdb": duckdb.__version__,
        "ibis-framework": ibis.__version__,
    }


def test_what_is_staged_is_computed_once(engine, stock):
    staged = engine.stage("units", engine.read(stock).filter(ibis._.units > 1))
    engine.wait()
    stock.unlink()

    assert staged.count().to_pyarrow().as_py() == 2


def test_two_things_staged_under_one_name_are_two_tables(engine, stock):
    read = engine.read(stock)
    few, many = (engine.stage("units", read.filter(ibis._.units > least)) for least in (1, 0))
    engine.wait()

    assert few.count().to_pyarrow().as_py() < many.count().to_pyarrow().as_py()


def test_what_is_gathered_is_read_by_the_statement_that_wants_it(engine, stock):
    read = engine.read(stock)
    gathered = engine.once("units", read.filter(read.units > 1))

    rows = engine.ask(gathered.aggregate(rows=ibis._.count()))
    units = engine.ask(gathered.aggregate(units=gathered.units.sum()))

    assert (rows(), units()) == ([{"rows": 2}], [{"units": 6}])


def test_a_question_is_answered_after_what_was_staged_before_it(engine, stock):
    staged = engine.stage("units", engine.read(stock).filter(ibis._.units > 1))

    answer = engine.ask(staged.aggregate(rows=ibis._.count(), units=staged.units.sum()))

    assert answer() == [{"rows": 2, "units": 6}]


def test_a_question_that_cannot_be_answered_says_why_to_whoever_waits(engine, stock):
    read = engine.read(stock)
    wrong = read.mutate(number=read.commune.concat("x").cast("int64"))

    answer = engine.ask(wrong.aggregate(total=wrong.number.sum()))

    with pytest.raises(duckdb.ConversionException):
        engine.wait()
    with pytest.raises(duckdb.ConversionException):
        answer()


def test_sums_are_written_with_the_types_of_the_table(engine, stock, tmp_path):
    read = engine.read(stock)
    sums = read.group_by("commune").aggregate(
        units=read.units.sum(), staff=read.units.max().cast("int32")
    )

    written = engine.write(sums, COUNTS, tmp_path / "counts.parquet")
    engine.wait()

    assert check_promises(duckdb.connect(), COUNTS, tmp_path / "counts.parquet") == 2
    assert written.schema() == ibis.schema(COUNTS.types)
    assert written.order_by("commune").to_pyarrow().to_pylist() == [
        {"commune": "57463", "units": 3, "staff": 2},
        {"commune": "59350", "units": 4, "staff": 4},
    ]


def test_an_apostrophe_in_a_folder_is_no_obstacle(engine, stock, tmp_path):
    folder = tmp_path / "l'atelier"
    folder.mkdir()
    rows = engine.read(stock).limit(1).mutate(staff=ibis.null("int32"))

    engine.write(rows, COUNTS, folder / "counts.parquet")
    engine.wait()

    assert check_promises(duckdb.connect(), COUNTS, folder / "counts.parquet") == 1


def test_no_extension_is_fetched_from_the_network(engine):
    setting = "SELECT current_setting('autoinstall_known_extensions')"

    assert engine.backend.raw_sql(setting).fetchall() == [(False,)]
