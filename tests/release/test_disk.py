import errno

import duckdb
import pytest

from essor.errors import DiskError
from essor.release.disk import building_in


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_what_the_system_refuses_is_a_sentence(tmp_path, number):
    with pytest.raises(DiskError, match=str(tmp_path)), building_in(tmp_path):
        raise OSError(number, "refused")


@pytest.mark.parametrize(
    "refusal",
    [
        duckdb.IOException('IO Error: Could not write file "x": No space left on device'),
        duckdb.IOException('IO Error: Cannot open file "x": Read-only file system'),
        duckdb.OutOfMemoryException("failed to offload: … set max_temp_directory_size='1GB'"),
    ],
)
def test_what_duckdb_is_refused_is_a_sentence(tmp_path, refusal):
    with pytest.raises(DiskError, match=str(tmp_path)), building_in(tmp_path):
        raise refusal


def test_a_full_disk_met_by_duckdb_itself_is_a_sentence(tmp_path):
    with pytest.raises(DiskError, match="plein"), building_in(tmp_path):
        duckdb.sql("COPY (SELECT range FROM range(1000000)) TO '/dev/full' (FORMAT csv)")


def test_any_other_error_is_left_to_crash(tmp_path):
    with pytest.raises(duckdb.IOException), building_in(tmp_path):
        duckdb.sql("SELECT * FROM read_parquet('/nowhere/at/all.parquet')")

    with pytest.raises(FileNotFoundError), building_in(tmp_path):
        (tmp_path / "nowhere").read_text()
