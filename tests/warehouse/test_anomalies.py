import duckdb
import pyarrow.parquet as pq
from tests.warehouse.frames import frame

from essor.tables.anomalies import ANOMALIES
from essor.warehouse.anomalies import LISTED, Anomaly, Check, Problem, tally, write_anomalies
from essor.warehouse.promises import check_promises

CHECK = Check("siae", "siret", Problem.BAD_LUHN, is_row_kept=False)


def found(*values):
    table = frame({"siret": "string"}, *({"siret": value} for value in values))
    return [(one.value, one.rows) for one in CHECK.found(tally(table.siret))]


def anomaly(rows, value="x", source="siae"):
    return Anomaly(source, "siret", Problem.BAD_LUHN, value, rows, is_row_kept=False)


def written(tmp_path, *anomalies):
    path = tmp_path / "anomalies.parquet"
    write_anomalies(list(anomalies), path)
    return path


def test_values_are_counted_the_most_frequent_first():
    assert found("b", "a", "c", "a", "b", "a") == [("a", 3), ("b", 2), ("c", 1)]


def test_nothing_found_is_no_anomaly():
    assert found() == []


def test_an_anomaly_remembers_what_was_looked_for():
    (one,) = CHECK.found(tally(frame({"siret": "string"}, {"siret": "x"}).siret))

    assert one == anomaly(1)


def test_values_too_many_to_list_are_summed_under_an_empty_value():
    listed = found(*(f"{rank:05d}" for rank in range(LISTED + 7)))

    assert len(listed) == LISTED + 1
    assert listed[-1] == ("", 7)
    assert sum(rows for _, rows in listed) == LISTED + 7


def test_the_table_of_anomalies_keeps_its_promises(tmp_path):
    path = written(tmp_path, *CHECK.found(tally(frame({"v": "string"}, {"v": "x"}).v)))

    assert check_promises(duckdb.connect(), ANOMALIES, path) == 1


def test_a_release_without_anomaly_has_an_empty_table(tmp_path):
    assert check_promises(duckdb.connect(), ANOMALIES, written(tmp_path)) == 0


def test_one_value_met_by_two_checks_is_one_row(tmp_path):
    path = written(tmp_path, anomaly(2), anomaly(3), anomaly(1, source="esat"))

    rows = pq.read_table(path).to_pylist()

    assert [(row["source"], row["rows"]) for row in rows] == [("siae", 5), ("esat", 1)]
