"""A small but complete mirror: official-shaped files written from rows, and the register built from it.

What a test does not write is the plainest there is: an open company of industry, at Metz, of 20 to 49 employees.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from stdnum import luhn

from essor.home import Home
from essor.sources.catalogue import SOURCES
from essor.sources.source import Source
from essor.warehouse.build import Built, build_tables
from essor.warehouse.sync import SyncState, sync

Row = dict[str, Any]

BY_NAME = {source.name: source for source in SOURCES}
UNITS, PLACES, POSITIONS = (
    "sirene_unites_legales",
    "sirene_etablissements",
    "sirene_geolocalisation",
)
METZ, LILLE, AJACCIO, SAINT_DENIS, PAPEETE = "57463", "59350", "2A004", "97411", "98735"
LOMME = "59355"
"""A former commune: Lille replaces it."""

ARROW_TYPES = {
    "string": pa.string(),
    "date": pa.date32(),
    "int32": pa.int64(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "array<string>": pa.list_(pa.string()),
}
# data.gouv.fr's Parquet makes an integer of the NIC, which then loses its zeros.
INTEGERS = ("nicSiegeUniteLegale",)

COMMUNES = (
    (METZ, "Metz", 120874, "200039865", "57", "44", 6.19, 49.11),
    (LILLE, "Lille", 238695, "200093201", "59", "32", 3.05, 50.63),
    (AJACCIO, "Ajaccio", 73822, "242010056", "2A", "94", 8.70, 41.93),
    (SAINT_DENIS, "Saint-Denis", 155634, "249740119", "974", "04", 55.45, -20.93),
    (PAPEETE, "Papeete", 26654, None, "987", "987", None, None),
)

PLAIN: dict[str, tuple[Row, ...]] = {
    UNITS: (),
    PLACES: (),
    "communes": tuple(
        {
            "code": code,
            "nom": name,
            "type": "commune-actuelle",
            "population": population,
            "siren_epci": epci,
            "departement": departement,
            "region": region,
            "codes_postaux": [code],
            "lon": lon,
            "lat": lat,
        }
        for code, name, population, epci, departement, region, lon, lat in COMMUNES
    ),
    "communes_anciennes": ({"code": LOMME, "code_actuel": LILLE},),
    "epci": tuple({"code": row[3], "nom": f"EPCI {row[1]}", "type": "CA"} for row in COMMUNES[:4]),
    "departements": tuple(
        {"code": row[4], "nom": f"Département {row[4]}", "region": row[5]} for row in COMMUNES
    ),
    "regions": tuple({"code": row[5], "nom": f"Région {row[5]}"} for row in COMMUNES[:4]),
    "territoires_industrie": (
        {"id_territoire": "ti-1", "lib_territoire": "Lorraine", "insee_com": METZ},
    ),
    "zones_emploi": ({"codgeo": METZ, "ze2020": "4405", "libze2020": "Metz"},),
}

NOMENCLATURES = ("naf", "categories_juridiques", "tranches_effectifs")
"""Copied from the demonstration, which holds them whole."""


def siren(rank: int) -> str:
    """Return the SIREN of that rank: its key holds; no such number is given, it begins by 0000."""
    body = f"{rank:08d}"
    return body + luhn.calc_check_digit(body)


def siret(owner: str, rank: int = 1) -> str:
    """Return the SIRET of that rank of `owner`."""
    body = f"{owner}{rank:04d}"
    return body + luhn.calc_check_digit(body)


def unit(number: str, **changes: Any) -> Row:
    """Return a legal unit: an open company of industry, which changes alter under Insee's names."""
    plain = {
        "siren": number,
        "statutDiffusionUniteLegale": "O",
        "dateCreationUniteLegale": date(2001, 2, 3),
        "trancheEffectifsUniteLegale": "12",
        "anneeEffectifsUniteLegale": 2023,
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": f"SOCIETE {number}",
        "categorieJuridiqueUniteLegale": 5710,
        "activitePrincipaleUniteLegale": "25.62B",
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": int(siret(number)[9:]),
    }
    return plain | {_official(name, "UniteLegale"): value for name, value in changes.items()}


