import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from essor.errors import SourceError
from essor.tables.table import Column, Table
from essor.warehouse.promises import check_promises

PLACES = Table(
    name="places",
    meaning="One row per place.",
    key=("siren", "kind"),
    columns=(
        Column("siren", "string", "SIREN."),
        Column("kind", "string", "Kind."),
        Column("staff", "int32", "Staff.", nullable=True),
    ),
)
TYPES = {"siren": pa.string(), "kind": pa.string(), "staff": pa.int32()}


def file(tmp_path, *rows, types=TYPES):
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    arrays = {
        name: pa.array(list(values), kind)
        for (name, kind), values in zip(types.items(), columns, strict=True)
    }
    path = tmp_path / "places.parquet"
    pq.write_table(pa.table(arrays), path, row_group_size=1)
    return path


def test_a_table_that_keeps_its_promises_is_counted(tmp_path):
    path = file(tmp_path, ("1", "ei", 3), ("1", "ea", None), ("2", "ei", 0))

    assert check_promises(duckdb.connect(), PLACES, path) == 3


def test_an_empty_table_keeps_its_promises(tmp_path):
    assert check_promises(duckdb.connect(), PLACES, file(tmp_path)) == 0


def test_a_repeated_key_is_refused(tmp_path):
    path = file(tmp_path, ("1", "ei", 3), ("1", "ei", 4), ("1", "ei", 5))

    with pytest.raises(SourceError, match=r"clé \(siren, kind\) répétée 2 fois"):
        check_promises(duckdb.connect(), PLACES, path)


def test_a_hole_where_none_is_allowed_is_refused(tmp_path):
    path = file(tmp_path, ("1", "ei", 3), (None, "ei", 4), ("3", None, 5), (None, "ea", 5))

    with pytest.raises(SourceError, match=r"colonne siren vide 2 fois, colonne kind vide 1 fois"):
        check_promises(duckdb.connect(), PLACES, path)


def test_a_column_of_another_type_is_refused(tmp_path):
    path = file(tmp_path, ("1", "ei", 3), types=TYPES | {"staff": pa.int64()})

    with pytest.raises(SourceError, match="BIGINT"):
        check_promises(duckdb.connect(), PLACES, path)


def test_columns_in_another_order_are_refused(tmp_path):
    shuffled = {"kind": pa.string(), "siren": pa.string(), "staff": pa.int32()}

    with pytest.raises(SourceError, match="colonnes"):
        check_promises(duckdb.connect(), PLACES, file(tmp_path, ("ei", "1", 3), types=shuffled))


def test_the_refusal_says_what_stays_and_what_to_do(tmp_path):
    path = file(tmp_path, ("1", "ei", 3), ("1", "ei", 4))

    with pytest.raises(SourceError) as refusal:
        check_promises(duckdb.connect(), PLACES, path)

    assert "la version en service reste la même" in str(refusal.value)
    assert "essor sources" in str(refusal.value)
