"""How Sirene writes values, and what is read in them."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

FAMILIES = Path(__file__).parents[2] / "src/essor/perimeter/families.toml"
DIVISIONS = [f"{n:02d}" for n in range(5, 40) if n != 34]
BOUNDS = {
    "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49),
    "21": (50, 99), "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999),
    "42": (1000, 1999), "51": (2000, 4999), "52": (5000, 9999), "53": (10000, None),
}  # fmt: skip
EMPLOYING = [band for band, (lower, _) in BOUNDS.items() if lower]
LA_POSTE = "356000000"

_LOWER = {band: lower for band, (lower, _) in BOUNDS.items()}
_UPPER = {band: upper for band, (_, upper) in BOUNDS.items() if upper is not None}
_MIDDLE = {
    band: (lower + (lower if upper is None else upper)) / 2
    for band, (lower, upper) in BOUNDS.items()
}
_FOLDED_FROM = 5
_DIGITS = 14


def read_families() -> dict[str, Any]:
    """Return the families of legal categories, as the product reads them."""
    return tomllib.loads(FAMILIES.read_text("utf-8"))


def blanked(text: pd.Series) -> pd.Series:
    """Return a text, unknown where Insee writes « [ND] » or nothing."""
    return text.mask(text.isin(["[ND]", ""]))


def yes_or_no(letter: pd.Series) -> pd.Series:
    """Return O as true, N as false, anything else as unknown."""
    return letter.map({"O": True, "N": False}).astype("boolean")


def naf_of(code: pd.Series, nomenclature: pd.Series) -> pd.Series:
    """Return the code when it is of the NAF rév. 2, unknown when of an older nomenclature."""
    return blanked(code.where(nomenclature == "NAFRev2"))


def is_industrial(naf: pd.Series) -> pd.Series:
    """Return whether each code is of sections B to E; unknown without a code."""
    return naf.str[:2].isin(DIVISIONS).astype("boolean").mask(naf.isna())


def with_bounds(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the staff bounds of its bands."""
    band = table["staff_band"]
    return table.assign(
        staff_lower=band.map(_LOWER).astype("Int32"),
        staff_mid=band.map(_MIDDLE).astype("float64"),
        staff_upper=band.map(_UPPER).astype("Int32"),
    )


def has_key(codes: pd.Series) -> pd.Series:
    """Return whether Luhn's formula holds, vectorised over the digits; La Poste's own rule is heeded."""
    numbers = pd.to_numeric(codes, errors="coerce").fillna(1).astype("int64").to_numpy()
    total = np.zeros(len(numbers), dtype="int64")
    plain = np.zeros(len(numbers), dtype="int64")
    for place in range(_DIGITS):
        digit = numbers // 10**place % 10
        plain += digit
        total += np.where(place % 2, 2 * digit - 9 * (digit >= _FOLDED_FROM), digit)
    holds = pd.Series(total % 10 == 0, index=codes.index)
    return holds | (codes.str.startswith(LA_POSTE) & pd.Series(plain % 5 == 0, index=codes.index))
