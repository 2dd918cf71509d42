"""Legal units: those of the register chosen, tidied and judged, in the columns of the table organisations."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.pandas_peer.values import (
    DIVISIONS,
    blanked,
    has_key,
    is_industrial,
    naf_of,
    read_families,
    with_bounds,
    yes_or_no,
)

COLUMNS = [
    "siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale",
    "identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale", "categorieEntreprise", "etatAdministratifUniteLegale",
    "denominationUniteLegale", "denominationUsuelle1UniteLegale", "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale", "economieSocialeSolidaireUniteLegale", "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale", "activitePrincipaleNAF25UniteLegale",
]  # fmt: skip
PLACE = ["commune", "epci", "departement", "region", "territoire_industrie", "zone_emploi"]
STAFF = ["staff_band", "staff_lower", "staff_mid", "staff_upper"]
ORGANISATIONS = [
    "siren", "name", "acronym", "rna", "is_active", "created_on", "is_partly_diffused",
    "legal_category", "naf", "naf_2025", "ess_family", "ess_basis", "ess_evidence",
    "is_industrial_p1", "is_industrial_p2", "p2_basis", *STAFF, "staff_year", "is_employer",
    "size_class", "is_mission_company", "head_office", *PLACE, "is_fictional",
]  # fmt: skip
# Words of the family in the list of the social economy: the first that is met decides.
_FAMILY_WORDS = {
    "COOP": "cooperative",
    "MUTUEL": "mutuelle",
    "ASSOCIATION": "association",
    "FONDATION": "fondation",
    "COMMERCIALE": "societe_commerciale",
}


@dataclass(frozen=True)
class Units:
    """The legal persons of the register, and the natural persons of industry, to be counted only."""

    legal: pd.DataFrame
    natural: pd.DataFrame


def read_units(folder: Path) -> Units:
    """Return the units of the stock that the register holds."""
    raw = pd.read_parquet(folder / "sirene/StockUniteLegale_utf8.parquet", columns=COLUMNS)
    families, listed = read_families(), read_list(folder)
    by_code = {code: group["family"] for group in families["groups"] for code in group["codes"]}
    is_natural = raw.categorieJuridiqueUniteLegale.between(1000, 1999)
    is_open = raw.etatAdministratifUniteLegale == "A"
    is_flagged = raw.economieSocialeSolidaireUniteLegale == "O"
    is_coded = raw.categorieJuridiqueUniteLegale.isin([int(code) for code in by_code])
    is_p1 = raw.activitePrincipaleUniteLegale.str[:2].isin(DIVISIONS)
    may_be_here = ~is_natural | (is_open & is_p1)
    is_member = is_open & (is_coded | is_flagged)
    chosen = raw[may_be_here & (is_p1 | is_member | raw.siren.isin(listed.siren))]
    tidied = _tidied(chosen).merge(listed, on="siren", how="left")
    judged = _judged(tidied, by_code, families)
    is_ours = judged.is_industrial_p1.fillna(value=False) | (
        ~judged.is_natural_person & judged.has_ground & (judged.is_active | judged.is_listed)
    )
    kept = judged[is_ours]
    natural = kept[kept.is_natural_person & kept.is_active]
    legal = kept[~kept.is_natural_person]
    newest = legal[has_key(legal.siren)].sort_values(
        ["is_active", "created_on"], ascending=False, kind="stable"
    )
    return Units(newest.drop_duplicates("siren"), natural)


def read_list(folder: Path) -> pd.DataFrame:
    """Return one row per unit of the list of the social economy, and the family it says."""
    family = "Famille juridique de l'entreprise"
    rows = pd.read_csv(folder / "ess/entreprisesess.csv", usecols=["SIREN", family], dtype=str)
    rows = rows[rows.SIREN.notna()]
    said = rows[family].str.normalize("NFD").str.encode("ascii", "ignore").str.decode("ascii")
    said = said.str.upper()
    ours = pd.Series(pd.NA, index=rows.index, dtype="str")
    for word, name in _FAMILY_WORDS.items():
        ours = ours.mask(ours.isna() & said.str.contains(word, regex=False), name)
    claims = pd.DataFrame({"siren": rows.SIREN.str.zfill(9), "claimed_family": ours})
    return claims.groupby("siren", as_index=False).min().assign(is_listed=True)


def located(units: Units, establishments: pd.DataFrame) -> pd.DataFrame:
    """Return the table organisations: each unit at its head office."""
    legal = units.legal
    seats = establishments[["siret", *PLACE]].rename(columns={"siret": "head_office"})
    named = legal[["siren", "head_office"]].merge(seats, on="head_office")
    orphans = establishments[establishments.siren.isin(legal.siren[~legal.siren.isin(named.siren)])]
    flagged = orphans[orphans.is_head_office.fillna(value=False)]
    best = flagged.sort_values(["is_active", "siret"], ascending=False).drop_duplicates("siren")
    alone = orphans[~orphans.siren.duplicated(keep=False) & ~orphans.siren.isin(best.siren)]
    guessed = pd.concat([best, alone])[["siren", "siret", *PLACE]]
    heads = pd.concat([named, guessed.rename(columns={"siret": "head_office"})])
    joined = legal.drop(columns="head_office").merge(heads, on="siren", how="left")
    return with_bounds(joined)[ORGANISATIONS]


def _tidied(raw: pd.DataFrame) -> pd.DataFrame:
    is_natural = raw.categorieJuridiqueUniteLegale.between(1000, 1999)
    is_partly_diffused = raw.statutDiffusionUniteLegale != "O"
    is_unnamed = is_partly_diffused | is_natural
    name = blanked(raw.denominationUniteLegale).fillna(blanked(raw.denominationUsuelle1UniteLegale))
    naf = naf_of(raw.activitePrincipaleUniteLegale, raw.nomenclatureActivitePrincipaleUniteLegale)
    nic = raw.nicSiegeUniteLegale.astype("Int64").astype("str").str.zfill(5)
    return pd.DataFrame(
        {
            "siren": raw.siren,
            "is_natural_person": is_natural,
            "is_partly_diffused": is_partly_diffused,
            "created_on": raw.dateCreationUniteLegale,
            "acronym": blanked(raw.sigleUniteLegale).mask(is_unnamed),
            "rna": blanked(raw.identifiantAssociationUniteLegale),
            "staff_band": blanked(raw.trancheEffectifsUniteLegale),
            "staff_year": raw.anneeEffectifsUniteLegale.astype("Int32"),
            "size_class": blanked(raw.categorieEntreprise),
            "is_active": raw.etatAdministratifUniteLegale == "A",
            "name": name.mask(is_unnamed),
            "legal_category": raw.categorieJuridiqueUniteLegale.astype("str").str.zfill(4),
            "naf": naf,
            "naf_2025": blanked(raw.activitePrincipaleNAF25UniteLegale),
            "head_office": raw.siren + nic,
            "ess_flag": yes_or_no(raw.economieSocialeSolidaireUniteLegale),
            "is_mission_company": yes_or_no(raw.societeMissionUniteLegale),
            "is_employer": yes_or_no(raw.caractereEmployeurUniteLegale),
            "is_industrial_p1": is_industrial(naf),
            "is_industrial_p2": pd.NA,
            "p2_basis": pd.NA,
            "is_fictional": False,
        }
    )


def _judged(units: pd.DataFrame, by_code: dict[str, str], families: dict[str, Any]) -> pd.DataFrame:
    """Return the units with their family, its basis, all its evidence, and whether there is ground for it."""
    is_listed = units.is_listed.notna()
    is_flagged = units.ess_flag.fillna(value=False).astype("bool")
    is_denied = ~units.ess_flag.fillna(value=True).astype("bool")
    code_family = units.legal_category.map(by_code)
    is_coded = code_family.notna()
    is_excluded = units.legal_category.isin(families["excluded"]["codes"])
    is_company = units.legal_category.str.startswith("5")
    # A plain text knows the words, and Arrow's expressions know no word boundary.
    words = families["companies"]["cooperative_name"].replace("(", "(?:")
    says = units.name.str.upper().str.contains(words, regex=True, na=False)
    has_name = (is_company & says).astype("bool")
    is_declared = is_flagged | is_listed
    family = np.select(
        [is_excluded, is_coded, has_name & (is_declared | ~is_denied), is_company & is_declared,
         is_declared],
        ["", code_family, "cooperative", "societe_commerciale",
         units.claimed_family.fillna("indeterminee")],
        default="",
    )  # fmt: skip
    is_member = family != ""
    basis = np.select([is_coded, is_listed, is_flagged], ["code", "list", "flag"], default="name")
    evidence = pd.Series("", index=units.index, dtype="str")
    for ground, holds in {
        "code": is_coded, "flag": is_flagged, "ess_france": is_listed, "name": has_name
    }.items():  # fmt: skip
        evidence = evidence.mask(holds, evidence + f" | {ground}")
    return units.assign(
        is_listed=is_listed,
        has_ground=~is_excluded & (is_listed | is_coded | is_flagged),
        ess_family=pd.Series(family, index=units.index).where(is_member),
        ess_basis=pd.Series(basis, index=units.index).where(is_member),
        ess_evidence=evidence.str[3:].where(is_member),
    )
