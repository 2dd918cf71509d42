"""The fabric: the whole of industry and of employment, counted by commune and division."""

import pandas as pd

from benchmarks.pandas_peer.establishments import employers
from benchmarks.pandas_peer.values import blanked, naf_of, with_bounds


def employment(raw: pd.DataFrame, lookup: pd.DataFrame) -> pd.DataFrame:
    """Return the table employment, from the stock of establishments."""
    found = employers(raw)
    naf = naf_of(
        found.activitePrincipaleEtablissement, found.nomenclatureActivitePrincipaleEtablissement
    )
    narrow = pd.DataFrame(
        {
            "published_commune": blanked(found.codeCommuneEtablissement),
            "division": naf.str[:2].fillna(""),
            "staff_band": found.trancheEffectifsEtablissement,
        }
    )
    cells = narrow.groupby(list(narrow.columns), dropna=False).size().reset_index(name="rows")
    bounded = with_bounds(cells).merge(
        lookup[["published_commune", "commune"]], on="published_commune", how="left"
    )
    bounded["staff_upper"] = bounded.staff_upper.fillna(bounded.staff_lower)
    for bound in ("staff_lower", "staff_mid", "staff_upper"):
        bounded[bound] *= bounded.rows
    bounded["commune"] = bounded.commune.fillna("")
    grouped = bounded.groupby(["commune", "division"], as_index=False)
    return grouped.agg(
        establishments=("rows", "sum"),
        staff_lower=("staff_lower", "sum"),
        staff_mid=("staff_mid", "sum"),
        staff_upper=("staff_upper", "sum"),
    )


def industrial_units(
    organisations: pd.DataFrame, natural: pd.DataFrame, raw: pd.DataFrame, lookup: pd.DataFrame
) -> pd.DataFrame:
    """Return the table industrial_units: legal persons of the register, natural persons at their seats."""
    is_ours = organisations.is_active & organisations.is_industrial_p1.fillna(value=False)
    columns = ["commune", "naf", "staff_band"]
    legal = organisations.loc[is_ours, columns].assign(is_natural_person=False)
    seats = raw.loc[raw.siret.isin(natural.head_office), ["siret", "codeCommuneEtablissement"]]
    seats = seats.assign(published_commune=blanked(seats.codeCommuneEtablissement))
    seats = seats.drop_duplicates("siret").merge(lookup, on="published_commune", how="left")
    seated = natural.merge(
        seats[["siret", "commune"]], left_on="head_office", right_on="siret", how="left"
    )
    everyone = pd.concat([legal, seated[columns].assign(is_natural_person=True)])
    everyone = with_bounds(everyone)
    keyed = everyone.assign(
        commune=everyone.commune.fillna(""),
        division=everyone.naf.str[:2],
        staff_band=everyone.staff_band.fillna(""),
        staff_upper=everyone.staff_upper.fillna(everyone.staff_lower),
    )
    keys = ["commune", "division", "is_natural_person", "staff_band"]
    return keyed.groupby(keys, as_index=False).agg(
        units=("naf", "size"),
        staff_lower=("staff_lower", "sum"),
        staff_mid=("staff_mid", "sum"),
        staff_upper=("staff_upper", "sum"),
    )
