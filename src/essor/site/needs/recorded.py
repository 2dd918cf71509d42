"""The answer that a need had when it was last corrected: kept with it, and given again to be compared."""

from functools import cache

from pydantic import TypeAdapter

from essor.errors import NoReleaseError
from essor.home import home
from essor.matching.answer import Answer, answer
from essor.matching.match import CRITERIA_VERSION
from essor.matching.naming import trades_said
from essor.matching.need import Need
from essor.matching.record import (
    Record,
    Replayed,
    compared,
    gone,
    ranking_of,
    refuse_other_criteria,
)
from essor.matching.reservation import Reserved
from essor.release.opened import open_release
from essor.site.asking import Asked, answer_of, labels_of
from essor.site.current import Current
from essor.site.needs.models import Posting

_RANKS = 200
"""Ranks that are kept: nobody reads beyond, and the answer is compared as far."""


def recorded(found: Answer) -> object:
    """Return an answer as a need keeps it."""
    ranking = ranking_of(found.matches[:_RANKS])
    record = Record(0, found.need, found.release, CRITERIA_VERSION, found.day, ranking)
    return _adapter().dump_python(record, mode="json")


def record_of(posting: Posting) -> Record:
    """Return the answer that a need keeps, under the number of the need."""
    return _adapter().validate_python({**posting.record, "number": posting.pk or 0})


def understood(posting: Posting) -> Need:
    """Return the need as it was understood; its reference tells it from one that is worded alike."""
    need: Need = _need_adapter().validate_python(
        {**posting.record["need"], "reference": f"besoin:{posting.pk}"}
    )
    return need


def trades_of(service: Current, need: Need) -> list[tuple[str, str]]:
    """Return the trades that a need asks: the code of each, and what it is called."""
    codes = [wanted.code for wanted in need.trades]
    with service.connection() as connection:
        labels = labels_of(connection, codes)
    return [(code, labels.get(code, code)) for code in codes]


def asked_of(posting: Posting) -> Asked:
    """Return the need as its author typed it."""
    return Asked(
        text=posting.text,
        place=posting.place,
        radius_km=posting.radius_km,
        quantity=posting.quantity,
        deadline=posting.deadline,
        reserved=Reserved(posting.reserved) if posting.reserved else None,
        kept=tuple(posting.kept),
    )


def replayed(service: Current, posting: Posting) -> Replayed:
    """Return the answer given again, of the same release by the same criteria on the same day.

    What organisations declare is that of today: an answer of a former release is given without it.

    Raises:
        InvalidRequestError: this version of Essor has other criteria.
        NoReleaseError: the release of that day is kept no longer.
    """
    record = record_of(posting)
    refuse_other_criteria(record)
    if record.release == service.manifest.number:
        with service.connection() as connection:
            found = answer_of(service, connection, record.need, record.day)
        return compared(record, found.matches)
    try:
        release = open_release(home(), record.release)
    except NoReleaseError:
        raise gone(record) from None
    with release.connect() as connection:
        found = answer(connection, record.need, record.day, record.release, trades_said)
    return compared(record, found.matches)


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


@cache
def _need_adapter() -> TypeAdapter[Need]:
    return TypeAdapter(Need)
