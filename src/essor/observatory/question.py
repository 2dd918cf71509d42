"""Questions: which territory, which perimeter, and along what the answer is broken down."""

from dataclasses import dataclass

from essor.observatory.perspective import By, Perimeter
from essor.territory.containment import filter_sql
from essor.territory.level import Level
from essor.territory.territories import Territory

_PARTS = {
    Level.FRANCE: Level.REGION,
    Level.REGION: Level.DEPARTEMENT,
    Level.DEPARTEMENT: Level.EPCI,
}
"""The level just below, where it is not the commune."""


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a territory, as an answer repeats it."""

    level: Level
    code: str
    name: str


FRANCE = Place(Level.FRANCE, "FR", "France")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a release; no territory is France.

    `level` is that of the parts, when they are territories.
    """

    territory: Territory | None = None
    perimeter: Perimeter = Perimeter.P1
    by: By | None = None
    level: Level | None = None

    @property
    def place(self) -> Place:
        """Return where it is about."""
        if self.territory is None:
            return FRANCE
        return Place(self.territory.level, self.territory.code, self.territory.name)

    @property
    def is_national(self) -> bool:
        """Return whether it is about the whole of France."""
        return self.place.level is Level.FRANCE

    @property
    def condition(self) -> tuple[str, list[str]]:
        """Return the SQL condition, and its parameters, on the rows placed where it is about."""
        return ("true", []) if self.territory is None else filter_sql(self.territory)

    @property
    def parts(self) -> Level:
        """Return the level of the territories that the place is broken down into."""
        return self.level or _PARTS.get(self.place.level, Level.COMMUNE)
