"""How templates write numbers, shares and days, as the observatory does, and others’ forms as ours."""

import math
from datetime import date
from typing import Literal

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from essor.observatory.report import wording
from essor.observatory.typography import day, number
from essor.site.forms import css_class

register = template.Library()

register.filter("valeur", wording.value)
register.filter("bornes", wording.bounds)
register.filter("force", wording.strength)


# A template reads « » where it asks a part of what is not known.
_Number = float | Literal[""] | None


@register.filter
def nombre(value: _Number, decimals: int = 0) -> str:
    """Return a number with fine spaces and a comma; « inconnu » when it is not known."""
    return wording.UNKNOWN if value is None or value == "" else number(value, decimals)


@register.filter
def part(value: _Number) -> str:
    """Return a share as a percentage; « inconnu » when it is not known."""
    return wording.share(None if value == "" else value)


@register.filter
def palier(value: float) -> int:
    """Return the shade of a strength: 0 for none at all, the whole number above otherwise."""
    return math.ceil(value)


@register.filter
def jour(value: date | None) -> str:
    """Return a day in words; « date inconnue » when it is not known."""
    return "date inconnue" if value is None else day(value)


@register.filter
def points(value: float) -> str:
    """Return points in quarters at most: 12,25, 40."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


@register.filter
def habille(field: BoundField) -> SafeString:
    """Return the widget of somebody else's form with the class of the theme."""
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={"class": css_class(field.field.widget)})
