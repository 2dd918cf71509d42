import ibis
import pyarrow as pa
from tests.sources.tidied import BACKEND

from essor.sources.conform import conform
from essor.tables.table import Column, Table

TABLE = Table(
    "places",
    "One row per place.",
    ("code",),
    (
        Column("code", "string", "Its code."),
        Column("area_km2", "float64", "Its area.", "km²", nullable=True),
        Column("is_open", "boolean", "Whether it is open.", nullable=True),
    ),
)


def test_rows_get_the_columns_of_the_table_in_its_order_and_types():
    rows = ibis.table({"area_km2": "int64", "more": "string", "code": "string"}, name="rows")

    conformed = conform(rows, TABLE)

    assert conformed.columns == TABLE.names
    assert {name: str(type_) for name, type_ in conformed.schema().items()} == TABLE.types


def test_a_column_that_the_rows_lack_is_unknown():
    rows = ibis.memtable(pa.table({"code": ["A"]}))

    conformed = conform(rows, TABLE)

    assert BACKEND.to_pyarrow(conformed).to_pylist() == [
        {"code": "A", "area_km2": None, "is_open": None}
    ]
