"""Reach: whether an activity is offered in a zone, by what its supplier declares and where it is."""

from dataclasses import dataclass
from enum import StrEnum

from essor.matching.activity import Activity, ReachKind, Supplier
from essor.matching.zone import Zone, concern, gap_km, is_inside


class Serves(StrEnum):
    """The answer: it serves the zone, it does not, or nothing says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Served:
    """The answer, and the French clause that says what it rests on."""

    answer: Serves
    because: str


def served(supplier: Supplier, activity: Activity, zone: Zone) -> Served:
    """Return whether the activity is offered in `zone`; being established there is enough."""
    if supplier.place is not None and is_inside(supplier.place, zone):
        return Served(Serves.YES, f"établi sur place ({supplier.place.name})")
    reach = activity.reach
    if reach.kind is ReachKind.COUNTRY:
        return Served(Serves.YES, "intervient dans tout le pays")
    if reach.kind is ReachKind.RADIUS and reach.radius_km is not None:
        return _by_radius(supplier, reach.radius_km, zone)
    if reach.kind is ReachKind.ZONES and reach.zones:
        return _by_zones(reach.zones, zone)
    return Served(Serves.UNKNOWN, "sa zone d’intervention n’est pas publiée")


def _by_radius(supplier: Supplier, radius_km: float, zone: Zone) -> Served:
    gap = None if supplier.place is None else gap_km(supplier.place, zone)
    if gap is None:
        return Served(
            Serves.UNKNOWN, f"intervient à {radius_km:g} km à la ronde, d’un lieu inconnu"
        )
    told = f"intervient à {radius_km:g} km à la ronde et {zone.name} est à {gap:.0f} km"
    return Served(Serves.YES if gap <= radius_km else Serves.NO, told)


def _by_zones(zones: tuple[Zone, ...], zone: Zone) -> Served:
    declared = next((each for each in zones if concern(each, zone)), None)
    if declared is None:
        names = ", ".join(each.name for each in zones)
        return Served(Serves.NO, f"n’intervient que dans : {names}")
    if declared.selector == zone.selector:
        return Served(Serves.YES, f"intervient dans {zone.name}")
    if is_inside(zone, declared):
        return Served(Serves.YES, f"intervient dans {declared.name}, qui contient {zone.name}")
    return Served(Serves.YES, f"intervient dans {declared.name}, qui est dans {zone.name}")
