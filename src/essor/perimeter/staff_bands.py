"""Staff bands: the bounds Sirene publishes instead of a number of employees.

Source: Insee, tranches d'effectifs (https://www.sirene.fr/sirene/public/variable/trancheEffectifsUniteLegale).
"""

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class StaffBand:
    """A band: least and most employees; the last has no upper bound."""

    code: str
    lower: int
    upper: int | None

    @property
    def mid(self) -> float:
        """Return the middle of the band, in employees; its lower bound when it is open."""
        return (self.lower + self.upper) / 2 if self.upper is not None else float(self.lower)

    @property
    def log_uniform(self) -> float:
        """Return the mean of a log-uniform law over the band, in employees: (b − a) / ln(b / a), b = upper + 1."""
        if self.upper is None or self.lower == 0:
            return float(self.lower)
        top = self.upper + 1
        return (top - self.lower) / log(top / self.lower)


STAFF_BANDS: tuple[StaffBand, ...] = (
    StaffBand("00", 0, 0),
    StaffBand("01", 1, 2),
    StaffBand("02", 3, 5),
    StaffBand("03", 6, 9),
    StaffBand("11", 10, 19),
    StaffBand("12", 20, 49),
    StaffBand("21", 50, 99),
    StaffBand("22", 100, 199),
    StaffBand("31", 200, 249),
    StaffBand("32", 250, 499),
    StaffBand("41", 500, 999),
    StaffBand("42", 1000, 1999),
    StaffBand("51", 2000, 4999),
    StaffBand("52", 5000, 9999),
    StaffBand("53", 10000, None),
)

UNKNOWN_BAND = "NN"
"""Insee's code of a unit without staff or of unknown staff: bounds stay unknown."""

BY_CODE = {band.code: band for band in STAFF_BANDS}
