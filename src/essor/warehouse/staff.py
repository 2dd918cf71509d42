"""Staff bounds of a column of bands."""

import ibis
from ibis.expr.types import StringValue, Value

from essor.perimeter.staff_bands import STAFF_BANDS


def staff_bounds(band: StringValue) -> dict[str, Value]:
    """Return the four staff columns of a table; a band that is blank, NN or unheard of has no bounds."""
    return {
        "staff_band": band,
        "staff_lower": band.cases(*((b.code, b.lower) for b in STAFF_BANDS)).cast("int32"),
        "staff_mid": band.cases(*((b.code, b.mid) for b in STAFF_BANDS)).cast("float64"),
        "staff_upper": band.cases(
            *((b.code, b.upper) for b in STAFF_BANDS if b.upper is not None)
        ).cast("int32"),
    }


def staff_sums(table: ibis.Table) -> dict[str, Value]:
    """Return the sums of a table's staff bounds; the open band counts its lower bound in the upper sum."""
    return {
        "staff_lower": table.staff_lower.sum().fill_null(0).cast("int64"),
        "staff_mid": table.staff_mid.sum().fill_null(0).cast("float64"),
        "staff_upper": ibis.coalesce(table.staff_upper, table.staff_lower)
        .sum()
        .fill_null(0)
        .cast("int64"),
    }
