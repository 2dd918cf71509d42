"""What addresses are made of: a level of territory, a SIREN."""

from essor.territory.level import Level


class LevelConverter:
    """A level, written as in the selector of a territory: « departement », « zone-emploi »."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> Level:
        """Return the level; another word leads nowhere (ValueError: no such page)."""
        return Level(value.replace("-", "_"))

    def to_url(self, value: Level) -> str:
        """Return the level as an address writes it."""
        return Level(value).value.replace("_", "-")


class SirenConverter:
    """Nine digits; whether they are a SIREN is for the page to say."""

    regex = "[0-9]{9}"

    def to_python(self, value: str) -> str:
        """Return the digits."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digits."""
        return value
