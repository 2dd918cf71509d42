"""The gazetteer: where every commune is, ready to be asked by name and postcode."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from essor.territory.distance import Point, distance_km
from essor.territory.names import fold

_FROM_CONNECTION = (
    "SELECT code, name, parent, population, postcodes, departement, "
    "lon, lat, town_hall_lon, town_hall_lat, area_km2 FROM communes"
)
_FROM_MIRROR = (
    "SELECT code, nom, commune_parent, population, array_to_string(codes_postaux, ' | '), "
    "departement, lon, lat, mairie_lon, mairie_lat, surface_km2 FROM read_parquet(?)"
)
# A town hall farther from the centre than this many times the side of a square of the commune's
# area is its publisher's slip (a sign lost, a latitude for a longitude): about one in 50.
TOWN_HALL_REACH = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or a municipal arrondissement; `names` are folded, those it replaced included."""

    code: str
    names: tuple[str, ...]
    parent: str | None
    population: int
    postcodes: tuple[str, ...]
    departement: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places, and the ways to reach them."""

    places: tuple[Place, ...]
    by_postcode: Mapping[str, tuple[Place, ...]]
    by_departement: Mapping[str, tuple[Place, ...]]
    by_name: Mapping[str, tuple[Place, ...]]


def gazetteer_of_release(connection: duckdb.DuckDBPyConnection) -> Gazetteer:
    """Return the gazetteer of an open release."""
    former = connection.execute(
        "SELECT name, current FROM former_communes WHERE name IS NOT NULL"
    ).fetchall()
    return _gazetteer(connection.execute(_FROM_CONNECTION).fetchall(), former)


def gazetteer_of_mirror(folder: Path) -> Gazetteer:
    """Return the gazetteer of a mirror: its folder holds `territoires/communes.parquet`."""
    with duckdb.connect() as connection:
        communes = str(folder / "territoires" / "communes.parquet")
        rows = connection.execute(_FROM_MIRROR, [communes]).fetchall()
        former = _former_names(connection, folder / "territoires" / "communes_anciennes.csv")
    return _gazetteer(rows, former)


def _former_names(connection: duckdb.DuckDBPyConnection, file: Path) -> list[tuple[object, ...]]:
    """Return the former names and the current codes, none when the file gives no name."""
    if not file.exists():
        return []
    relation = connection.read_csv(str(file), header=True, all_varchar=True)
    if "nom" not in relation.columns:
        return []
    return relation.filter("nom IS NOT NULL").project("nom, code_actuel").fetchall()


def _gazetteer(
    communes: Iterable[tuple[object, ...]], former: Iterable[tuple[object, ...]]
) -> Gazetteer:
    replaced: dict[str, list[str]] = defaultdict(list)
    for name, current in former:
        replaced[str(current)].append(fold(str(name)))
    places = tuple(_place(row, replaced) for row in communes)
    return Gazetteer(
        places,
        by_postcode=_grouped((postcode, each) for each in places for postcode in each.postcodes),
        by_departement=_grouped((each.departement, each) for each in places),
        by_name=_grouped((name, each) for each in places for name in each.names),
    )


def _place(row: tuple[object, ...], replaced: Mapping[str, list[str]]) -> Place:
    code, name, parent, population, postcodes, departement, *position = row
    return Place(
        code=str(code),
        names=(fold(str(name)), *sorted(replaced.get(str(code), ()))),
        parent=None if parent is None else str(parent),
        population=population if isinstance(population, int) else 0,
        postcodes=tuple(str(postcodes).split(" | ")) if postcodes else (),
        departement=str(departement),
        point=_best_point(position),
    )


def _best_point(position: Sequence[object]) -> Point | None:
    """Return the town hall when it can be in its commune, else the centre, else None."""
    lon, lat, hall_lon, hall_lat, area_km2 = position
    centre, hall = _point(lon, lat), _point(hall_lon, hall_lat)
    if centre is None or hall is None:
        return centre or hall
    reach_km = TOWN_HALL_REACH * math.sqrt(area_km2) if isinstance(area_km2, float) else 0.0
    return hall if distance_km(centre, hall) <= reach_km else centre


def _point(lon: object, lat: object) -> Point | None:
    return Point(lon, lat) if isinstance(lon, float) and isinstance(lat, float) else None


def _grouped(pairs: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for key, place in pairs:
        groups[key].append(place)
    return {key: tuple(group) for key, group in groups.items()}
