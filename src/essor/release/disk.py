"""The disk that refuses what DuckDB writes: said as one sentence, like every other refusal."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from essor.warehouse.disk import writing_in

# DuckDB repeats the system's words, not its number; the third is its own limit on spilled data:
# https://duckdb.org/docs/stable/configuration/pragmas#temp-directory-for-spilling-data-to-disk
_NUMBERS = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.EDQUOT,
    "max_temp_directory_size": errno.ENOSPC,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
}


@contextmanager
def building_in(folder: Path) -> Iterator[None]:
    """Turn a refusal of the disk, whoever met it while building in `folder`, into a sentence.

    Raises:
        DiskError: the disk is full, read-only, or the folder is not ours to write.
    """
    with writing_in(folder):
        try:
            yield
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            number = next((number for words, number in _NUMBERS.items() if words in str(error)), 0)
            if not number:
                raise
            raise OSError(number, str(error)) from error
