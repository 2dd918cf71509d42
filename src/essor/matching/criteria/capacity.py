"""Capacity: whether the activity can give the quantity wanted, where both are in the same unit."""

from datetime import date

from essor.language.quantities import Quantity
from essor.matching.activity import Activity, Supplier
from essor.matching.finding import Finding, Met, Unpublished
from essor.matching.need import Need

# How many of each period a year has; days and hours of work are not said, so they are left out.
_A_YEAR = {"an": 1, "semestre": 2, "trimestre": 4, "mois": 12, "semaine": 52}
_ASK = "Demander au fournisseur sa capacité disponible."


def judge(need: Need, _: Supplier, activity: Activity, _day: date) -> tuple[Finding, ...]:
    """Return the part of the quantity that the activity can give; another unit tells nothing."""
    wanted = need.quantity
    if wanted is None:
        return ()
    if not activity.capacity:
        return (Unpublished(f"Sa capacité (pour {wanted.text}) n’est pas publiée.", _ASK),)
    offered = [each for each in activity.capacity if _is_comparable(each, wanted)]
    if not offered:
        told = ", ".join(each.text for each in activity.capacity)
        what = f"Sa capacité ({told}) ne se compare pas à {wanted.text} : autre unité."
        return (Unpublished(what, _ASK),)
    best = max(offered, key=_yearly)
    share = min(1.0, _yearly(best) / _yearly(wanted)) if wanted.value > 0 else 0.0
    if share == 1.0:
        return (Met(share, f"Sa capacité, {best.text}, suffit pour {wanted.text}."),)
    part = f"{100 * share:.0f} % de {wanted.text}"
    return (Met(share, f"Sa capacité, {best.text}, couvre {part} : à compléter à plusieurs."),)


def _is_comparable(offered: Quantity, wanted: Quantity) -> bool:
    """Return whether both count the same thing, over periods of which a year has so many."""
    if offered.unit != wanted.unit:
        return False
    return offered.period == wanted.period or {offered.period, wanted.period} <= set(_A_YEAR)


def _yearly(quantity: Quantity) -> float:
    return quantity.value * _A_YEAR.get(quantity.period or "", 1)
