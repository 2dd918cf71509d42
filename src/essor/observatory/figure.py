"""Figures: a value, the bounds it is known within, where it comes from, and what hides it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from essor.observatory.study_figures import StudyFigure
from essor.observatory.typography import SPACE, day
from essor.warehouse.provenance import DateBasis, SourceRecord


class Unit(StrEnum):
    """What a value counts; the value of the enumeration is what a person reads."""

    ORGANISATIONS = "organisations"
    LEGAL_UNITS = "unités légales"
    STAFF = "salariés"
    SHARE = "part"
    TEXT = "texte"


@dataclass(frozen=True, slots=True)
class Mention:
    """A source that a figure rests on, and its date.

    `published_on` is unknown when nothing dates the file; `retrieved_on` then says when it came.
    `date_basis` is what either rests on.
    """

    name: str
    title: str
    publisher: str
    licence: str
    published_on: date | None
    is_fictional: bool
    retrieved_on: date | None = None
    date_basis: DateBasis | None = None

    @property
    def dated(self) -> str:
        """Return the date in words: the publisher's, else the day the file was retrieved."""
        if self.published_on is not None:
            return day(self.published_on)
        if self.retrieved_on is not None:
            return f"récupéré le{SPACE}{day(self.retrieved_on)} (date de publication inconnue)"
        return "date inconnue"


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure; shares go from 0 to 1.

    `value` is unknown when nothing is known, masked (`is_secret`), or not a number (see `text`).
    `lower` and `upper` are unknown when `value` is; where the count is exact they equal it.
    `total` is the number of structures that a share of structures is taken of.
    """

    id: str
    label: str
    unit: Unit
    definition: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    text: str | None = None
    total: int | None = None
    sources: tuple[Mention, ...] = ()
    study: StudyFigure | None = None
    note: str = ""
    is_secret: bool = False
    is_fictional: bool = False


def mention(record: SourceRecord) -> Mention:
    """Return how a figure cites a source: a day of retrieval is not given for its publisher's."""
    is_published = record.date_basis is not DateBasis.RETRIEVED
    return Mention(
        name=record.name,
        title=record.title,
        publisher=record.publisher,
        licence=record.licence,
        published_on=record.published_on if is_published else None,
        is_fictional=record.is_fictional,
        retrieved_on=None if is_published else record.published_on,
        date_basis=record.date_basis,
    )


def mentions(records: Iterable[SourceRecord], names: Iterable[str]) -> tuple[Mention, ...]:
    """Return the mentions of the sources of those names that the release holds."""
    wanted = set(names)
    return tuple(mention(r) for r in records if r.is_present and r.name in wanted)
