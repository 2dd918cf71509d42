"""Fictional suppliers and needs, always the same, as the « Marché de l'inclusion » lists them and as Essor does."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from benchmarks.search_population import SEED
from essor.matching.marche import Listed, Offer, Perimeter, Popularity, Range, Request
from essor.matching.need import Need, Wanted
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import Point
from essor.territory.level import Level

KINDS = ("AI", "ACI", "EI", "ETTI", "EA", "ESAT", "GEIQ", "OPCS")
MODES = ("staff", "service", "making")
_RANGES = (Range.COUNTRY, Range.RADIUS, Range.RADIUS, Range.RADIUS, Range.ZONES, Range.UNSET)
_RADII = (10.0, 30.0, 50.0, 100.0, 200.0)
_CHOOSY, _OPEN, _AROUND = 0.2, 0.5, 0.5
"""Shares of the needs that want a kind of structure, welcome who serves the country, draw a circle."""

_LEVELS = {"city": Level.COMMUNE, "department": Level.DEPARTEMENT, "region": Level.REGION}
_AREAS_KM2 = {Level.COMMUNE: None, Level.DEPARTEMENT: 5_700.0, Level.REGION: 42_000.0}

# What matching reads of a release and the generator of the search leaves out.
_SUPPLYING = """
UPDATE organisations SET ess_family = coalesce(ess_family, 'association');
ALTER TABLE establishments ADD COLUMN staff_lower INTEGER;
ALTER TABLE establishments ADD COLUMN is_head_office BOOLEAN DEFAULT true;
ALTER TABLE communes ADD COLUMN parent VARCHAR;
ALTER TABLE statuses ADD COLUMN attested_on DATE DEFAULT DATE '2026-11-01';
ALTER TABLE statuses ADD COLUMN valid_to DATE;
ALTER TABLE statuses ADD COLUMN source VARCHAR DEFAULT 'fictif';
DELETE FROM statuses;
"""
_UNITS = """
SELECT siren, naf, commune, coalesce(departement, ''), coalesce(region, ''), lon, lat
FROM organisations ORDER BY siren
"""
_TOWNS = """
SELECT code, name, lon, lat, departement, coalesce(region, '') FROM communes
WHERE departement IS NOT NULL ORDER BY code
"""

Unit = tuple[str, str, str, str, str, float, float]
Town = tuple[str, str, float, float, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One need, as the service asks it and as Essor does."""

    request: Request
    need: Need


def make_suppliers(register: duckdb.DuckDBPyConnection) -> tuple[Listed, ...]:
    """Turn every organisation of the register into a supplier, and return them as the service lists them."""
    register.execute(_SUPPLYING)
    drawn = random.Random(SEED + 2)
    units: list[Unit] = register.execute(_UNITS).fetchall()
    sectors = sorted({unit[1] for unit in units})
    suppliers = tuple(_listed(drawn, unit, sectors) for unit in units)
    held = [(each.id, each.kind.lower()) for each in suppliers if each.kind != "OPCS"]
    _hold(register, held)
    return suppliers


def draw_needs(register: duckdb.DuckDBPyConnection, count: int) -> Iterator[Asked]:
    """Yield so many needs: a trade or two, around a town or in its territories, some of given kinds."""
    drawn = random.Random(SEED + 3)
    towns: list[Town] = register.execute(_TOWNS).fetchall()
    sectors = [
        str(code)
        for (code,) in register.execute(
            "SELECT DISTINCT naf FROM organisations ORDER BY 1"
        ).fetchall()
    ]
    for number in range(count):
        yield _asked(drawn, drawn.choice(towns), sectors, number)


def _hold(register: duckdb.DuckDBPyConnection, held: Sequence[tuple[str, str]]) -> None:
    """Give each supplier the status of its kind."""
    sirens, kinds = [siren for siren, _ in held], [kind for _, kind in held]
    register.execute(
        "INSERT INTO statuses (siren, siret, kind) SELECT unnest(?), '', unnest(?)", [sirens, kinds]
    )


def _listed(drawn: random.Random, unit: Unit, sectors: Sequence[str]) -> Listed:
    siren, naf, commune, department, region, lon, lat = unit
    others = (drawn.choice(sectors) for _ in range(drawn.randrange(3)))
    return Listed(
        id=siren,
        kind=drawn.choice(KINDS),
        point=Point(lon, lat),
        post_code=commune,
        department=department,
        region_name=region,
        is_reachable=drawn.random() > 0.05,
        is_delisted=drawn.random() < 0.02,
        offers=tuple(_offer(drawn, sector, department, region) for sector in (naf, *others)),
        popularity=Popularity(
            drawn.random() < 0.1, drawn.randrange(50), drawn.randrange(900), drawn.random()
        ),
    )


def _offer(drawn: random.Random, sector: str, department: str, region: str) -> Offer:
    reach = drawn.choice(_RANGES)
    zone = drawn.choice((_department(department, region), _region(region)))
    return Offer(
        sector,
        tuple(drawn.sample(MODES, drawn.randint(1, 3))),
        reach,
        drawn.choice(_RADII) if reach is Range.RADIUS else None,
        (zone,) if reach is Range.ZONES else (),
    )


def _asked(drawn: random.Random, town: Town, sectors: Sequence[str], number: int) -> Asked:
    wanted = tuple(drawn.sample(sectors, drawn.randint(1, 2)))
    kinds = tuple(drawn.sample(KINDS[:-1], 2)) if drawn.random() < _CHOOSY else ()
    is_open = drawn.random() < _OPEN
    radius = drawn.choice(_RADII) if drawn.random() < _AROUND else None
    city, *wider = _perimeters(town)
    zones = (drawn.choice((city, *wider)),) if radius is None else ()
    return Asked(
        Request(
            sectors=wanted,
            kinds=kinds,
            location=city if radius else None,
            distance_km=radius,
            perimeters=zones,
            includes_country=is_open,
        ),
        Need(
            text=f"besoin {number}",
            trades=tuple(Wanted(sector) for sector in wanted),
            place=_zone(city) if radius else None,
            radius_km=radius,
            zones=tuple(_zone(each) for each in zones),
            welcomes_nationwide=is_open,
            statuses=tuple(kind.lower() for kind in kinds),
        ),
    )


def _perimeters(town: Town) -> tuple[Perimeter, ...]:
    """Return the town, its département and its région."""
    code, name, lon, lat, department, region = town
    point = Point(lon, lat)
    city = Perimeter(
        f"commune:{code}", "city", name, point, code, (code,), department=department, region=region
    )
    return (city, _department(department, region, point), _region(region, point))


def _department(code: str, region: str, point: Point | None = None) -> Perimeter:
    return Perimeter(f"departement:{code}", "department", code, point, code, region=region)


def _region(code: str, point: Point | None = None) -> Perimeter:
    return Perimeter(f"region:{code}", "region", code, point, code)


def _zone(perimeter: Perimeter) -> Zone:
    """Return the perimeter as Essor says it, as wide as its level usually is."""
    level = _LEVELS[perimeter.kind]
    above = (("departement", perimeter.department), ("region", perimeter.region))
    within = tuple(f"{name}:{code}" for name, code in above if code)
    area = _AREAS_KM2[level]
    return Zone(level, perimeter.code, perimeter.name, perimeter.point, area, (*within, FRANCE))
