"""How templates write numbers, shares and days, as the observatory does, and others’ forms as ours."""

from datetime import date

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from essor.observatory.report import wording
from essor.observatory.typography import day, number
from essor.site.forms import css_class

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


@register.filter
def habille(field: BoundField) -> SafeString:
    """Return the widget of somebody else's form with the class of the theme."""
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={"class": css_class(field.field.widget)})
