"""How numbers and days are written for French eyes: fine spaces, commas, percentages."""

from datetime import date

FINE_SPACE = "\u202f"
SPACE = "\u00a0"
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def number(value: float, decimals: int = 0) -> str:
    """Return `1 367` for 1367, with fine non-breaking spaces and a decimal comma."""
    return f"{value:,.{decimals}f}".replace(",", FINE_SPACE).replace(".", ",")


def counted(count: int, noun: str) -> str:
    """Return `1 organisation` or `1 367 organisations`: a count and its noun."""
    return f"{number(count)}{SPACE}{noun}{'s' if count > 1 else ''}"


def percentage(share: float, decimals: int = 1) -> str:
    """Return `66,7 %` for the share 0.667."""
    return f"{number(100 * share, decimals)}{SPACE}%"


def day(value: date) -> str:
    """Return `1er janvier 2024` for that day, with non-breaking spaces."""
    rank = "1er" if value.day == 1 else str(value.day)
    return f"{rank}{SPACE}{_MONTHS[value.month - 1]}{SPACE}{value.year}"
