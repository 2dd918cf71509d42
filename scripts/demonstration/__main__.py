"""Derive the embedded demonstration again: `python -m scripts.demonstration`."""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Any

from essor.demonstration import folder
from scripts.demonstration import nomenclatures
from scripts.demonstration.activities import Activities
from scripts.demonstration.cited import CITED_FILE, STUDY_DAY, write_cited
from scripts.demonstration.contours import (
    Contour,
    read_contours,
    touching,
    write_borders,
    write_neighbours,
)
from scripts.demonstration.geography import commune_rows, epci_of_communes, write_geography
from scripts.demonstration.identifiers import fictional_sirens
from scripts.demonstration.lists import ATTESTED_ON, LIST_FILES, write_lists
from scripts.demonstration.packages import Packages, install
from scripts.demonstration.places import Atlas, places_of
from scripts.demonstration.plan import SEED, Plan, national_plan
from scripts.demonstration.population import World, population
from scripts.demonstration.sirene import (
    ESTABLISHMENTS_FILE,
    POSITIONS_FILE,
    UNITS_FILE,
    write_sirene,
)
from scripts.demonstration.surroundings import surroundings
from scripts.demonstration.writing import Origin, write_manifest

CACHE = Path("build/demonstration")
OPEN_LICENCE = "Licence Ouverte 2.0"
FICTION_LICENCE = "Licence Ouverte 2.0 (données fictives)"
STUDY_LICENCE = "faits cités de l'étude"

# Level of contour, column of communes that gives the territory, properties of a border.
_LEVELS = (
    ("regions", "region", ("code", "nom")),
    ("departements", "departement", ("code", "nom", "region")),
    ("epci", "siren_epci", ("code", "nom", "type")),
)
_DIVISIONS = ("communes", "epci", "departements", "regions")
_GEOGRAPHY_FILES = (
    "territoires/communes.parquet", "territoires/communes_anciennes.csv", "territoires/epci.csv",
    "territoires/departements.csv", "territoires/regions.csv", "territoires/voisinages.parquet",
    "territoires/contours/regions.geojson", "territoires/contours/departements.geojson",
    "territoires/contours/epci.geojson",
)  # fmt: skip
GEOGRAPHY_DAY = "2026-01-01"
ORIGINS: Mapping[str, Origin] = {
    **dict.fromkeys(_GEOGRAPHY_FILES, Origin(GEOGRAPHY_DAY, OPEN_LICENCE)),
    "nomenclatures/naf_rev2.csv": Origin("2008-01-01", OPEN_LICENCE),
    "nomenclatures/categories_juridiques.csv": Origin(GEOGRAPHY_DAY, OPEN_LICENCE),
    "nomenclatures/tranches_effectifs.csv": Origin(GEOGRAPHY_DAY, OPEN_LICENCE),
    UNITS_FILE: Origin(ATTESTED_ON, FICTION_LICENCE),
    ESTABLISHMENTS_FILE: Origin(ATTESTED_ON, FICTION_LICENCE),
    POSITIONS_FILE: Origin(ATTESTED_ON, FICTION_LICENCE),
    **dict.fromkeys(LIST_FILES, Origin(ATTESTED_ON, FICTION_LICENCE)),
    CITED_FILE: Origin(STUDY_DAY, STUDY_LICENCE),
}


def main() -> None:
    """Install the packages, then write the whole mirror."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of the packages")
    parser.add_argument("--target", type=Path, default=folder(), help="folder of the mirror")
    arguments = parser.parse_args()
    packages = install(arguments.cache)
    if arguments.target.exists():
        rmtree(arguments.target)
    communes = derive_geography(packages, arguments.target)
    derive_fiction(arguments.target, communes, _sub_classes(packages), national_plan())
    write_manifest(arguments.target, ORIGINS)


def derive_geography(packages: Packages, mirror: Path) -> list[dict[str, Any]]:
    """Write geography and nomenclatures, which are real; return the rows of communes."""
    contours = read_contours(packages.communes())
    divisions = {name: packages.division(name) for name in _DIVISIONS}
    rows = commune_rows(divisions["communes"], epci_of_communes(divisions["epci"]), contours)
    write_geography(mirror, divisions, rows)
    nomenclatures.write_nomenclatures(mirror, packages.naf())
    current = [row for row in rows if row["type"] == "commune-actuelle"]
    whole = {row["code"]: contours[row["code"]] for row in current if row["code"] in contours}
    write_neighbours(mirror, touching(whole))
    for level in _LEVELS:
        _derive_borders(mirror, level, whole, current, divisions)
    return rows


def derive_fiction(
    mirror: Path, communes: Sequence[Mapping[str, Any]], sub_classes: Sequence[str], plan: Plan
) -> None:
    """Write the fictional organisations of `plan`, and those that the study names."""
    places = places_of(communes)
    sirens = fictional_sirens()
    world = World(Atlas(places, SEED), Activities(sub_classes))
    invented = population(plan, world, sirens, SEED)
    organisations = list(chain(invented, surroundings(places, sirens, SEED)))
    write_sirene(mirror, organisations, SEED)
    write_lists(mirror, organisations)
    write_cited(mirror)


def _derive_borders(
    mirror: Path,
    level: tuple[str, str, tuple[str, ...]],
    contours: Mapping[str, Contour],
    communes: Sequence[Mapping[str, Any]],
    divisions: Mapping[str, list[dict[str, Any]]],
) -> None:
    name, column, keys = level
    members = defaultdict(list)
    for row in communes:
        members[row[column]].append(row["code"])
    properties = {
        record["code"]: {key: record[key] for key in keys}
        for record in sorted(divisions[name], key=lambda record: record["code"])
    }
    write_borders(mirror, name, contours, members, properties)


def _sub_classes(packages: Packages) -> list[str]:
    length = nomenclatures.LENGTH_OF_SUB_CLASS
    return [position["id"] for position in packages.naf() if len(position["id"]) == length]


if __name__ == "__main__":
    main()
