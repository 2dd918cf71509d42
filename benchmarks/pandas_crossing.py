"""The same crossing in pandas, written as its users write it: the peer of a build.

    python -m benchmarks.pandas_crossing FOLDER TARGET      writes the five big tables, prints the seconds

It reads the same columns, keeps the same rows, and writes the same tables: organisations,
establishments, industrial_units, employment (statuses are empty in the generated stock).
"""

import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
DIVISIONS = [f"{n:02d}" for n in range(5, 40) if n != 34]
PLACES = ["epci", "departement", "region"]
BOUNDS = {
    "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49),
    "21": (50, 99), "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999),
    "42": (1000, 1999), "51": (2000, 4999), "52": (5000, 9999), "53": (10000, 10000),
}  # fmt: skip
UNIT_COLUMNS = [
    "siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale", "categorieEntreprise", "etatAdministratifUniteLegale",
    "denominationUniteLegale", "denominationUsuelle1UniteLegale", "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale", "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale", "activitePrincipaleNAF25UniteLegale",
]  # fmt: skip
PLACE_COLUMNS = [
    "siret", "statutDiffusionEtablissement", "dateCreationEtablissement",
    "trancheEffectifsEtablissement", "etablissementSiege", "numeroVoieEtablissement",
    "indiceRepetitionEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement",
    "codePostalEtablissement", "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement", "codeCommuneEtablissement",
    "codePaysEtrangerEtablissement", "etatAdministratifEtablissement", "enseigne1Etablissement",
    "denominationUsuelleEtablissement", "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement", "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
]  # fmt: skip


def main(folder: Path, target: Path) -> float:
    """Return the seconds of the crossing."""
    started = time.monotonic()
    target.mkdir(parents=True, exist_ok=True)
    communes = pd.read_parquet(folder / "territoires/communes.parquet").rename(
        columns={"code": "commune", "siren_epci": "epci"}
    )
    units = pd.read_parquet(folder / "sirene/StockUniteLegale_utf8.parquet", columns=UNIT_COLUMNS)
    members = _members(units, folder)
    places = pd.read_parquet(
        folder / "sirene/StockEtablissement_utf8.parquet", columns=PLACE_COLUMNS
    )
    employment = _employment(places)
    natural = _natural_persons(units, places)
    establishments = _establishments(places, members, communes, folder)
    establishments.to_parquet(target / "establishments.parquet", compression="zstd")
    organisations = _located(members, establishments)
    organisations.to_parquet(target / "organisations.parquet", compression="zstd")
    employment.to_parquet(target / "employment.parquet", compression="zstd")
    _industry(organisations, natural).to_parquet(
        target / "industrial_units.parquet", compression="zstd"
    )
    return time.monotonic() - started


