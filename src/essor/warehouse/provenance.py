"""Where the data of a release come from: one record a source, present or absent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DateBasis(StrEnum):
    """What the date of a source rests on; the value is what a person reads."""

    MANIFEST = "manifeste du miroir"
    HEADER = "en-tête du serveur"
    FILE_NAME = "nom du fichier"
    CONTENT = "contenu du fichier"
    RETRIEVED = "jour de la récupération"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source as a release holds it. An absent source has no file, no date and no row."""

    name: str
    title: str
    publisher: str
    licence: str
    page: str
    is_present: bool
    file: str | None = None
    published_on: date | None = None
    date_basis: DateBasis | None = None
    retrieved_at: datetime | None = None
    bytes: int | None = None
    sha256: str | None = None
    rows: int | None = None
    is_fictional: bool = False
