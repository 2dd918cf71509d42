"""A need as people and programs say it to the site, and the answer it gets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import duckdb

from essor.language.understanding import understand
from essor.matching.answer import Answer
from essor.matching.answer import answered as answered_among
from essor.matching.asking import Conditions, need_of, zone_of
from essor.matching.declared import overlaid
from essor.matching.naming import trades_said
from essor.matching.need import Need, refuse_contradictions
from essor.matching.reservation import Reserved
from essor.matching.suppliers import candidates
from essor.site.current import Current
from essor.site.offers.live import overlay
from essor.site.timing import MATCH_SECONDS
from essor.territory.lookup import look_up

_LABELS = "SELECT code, label FROM naf WHERE list_contains($1, code)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A need as typed; None and empty were not said. The radius is in kilometres.

    Of the trades read in the text, only those of `kept` are asked, once there are some.
    """

    text: str
    place: str = ""
    radius_km: float | None = None
    quantity: str = ""
    deadline: date | None = None
    reserved: Reserved | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A trade read in the text: its code, its label, the words that said it, whether it is asked."""

    code: str
    label: str
    because: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The answer, and every trade that was read, asked or not."""

    answer: Answer
    trades: tuple[Understood, ...]


@MATCH_SECONDS.time()
def answered(service: Current, asked: Asked) -> Told:
    """Return who can answer on this day, with reasons; nothing of it is kept.

    Raises:
        InvalidRequestError: no trade is understood, or conditions contradict one another.
        UnknownTerritoryError, AmbiguousTerritoryError: of the place.
    """
    with service.connection() as connection:
        place = asked.place.strip()
        conditions = Conditions(
            place=zone_of(connection, look_up(connection, place).territory) if place else None,
            radius_km=asked.radius_km,
            quantity=asked.quantity,
            deadline=asked.deadline,
            reserved_under=asked.reserved,
        )
        read = need_of(asked.text, understand(asked.text, service.reader), conditions)
        need = _narrowed(read, asked.kept)
        found = answer_of(service, connection, need, today())
        return Told(found, _understood(connection, read, need))


def answer_of(
    service: Current, connection: duckdb.DuckDBPyConnection, need: Need, day: date
) -> Answer:
    """Return who answers on that day in the release in service, and in what members publish.

    Raises:
        InvalidRequestError: conditions of the need contradict one another.
    """
    refuse_contradictions(need, day)
    read = overlaid(candidates(connection, need, trades_said), need, overlay(service).suppliers)
    return answered_among(need, read, day, service.manifest.number)


def labels_of(connection: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> dict[str, str]:
    """Return what these trades are called, by their code; a code that is no activity has no name."""
    return dict(connection.execute(_LABELS, [codes]).fetchall())


def _narrowed(need: Need, kept: tuple[str, ...]) -> Need:
    """Return the need of the trades kept alone; codes that the text does not say count for nothing."""
    trades = tuple(wanted for wanted in need.trades if wanted.code in kept)
    return replace(need, trades=trades) if trades else need


def _understood(
    connection: duckdb.DuckDBPyConnection, read: Need, asked: Need
) -> tuple[Understood, ...]:
    labels = labels_of(connection, [wanted.code for wanted in read.trades])
    is_asked = {wanted.code for wanted in asked.trades}
    return tuple(
        Understood(each.code, labels.get(each.code, each.code), each.because, each.code in is_asked)
        for each in read.trades
    )


def today() -> date:
    """Return the day of the person who asks."""
    return datetime.now().astimezone().date()