def _members(units: pd.DataFrame, folder: Path) -> pd.DataFrame:
    text = (ROOT / "src/essor/perimeter/families.toml").read_text("utf-8")
    groups = tomllib.loads(text)["groups"]
    by_code = {code: group["family"] for group in groups for code in group["codes"]}
    listed = pd.read_csv(folder / "ess/entreprisesess.csv", usecols=["SIREN"], dtype=str)
    persons = units[units.categorieJuridiqueUniteLegale // 1000 != 1].copy()
    persons["legal_category"] = persons.categorieJuridiqueUniteLegale.astype(str).str.zfill(4)
    persons["is_listed"] = persons.siren.isin(listed.SIREN.str.zfill(9))
    persons["is_flagged"] = persons.economieSocialeSolidaireUniteLegale == "O"
    persons["code_family"] = persons.legal_category.map(by_code)
    persons["is_industrial_p1"] = persons.activitePrincipaleUniteLegale.str[:2].isin(DIVISIONS)
    kept = persons[
        persons.is_listed
        | persons.is_flagged
        | persons.code_family.notna()
        | persons.is_industrial_p1
    ].copy()
    is_company = kept.legal_category.str.startswith("5")
    names = kept.denominationUniteLegale.fillna(kept.denominationUsuelle1UniteLegale)
    says = (
        names.str.upper()
        .str.contains(r"\b(?:SCOP|SCIC|COOP[EÉ]RATIVES?)\b", regex=True)
        .fillna(value=False)
    )
    denied = kept.economieSocialeSolidaireUniteLegale == "N"
    declared = kept.is_listed | kept.is_flagged
    kept["ess_family"] = np.select(
        [
            kept.code_family.notna(),
            is_company & says & (declared | ~denied),
            is_company & declared,
            declared,
        ],
        [kept.code_family, "cooperative", "societe_commerciale", "indeterminee"],
        default="",
    )
    kept["ess_evidence"] = (
        np.where(kept.code_family.notna(), " | code", "")
        + np.where(kept.is_flagged, " | flag", "").astype(object)
        + np.where(kept.is_listed, " | ess_france", "").astype(object)
    )
    kept["name"] = names.where(kept.statutDiffusionUniteLegale == "O")
    kept["head_office"] = kept.siren + kept.nicSiegeUniteLegale.astype(str).str.zfill(5)
    kept = kept[_luhn(kept.siren)].drop_duplicates("siren")
    return _bounded(kept, "trancheEffectifsUniteLegale")


def _establishments(
    places: pd.DataFrame, members: pd.DataFrame, communes: pd.DataFrame, folder: Path
) -> pd.DataFrame:
    siren = places.siret.str[:9]
    owned = places[siren.isin(members.siren)].copy()
    owned["siren"] = owned.siret.str[:9]
    owned = owned[_luhn(owned.siret)].drop_duplicates("siret")
    parts = owned[
        [
            "numeroVoieEtablissement",
            "indiceRepetitionEtablissement",
            "typeVoieEtablissement",
            "libelleVoieEtablissement",
        ]
    ].fillna("")
    owned["address"] = parts.agg(" ".join, axis=1).str.replace(r" +", " ", regex=True).str.strip()
    owned = owned.rename(columns={"codeCommuneEtablissement": "commune"}).merge(
        communes[["commune", *PLACES, "lon", "lat"]], on="commune", how="left"
    )
    positions = pd.read_parquet(
        folder / "sirene/GeolocalisationEtablissement_Sirene.parquet",
        columns=["siret", "qualite_xy", "x_longitude", "y_latitude"],
    )
    positions = positions[positions.siret.isin(owned.siret)]
    owned = owned.merge(positions, on="siret", how="left")
    owned["lon"] = owned.x_longitude.fillna(owned.lon)
    owned["lat"] = owned.y_latitude.fillna(owned.lat)
    return _bounded(owned, "trancheEffectifsEtablissement")


def _located(members: pd.DataFrame, establishments: pd.DataFrame) -> pd.DataFrame:
    seats = establishments[["siret", "commune", *PLACES]].rename(columns={"siret": "head_office"})
    return members.merge(seats, on="head_office", how="left")


def _natural_persons(units: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    natural = units[
        (units.etatAdministratifUniteLegale == "A")
        & (units.categorieJuridiqueUniteLegale // 1000 == 1)
        & units.activitePrincipaleUniteLegale.str[:2].isin(DIVISIONS)
    ].copy()
    natural["siret"] = natural.siren + natural.nicSiegeUniteLegale.astype(str).str.zfill(5)
    seats = places.loc[places.siret.isin(natural.siret), ["siret", "codeCommuneEtablissement"]]
    return natural.merge(seats, on="siret", how="left").rename(
        columns={"codeCommuneEtablissement": "commune"}
    )


def _industry(organisations: pd.DataFrame, natural: pd.DataFrame) -> pd.DataFrame:
    legal = organisations[
        (organisations.etatAdministratifUniteLegale == "A") & organisations.is_industrial_p1
    ]
    everyone = pd.concat(
        [legal.assign(is_natural_person=False), natural.assign(is_natural_person=True)]
    )
    everyone["division"] = everyone.activitePrincipaleUniteLegale.str[:2]
    bounded = _bounded(everyone, "trancheEffectifsUniteLegale")
    return (
        bounded.groupby(
            ["commune", "division", "is_natural_person", "trancheEffectifsUniteLegale"],
            dropna=False,
        )
        .agg(
            units=("siren", "size"),
            staff_lower=("staff_lower", "sum"),
            staff_mid=("staff_mid", "sum"),
            staff_upper=("staff_upper", "sum"),
        )
        .reset_index()
    )


def _employment(places: pd.DataFrame) -> pd.DataFrame:
    employers = places[
        (places.etatAdministratifEtablissement == "A")
        & places.trancheEffectifsEtablissement.isin([b for b, (low, _) in BOUNDS.items() if low])
    ].copy()
    employers["division"] = employers.activitePrincipaleEtablissement.str[:2]
    return (
        _bounded(employers, "trancheEffectifsEtablissement")
        .groupby(["codeCommuneEtablissement", "division"], dropna=False)
        .agg(
            establishments=("siret", "size"),
            staff_lower=("staff_lower", "sum"),
            staff_mid=("staff_mid", "sum"),
            staff_upper=("staff_upper", "sum"),
        )
        .reset_index()
    )


def _bounded(table: pd.DataFrame, band: str) -> pd.DataFrame:
    lower = table[band].map({code: low for code, (low, _) in BOUNDS.items()})
    upper = table[band].map({code: high for code, (_, high) in BOUNDS.items()})
    return table.assign(staff_lower=lower, staff_mid=(lower + upper) / 2, staff_upper=upper)


def _luhn(codes: pd.Series) -> pd.Series:
    """Return whether Luhn's formula holds, vectorised over the digits."""
    numbers = pd.to_numeric(codes, errors="coerce").fillna(1).astype("int64").to_numpy()
    total = np.zeros(len(numbers), dtype="int64")
    for place in range(14):
        digit = numbers // 10**place % 10
        total += np.where(place % 2, 2 * digit - 9 * (digit > 4), digit)
    return pd.Series(total % 10 == 0, index=codes.index)


if __name__ == "__main__":
    print(f"{main(Path(sys.argv[1]), Path(sys.argv[2])):.2f}")
