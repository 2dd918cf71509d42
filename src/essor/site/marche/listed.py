"""A list of le Marché de l’inclusion: its structures, and what each says there that it does.

An answer of its API (JSON), objects one a line, or a table whose titles are the names of its fields; a
cell that holds several names separates them by « | ». The reach of an activity is not in the API of the
day; it is read when a list has it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.linkage.answers import Asked
from essor.linkage.entries import Query
from essor.linkage.listing import LARGEST_FILE, read_listing
from essor.linkage.normalised import fold
from essor.matching.activity import ReachKind
from essor.site.marche.structure import day_of, flag_of, names_of, text_of

SECTOR_LENGTH = 120
"""Characters of a sector: what is longer is none."""
_LISTS = ("sectors", "presta_types", "presta_type", "activities", "locations")
_PRESENCES = {
    "disp": Presence.MISE_A_DISPOSITION,
    "mise a disposition": Presence.MISE_A_DISPOSITION,
    "prest": Presence.SERVICE,
    "build": Presence.FABRICATION,
    "fabrication": Presence.FABRICATION,
}
"""By how the folded code, or label, begins."""
_REACHES = {
    "COUNTRY": ReachKind.COUNTRY,
    "CUSTOM": ReachKind.RADIUS,
    "ZONES": ReachKind.ZONES,
}
_LEVELS = {"CITY": "commune", "DEPARTMENT": "departement", "REGION": "region"}
_WIDEST_KM = 20_000.0
_DEEPEST = 6
# What no table of ours holds: signs of control, halves of characters.
_UNHELD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ListedActivity:
    """An activity as the list tells it; `places` are names or selectors of territories."""

    sector: str
    presence: tuple[Presence, ...] = ()
    reach: ReachKind = ReachKind.UNKNOWN
    radius_km: float | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A structure of the list: its line, whom it designates, what it does; why it cannot be read, if so."""

    line: int
    asked: Asked
    activities: tuple[ListedActivity, ...] = ()
    said_on: date | None = None
    fault: str = ""


def read_list(path: Path) -> list[Listed]:
    """Return the structures of the list that the file at `path` holds.

    Raises:
        InvalidRequestError: no such file, not a list, or no column says who does what.
    """
    rows = _answer(path)
    return [_listed(line, _clean(row), fault) for line, row, fault in rows or _table(path)]


