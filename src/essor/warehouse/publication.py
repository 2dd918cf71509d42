"""When a publisher's file was published, from the best clue there is."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from essor.warehouse.provenance import DateBasis

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
# From the most precise to the least: 2026-03-04 or 20260304, 2026-03, 2020.
_PERIODS = (
    re.compile(rf"{_YEAR}(?P<dash>[-_]?){_MONTH}(?P=dash){_DAY}(?!\d)"),
    re.compile(rf"{_YEAR}[-_]{_MONTH}(?!\d)"),
    re.compile(rf"{_YEAR}(?!\d)"),
)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class DateClues:
    """What says when a file was published: a mirror's manifest, a server's header, a name."""

    manifest: str | None = None
    last_modified: str | None = None
    file_name: str | None = None


def published_on(clues: DateClues, retrieved_on: date) -> tuple[date, DateBasis]:
    """Return the day a file was published, never after the day it was retrieved, and its basis."""
    readings = (
        (DateBasis.MANIFEST, period_end(clues.manifest or "", retrieved_on)),
        (DateBasis.HEADER, _header_day(clues.last_modified)),
        (DateBasis.FILE_NAME, period_end(clues.file_name or "", retrieved_on)),
    )
    for basis, day in readings:
        if day is not None:
            return min(day, retrieved_on), basis
    return retrieved_on, DateBasis.RETRIEVED


def period_end(text: str, today: date) -> date | None:
    """Return the last day of the latest day, month or year written in `text`, at most `today`.

    The most precise writing wins; a period that has not begun today is no clue.
    """
    for period in _PERIODS:
        spans = [_span(found) for found in period.finditer(text)]
        ends = [end for start, end in spans if start <= today]
        if ends:
            return min(max(ends), today)
    return None


def _span(found: re.Match[str]) -> tuple[date, date]:
    parts = found.groupdict()
    year = int(parts["year"])
    first_month, last_month = int(parts.get("month") or 1), int(parts.get("month") or _DECEMBER)
    length = calendar.monthrange(year, last_month)[1]
    first_day, last_day = int(parts.get("day") or 1), int(parts.get("day") or length)
    start = date(year, first_month, min(first_day, length))
    return start, date(year, last_month, min(last_day, length))


def _header_day(value: str | None) -> date | None:
    try:
        return parsedate_to_datetime(value).date() if value else None
    except ValueError:
        return None
