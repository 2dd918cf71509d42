"""Establishments: those of the register placed, and every employer counted."""

from pathlib import Path

import pandas as pd

from benchmarks.pandas_peer.units import PLACE, STAFF
from benchmarks.pandas_peer.values import (
    EMPLOYING,
    blanked,
    has_key,
    is_industrial,
    naf_of,
    with_bounds,
)

COLUMNS = [
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
ESTABLISHMENTS = [
    "siret", "siren", "name", "is_head_office", "is_active", "created_on", "naf", "naf_2025",
    "is_industrial_p1", *STAFF, "address", "postcode", "city", "country", "published_commune",
    *PLACE, "lon", "lat", "position_basis", "is_fictional",
]  # fmt: skip
ADDRESS = [
    "numeroVoieEtablissement", "indiceRepetitionEtablissement", "typeVoieEtablissement",
    "libelleVoieEtablissement",
]  # fmt: skip
REGION_DIGITS = 2
BASIS = {"11": "address", "12": "address", "21": "street", "22": "street", "33": "commune"}


def read_places(folder: Path) -> pd.DataFrame:
    """Return the stock of establishments, in the columns that are needed."""
    return pd.read_parquet(folder / "sirene/StockEtablissement_utf8.parquet", columns=COLUMNS)


def read_communes(folder: Path) -> pd.DataFrame:
    """Return where each commune code leads, former codes included: commune, territories, centre."""
    communes = pd.read_parquet(folder / "territoires/communes.parquet")
    current = communes[communes.type.isin(["COM", "commune-actuelle"]) | communes.type.isna()]
    current = pd.DataFrame(
        {
            "published_commune": current.code,
            "commune": current.code,
            "epci": current.siren_epci,
            "departement": current.departement,
            # An overseas collectivity is of no région: its code there has three digits.
            "region": current.region.where(current.region.str.len() == REGION_DIGITS),
            "territoire_industrie": pd.NA,
            "zone_emploi": pd.NA,
            "centre_lon": current.lon,
            "centre_lat": current.lat,
        }
    )
    former = pd.read_csv(folder / "territoires/communes_anciennes.csv", dtype=str)
    gone = former[~former.code.isin(current.commune)][["code", "code_actuel"]].drop_duplicates()
    moved = gone.merge(
        current.drop(columns="published_commune"), left_on="code_actuel", right_on="commune"
    )
    moved = moved.rename(columns={"code": "published_commune"}).drop(columns="code_actuel")
    return pd.concat([current, moved], ignore_index=True)


def placed(
    raw: pd.DataFrame, sirens: pd.Series, lookup: pd.DataFrame, folder: Path
) -> pd.DataFrame:
    """Return the table establishments: those of the units of `sirens`, each with its territories and a point."""
    owned = raw[raw.siret.str[:9].isin(sirens)]
    owned = owned[has_key(owned.siret)]
    tidied = _tidied(owned).merge(lookup, on="published_commune", how="left")
    positions = pd.read_parquet(
        folder / "sirene/GeolocalisationEtablissement_Sirene.parquet",
        columns=["siret", "qualite_xy", "x_longitude", "y_latitude"],
    )
    found = tidied.merge(positions[positions.siret.isin(tidied.siret)], on="siret", how="left")
    is_exact = found.x_longitude.notna() & found.y_latitude.notna() & ~found.is_partly_diffused
    basis = found.qualite_xy.map(BASIS).fillna("commune")
    found["lon"] = found.x_longitude.astype("float64").where(is_exact, found.centre_lon)
    found["lat"] = found.y_latitude.astype("float64").where(is_exact, found.centre_lat)
    found["position_basis"] = basis.where(is_exact, "commune").where(
        is_exact | found.centre_lon.notna()
    )
    newest = with_bounds(found).sort_values(
        ["is_active", "created_on"], ascending=False, kind="stable"
    )
    return newest.drop_duplicates("siret")[ESTABLISHMENTS]


def _tidied(raw: pd.DataFrame) -> pd.DataFrame:
    is_partly_diffused = raw.statutDiffusionEtablissement != "O"
    name = blanked(raw.enseigne1Etablissement).fillna(blanked(raw.denominationUsuelleEtablissement))
    city = blanked(raw.libelleCommuneEtablissement).fillna(
        blanked(raw.libelleCommuneEtrangerEtablissement)
    )
    naf = naf_of(
        raw.activitePrincipaleEtablissement, raw.nomenclatureActivitePrincipaleEtablissement
    )
    return pd.DataFrame(
        {
            "siret": raw.siret,
            "siren": raw.siret.str[:9],
            "name": name.mask(is_partly_diffused),
            "is_head_office": raw.etablissementSiege,
            "is_active": raw.etatAdministratifEtablissement == "A",
            "is_partly_diffused": is_partly_diffused,
            "created_on": raw.dateCreationEtablissement,
            "naf": naf,
            "naf_2025": blanked(raw.activitePrincipaleNAF25Etablissement),
            "is_industrial_p1": is_industrial(naf),
            "staff_band": blanked(raw.trancheEffectifsEtablissement),
            "address": _address(raw).mask(is_partly_diffused),
            "postcode": blanked(raw.codePostalEtablissement).mask(is_partly_diffused),
            "city": city,
            "country": blanked(raw.codePaysEtrangerEtablissement),
            "published_commune": blanked(raw.codeCommuneEtablissement),
            "is_fictional": False,
        }
    )


def _address(raw: pd.DataFrame) -> pd.Series:
    """Return the parts that are known, separated by one space; unknown when none is."""
    joined = pd.Series("", index=raw.index, dtype="str")
    for part in ADDRESS:
        known = blanked(raw[part])
        joined = joined + (" " + known).fillna("")
    return blanked(joined.str[1:])


def employers(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the open establishments with staff, of every sector, one row for each."""
    is_open = raw.etatAdministratifEtablissement == "A"
    found = raw[is_open & raw.trancheEffectifsEtablissement.isin(EMPLOYING)]
    newest = found.sort_values("dateCreationEtablissement", ascending=False, kind="stable")
    return newest.drop_duplicates("siret")
