"""How templates write numbers, shares and days: as the observatory does."""

from datetime import date

from django import template

from essor.observatory.report import wording
from essor.observatory.typography import day, number

register = template.Library()

register.filter("part", wording.share)
register.filter("valeur", wording.value)
register.filter("bornes", wording.bounds)


@register.filter
def nombre(value: float | None, decimals: int = 0) -> str:
    """Return a number with fine spaces and a comma; « inconnu » when it is not known."""
    return wording.UNKNOWN if value is None else number(value, decimals)


@register.filter
def jour(value: date | None) -> str:
    """Return a day in words; « date inconnue » when it is not known."""
    return "date inconnue" if value is None else day(value)


@register.filter
def points(value: float) -> str:
    """Return points in quarters at most: 12,25, 40."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
