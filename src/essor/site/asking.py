"""A need as people and programs say it to the site, and the answer it gets."""

from dataclasses import dataclass
from datetime import date, datetime

from essor.language.understanding import understand
from essor.matching.answer import Answer, answer
from essor.matching.asking import Conditions, need_of, zone_of
from essor.matching.naming import trades_said
from essor.matching.reservation import Reserved
from essor.site.current import Current
from essor.territory.lookup import look_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A need as typed; None and empty were not said. The radius is in kilometres."""

    text: str
    place: str = ""
    radius_km: float | None = None
    quantity: str = ""
    deadline: date | None = None
    reserved: Reserved | None = None


def answered(service: Current, asked: Asked) -> Answer:
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
        need = need_of(asked.text, understand(asked.text, service.reader), conditions)
        return answer(connection, need, today(), service.manifest.number, trades_said)


def today() -> date:
    """Return the day of the person who asks."""
    return datetime.now().astimezone().date()
