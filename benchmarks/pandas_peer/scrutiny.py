"""What the build checks besides: codes that mean nothing are counted, keys and holes are as promised."""

from pathlib import Path

import pandas as pd

from benchmarks.pandas_peer.values import BOUNDS

KEYS = {
    "organisations": ["siren"],
    "establishments": ["siret"],
    "industrial_units": ["commune", "division", "is_natural_person", "staff_band"],
    "employment": ["commune", "division"],
}
NEVER_EMPTY = {
    "organisations": ["siren", "is_active", "is_partly_diffused", "is_fictional"],
    "establishments": ["siret", "siren", "is_active", "is_fictional"],
}


def anomalies(
    organisations: pd.DataFrame,
    establishments: pd.DataFrame,
    lookup: pd.DataFrame,
    folder: Path,
) -> pd.DataFrame:
    """Return the table anomalies: each value that means nothing, and its rows."""
    categories = pd.read_csv(folder / "nomenclatures/categories_juridiques.csv", dtype=str)
    naf = pd.read_csv(folder / "nomenclatures/naf_rev2.csv", dtype=str)
    moved = lookup[lookup.published_commune != lookup.commune].published_commune
    bands = [*BOUNDS, "NN"]
    met = {
        "trancheEffectifsUniteLegale": _unknown(organisations.staff_band, bands),
        "categorieJuridiqueUniteLegale": _unknown(
            organisations.legal_category, categories.iloc[:, 0]
        ),
        "activitePrincipaleUniteLegale": _unknown(organisations.naf, naf.iloc[:, 0]),
        "trancheEffectifsEtablissement": _unknown(establishments.staff_band, bands),
        "activitePrincipaleEtablissement": _unknown(establishments.naf, naf.iloc[:, 0]),
        "codeCommuneEtablissement": _unknown(
            establishments.published_commune, lookup.published_commune
        ),
        "codeCommuneEtablissement (ancien)": establishments.published_commune[
            establishments.published_commune.isin(moved)
        ].value_counts(),
        "codePaysEtrangerEtablissement": establishments.country.value_counts(),
    }
    return pd.concat(
        [
            pd.DataFrame({"column": column, "value": counts.index, "rows": counts.to_numpy()})
            for column, counts in met.items()
        ]
    )


def check(name: str, table: pd.DataFrame) -> None:
    """Refuse a table whose key is repeated, or that has holes where there must be none."""
    if table.duplicated(KEYS[name]).any():
        raise ValueError(f"{name}: repeated key")
    if table[NEVER_EMPTY.get(name, KEYS[name])].isna().any(axis=None):
        raise ValueError(f"{name}: empty value")


def _unknown(codes: pd.Series, known: pd.Series | list[str]) -> pd.Series:
    counts = codes.value_counts()
    return counts[~counts.index.isin(known)]
