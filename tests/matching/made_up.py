"""Needs, suppliers and zones for the tests: what a test does not say is plain and answers."""

from datetime import date

from essor.language.quantities import Quantity
from essor.matching.activity import Activity, Basis, Reach, ReachKind, Status, Supplier
from essor.matching.need import Need, Wanted
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

DAY = date(2026, 11, 23)
GRAND_EST = Zone(Level.REGION, "44", "Grand Est", Point(5.6, 48.7), 57_000, (FRANCE,))
MOSELLE = Zone(Level.DEPARTEMENT, "57", "Moselle", Point(6.6, 49.0), 6_200, ("region:44", FRANCE))
MARNE = Zone(Level.DEPARTEMENT, "51", "Marne", Point(4.2, 48.9), 8_200, ("region:44", FRANCE))
METZ = Zone(
    Level.COMMUNE,
    "57463",
    "Metz",
    Point(6.176, 49.119),
    42,
    ("departement:57", "region:44", FRANCE),
)
NANCY = Zone(
    Level.COMMUNE,
    "54395",
    "Nancy",
    Point(6.184, 48.693),
    15,
    ("departement:54", "region:44", FRANCE),
)
LYON = Zone(
    Level.COMMUNE,
    "69123",
    "Lyon",
    Point(4.835, 45.758),
    48,
    ("departement:69", "region:84", FRANCE),
)
NATIONWIDE = Reach(ReachKind.COUNTRY)


def tonnes(value, period="an"):
    return Quantity(value, "t", period, f"{value:g} t/{period}")


def within(radius_km):
    return Reach(ReachKind.RADIUS, radius_km)


def zones(*served):
    return Reach(ReachKind.ZONES, None, served)


def activity(*trades, **changes):
    return Activity(
        **{"trades": trades or ("38.32Z",), "label": "Tri", "basis": Basis.DECLARED} | changes
    )


def supplier(number=1, place=METZ, *activities, **changes):
    return Supplier(
        **{
            "siret": f"{number:09d}00011",
            "siren": f"{number:09d}",
            "name": f"Atelier {number}",
            "place": place,
            "activities": activities or (activity(),),
        }
        | changes
    )


def status(kind, attested_on=date(2026, 1, 1), **changes):
    return Status(**{"kind": kind, "attested_on": attested_on, "source": "liste"} | changes)


def need(**changes):
    return Need(**{"text": "Recycler", "trades": (Wanted("38.32Z"),)} | changes)