def place(owner: str, rank: int = 1, **changes: Any) -> Row:
    """Return an establishment of `owner`: the first is its head office."""
    plain = {
        "siret": siret(owner, rank),
        "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": date(2001, 2, 3),
        "trancheEffectifsEtablissement": "12",
        "etablissementSiege": rank == 1,
        "numeroVoieEtablissement": "3",
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DES FORGES",
        "codePostalEtablissement": "57000",
        "libelleCommuneEtablissement": "METZ",
        "codeCommuneEtablissement": METZ,
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "25.62B",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    }
    return plain | {_official(name, "Etablissement"): value for name, value in changes.items()}


def write_mirror(folder: Path, **rows: Sequence[Row]) -> Path:
    """Write the files of the sources named, and the plainest files of the essential others."""
    demonstration = files("essor.demonstration") / "mirror"
    for name, source_rows in (PLAIN | rows).items():
        write_source(folder, BY_NAME[name], source_rows)
    for name in NOMENCLATURES:
        target = folder / BY_NAME[name].files[0]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((demonstration / BY_NAME[name].files[0]).read_bytes())
    return folder


def write_source(folder: Path, source: Source, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write the file of one source under its canonical name, in the form that its name says."""
    target = folder / source.files[0]
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".parquet":
        pq.write_table(_arrow(source, list(rows)), target)
    else:
        _write_csv(source, list(rows), target)
    return target


@dataclass(frozen=True, slots=True)
class Register:
    """A register built from a small mirror."""

    folder: Path
    built: Built

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a published table, in the order of its first column."""
        with duckdb.connect() as connection:
            found = connection.execute(
                "SELECT * FROM read_parquet(?) ORDER BY ALL",
                [str(self.folder / f"{table}.parquet")],
            ).to_arrow_table()
        listed: list[Row] = found.to_pylist()
        return listed

    def organisation(self, number: str) -> Row:
        """Return the only organisation of that SIREN."""
        (row,) = [row for row in self.rows("organisations") if row["siren"] == number]
        return row

    def establishment(self, number: str) -> Row:
        """Return the only establishment of that SIRET."""
        (row,) = [row for row in self.rows("establishments") if row["siret"] == number]
        return row

    def anomalies(self, problem: str) -> list[tuple[str, str, str, int, bool]]:
        """Return source, column, value, rows and whether they are kept, of the anomalies of a kind."""
        keys = ("source", "column", "value", "rows", "is_row_kept")
        rows = [row for row in self.rows("anomalies") if row["problem"] == problem]
        return sorted(tuple(row[key] for key in keys) for row in rows)


def built_from(mirror: Path, folder: Path) -> Register:
    """Return the register that a mirror gives, built in `folder`."""
    home = Home(folder / "home")
    for outcome in sync(SOURCES, home, from_dir=mirror):
        assert outcome.state in (SyncState.NEW, SyncState.ABSENT), outcome.sentence
    built = build_tables(home, folder / "release")
    return Register(folder / "release" / "tables", built)


def register(folder: Path, **rows: Sequence[Row]) -> Register:
    """Return the register of the rows given, each source by its name."""
    return built_from(write_mirror(folder / "mirror", **rows), folder)


def _official(name: str, suffix: str) -> str:
    """Return Insee's name: the suffix goes without saying."""
    known = {column.name for key in (UNITS, PLACES) for column in BY_NAME[key].columns}
    return name + suffix if name + suffix in known else name


def _arrow(source: Source, rows: list[Mapping[str, Any]]) -> pa.Table:
    fields = {column.name: ARROW_TYPES[column.type] for column in source.columns}
    fields |= dict.fromkeys((name for name in fields if name in INTEGERS), pa.int64())
    if any("is_fictional" in row for row in rows):
        fields["is_fictional"] = pa.bool_()
    unknown = {name for row in rows for name in row} - fields.keys()
    assert not unknown, f"{source.name} has no column {unknown}"
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], kind) for name, kind in fields.items()}
    )


def _write_csv(source: Source, rows: list[Mapping[str, Any]], target: Path) -> None:
    written = {name for row in rows for name in row}
    required = [column.name for column in source.columns if column.is_required]
    header = [*required, *sorted(written - set(required))]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
