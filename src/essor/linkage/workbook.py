"""Lists kept as Excel workbooks: the rows of the first sheet."""

import io
from collections.abc import Iterator

from essor.errors import InvalidRequestError
from essor.workbooks import UNREADABLE, sheets_of

_ZIP = b"PK\x03\x04"


def is_workbook(held: bytes) -> bool:
    """Return whether the bytes are those of a zip, as every .xlsx is."""
    return held.startswith(_ZIP)


def workbook_rows(held: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rank and the cells of the rows of the first sheet.

    Raises:
        InvalidRequestError: the bytes are not those of a sound .xlsx workbook.
    """
    try:
        yield from sheets_of(io.BytesIO(held))[0].lines()
    except UNREADABLE as error:
        raise InvalidRequestError(
            f"« {name} » n’est pas un classeur .xlsx lisible : enregistrez-le de nouveau, ou en CSV."
        ) from error