def _answer(path: Path) -> list[tuple[int, object, str]] | None:
    """Return the elements of an answer of the API, None when the file holds none."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return None
        held = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    found = held.get("results") if isinstance(held, dict) else held
    if not isinstance(found, list) or not found:
        return None
    return [(rank, each, "") for rank, each in enumerate(found, start=1)]


def _table(path: Path) -> Iterator[tuple[int, object, str]]:
    listing = read_listing(path)
    titles = [title.strip().lower() for title in listing.titles]
    if not {"name", "siret"} & set(titles) or not {"sectors", "activities"} & set(titles):
        raise InvalidRequestError(
            f"« {path} » ne dit pas qui fait quoi : il faut une colonne « siret » ou « name », et une "
            "colonne « sectors » ou « activities », comme l’API du Marché de l’inclusion les nomme."
        )
    for row in listing.rows:
        yield row.line, _decoded(titles, row.cells), row.fault


def _decoded(titles: Sequence[str], cells: Sequence[str]) -> dict[str, object]:
    """Return a row of a table as the API would tell it."""
    said: dict[str, object] = {}
    for title, cell in zip(titles, map(str.strip, cells), strict=True):
        said[title] = cell or None
        if title in _LISTS and cell:
            said[title] = _several(cell)
        elif title == "is_active" and cell:
            said[title] = {"true": True, "false": False}.get(cell.lower(), cell)
    return said


def _several(cell: str) -> object:
    if cell.startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    return [each.strip() for each in cell.split("|") if each.strip()]


def _clean(said: object, depth: int = 0) -> object:
    """Return what a list says without what cannot be kept; what is nested too deep says nothing."""
    if isinstance(said, str):
        return _UNHELD.sub(" ", said)
    if depth == _DEEPEST:
        return None
    if isinstance(said, list):
        return [_clean(each, depth + 1) for each in said]
    if isinstance(said, dict):
        return {_UNHELD.sub(" ", name): _clean(each, depth + 1) for name, each in said.items()}
    return said


def _listed(line: int, row: object, fault: str) -> Listed:
    nobody = Asked(Query(""))
    if fault or not isinstance(row, dict):
        return Listed(line, nobody, fault=fault or "La ligne n’est pas un objet JSON.")
    try:
        asked = _asked(row)
        if flag_of(row) is False:
            return Listed(line, asked, fault="La liste dit cette structure inactive.")
        return Listed(line, asked, _activities(row), day_of(row))
    except InvalidRequestError as error:
        return Listed(line, nobody, fault=str(error))


def _asked(row: Mapping[str, object]) -> Asked:
    name, address, postcode, city, siret = (
        (text_of(row, field) or "").strip()
        for field in ("name", "address", "post_code", "city", "siret")
    )
    return Asked(Query(name or text_of(row, "brand") or "", address, postcode, city), siret)


def _activities(row: Mapping[str, object]) -> tuple[ListedActivity, ...]:
    """Return what a structure does: its activities, else its sectors, all done and offered alike."""
    told = row.get("activities") or []
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise InvalidRequestError("Le champ « activities » doit être une liste d’objets.")
    return tuple(each for one in told or [row] for each in _of_sectors(one))


def _of_sectors(told: Mapping[str, object]) -> Iterator[ListedActivity]:
    sector = told.get("sector")
    sectors = names_of({"sectors": [sector]} if sector else told, "sectors") or ()
    kind = _REACHES.get((text_of(told, "geo_range") or "").upper(), ReachKind.UNKNOWN)
    radius, places = _radius(told), _places(told)
    if (kind is ReachKind.RADIUS and radius is None) or (kind is ReachKind.ZONES and not places):
        kind = ReachKind.UNKNOWN
    for name in filter(None, (each.strip() for each in sectors)):
        yield ListedActivity(
            name,
            _presence(told),
            kind,
            radius if kind is ReachKind.RADIUS else None,
            places if kind is ReachKind.ZONES else (),
        )


def _presence(told: Mapping[str, object]) -> tuple[Presence, ...]:
    """Return the ways of working; one that is none of theirs is not told."""
    names = names_of(told, "presta_types") or names_of(told, "presta_type") or ()
    folded = [fold(each) for each in names]
    found = (way for each in folded for word, way in _PRESENCES.items() if each.startswith(word))
    return tuple(dict.fromkeys(found))


def _radius(told: Mapping[str, object]) -> float | None:
    said = told.get("geo_range_custom_distance")
    try:
        radius = float(str(said).replace(",", ".")) if said is not None else None
    except ValueError:
        radius = -1.0
    if radius is not None and not 0 < radius <= _WIDEST_KM:
        raise InvalidRequestError(
            f"Le champ « geo_range_custom_distance » vaut {str(said)[:60]!r} : corrigez-le, il doit être "
            "un nombre de kilomètres."
        )
    return radius


def _places(told: Mapping[str, object]) -> tuple[str, ...]:
    """Return the territories of a reach: selectors where their code is told, else names."""
    said = told.get("locations") or []
    if not isinstance(said, list):
        raise InvalidRequestError("Le champ « locations » doit être une liste de territoires.")
    return tuple(filter(None, map(_place, said)))


def _place(said: object) -> str:
    if not isinstance(said, dict):
        return str(said).strip()
    code = str(said.get("insee_code") or "").strip()
    level = _LEVELS.get(str(said.get("kind") or ""))
    if code and level:
        # Their regions are « R44 ».
        return f"{level}:{code.removeprefix('R')}"
    return str(said.get("name") or "").strip()
