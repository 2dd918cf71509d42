"""Geography of the mirror: communes, former communes, EPCI, départements and régions of 2026."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.demonstration.contours import Contour
from scripts.demonstration.writing import write_csv, write_parquet

Record = Mapping[
    str, Any
]  # One object of the package's JSON: its values are texts, numbers or lists.

_COMMUNES = pa.schema(
    [
        ("code", pa.string()),
        ("nom", pa.string()),
        ("type", pa.string()),
        ("commune_parent", pa.string()),
        ("population", pa.int64()),
        ("siren", pa.string()),
        ("siren_epci", pa.string()),
        ("departement", pa.string()),
        ("region", pa.string()),
        ("codes_postaux", pa.list_(pa.string())),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("mairie_lon", pa.float64()),
        ("mairie_lat", pa.float64()),
        ("surface_km2", pa.float64()),
    ]
)
_PUBLISHED_TYPES = ("commune-actuelle", "arrondissement-municipal")
_PART_TYPES = ("commune-deleguee", "commune-associee")


def epci_of_communes(epci: Iterable[Record]) -> dict[str, str]:
    """Return the code of the EPCI of each member commune, by code of commune."""
    return {member["code"]: group["code"] for group in epci for member in group["membres"]}


def commune_rows(
    communes: Iterable[Record], epci: Mapping[str, str], contours: Mapping[str, Contour]
) -> list[dict[str, Any]]:
    """Return one row per current commune or municipal arrondissement, current communes first."""
    kept = [record for record in communes if record["type"] in _PUBLISHED_TYPES]
    kept.sort(key=lambda record: (_PUBLISHED_TYPES.index(record["type"]), record["code"]))
    return [_commune_row(record, epci, contours.get(record["code"])) for record in kept]


def _commune_row(
    record: Record, epci: Mapping[str, str], contour: Contour | None
) -> dict[str, Any]:
    parent = record.get("commune")
    return {
        "code": record["code"],
        "nom": record["nom"],
        "type": record["type"],
        "commune_parent": parent,
        "population": record.get("population"),
        "siren": record.get("siren"),
        "siren_epci": epci.get(parent or record["code"]),
        "departement": record["departement"],
        "region": record["region"],
        "codes_postaux": record.get("codesPostaux", []),
        "lon": contour and contour.lon,
        "lat": contour and contour.lat,
        "mairie_lon": contour and contour.town_hall_lon,
        "mairie_lat": contour and contour.town_hall_lat,
        "surface_km2": contour and contour.area_km2,
    }


def former_communes(communes: Iterable[Record]) -> list[tuple[str, str, str]]:
    """Return (former code, current code, former name) of every code that a commune has replaced.

    A delegated or associated commune that keeps the code of a current commune is no former code.
    """
    records = list(communes)
    current = {record["code"] for record in records if record["type"] == "commune-actuelle"}
    replaced = {
        code: (record["code"], "")
        for record in records
        if record["type"] == "commune-actuelle"
        for code in record.get("anciensCodes", [])
    }
    for record in records:
        if record["type"] in _PART_TYPES:
            replaced[record["code"]] = (record["chefLieu"], record["nom"])
    return sorted(
        (code, *target)
        for code, target in replaced.items()
        if code not in current and target[0] in current
    )


def write_geography(
    mirror: Path, divisions: Mapping[str, Sequence[Record]], rows: list[dict[str, Any]]
) -> None:
    """Write communes, former ones, EPCI, départements and régions under `mirror/territoires`."""
    folder = mirror / "territoires"
    write_parquet(folder / "communes.parquet", pa.Table.from_pylist(rows, schema=_COMMUNES))
    former = former_communes(divisions["communes"])
    write_csv(folder / "communes_anciennes.csv", ("code", "code_actuel", "nom"), former)
    header = ("code", "nom", "type", "mode_financement", "population_totale")
    write_csv(
        folder / "epci.csv",
        (*header, "population_municipale", "nb_communes"),
        (_epci_row(group) for group in sorted(divisions["epci"], key=lambda group: group["code"])),
    )
    write_csv(
        folder / "departements.csv",
        ("code", "nom", "chef_lieu", "region", "zone"),
        (
            (d["code"], d["nom"], d["chefLieu"], d["region"], d["zone"])
            for d in divisions["departements"]
        ),
    )
    write_csv(
        folder / "regions.csv",
        ("code", "nom", "chef_lieu", "zone"),
        ((r["code"], r["nom"], r["chefLieu"], r["zone"]) for r in divisions["regions"]),
    )


def _epci_row(group: Record) -> tuple[object, ...]:
    return (
        group["code"],
        group["nom"],
        group["type"],
        group["modeFinancement"],
        group["populationTotale"],
        group["populationMunicipale"],
        len(group["membres"]),
    )
