"""The fabric: what surrounds the social economy, counted, never named."""

from essor.tables.table import Column, Table

STAFF_SUMS = (
    Column("staff_lower", "int64", "Sum of the lower bounds.", "employees"),
    Column("staff_mid", "float64", "Sum of the middles.", "employees"),
    Column(
        "staff_upper",
        "int64",
        "Sum of the upper bounds (the last band counts its lower bound).",
        "employees",
    ),
)

INDUSTRIAL_UNITS = Table(
    name="industrial_units",
    meaning=(
        "One row per commune of head office × NAF division × kind of person × staff band: the active legal units of "
        "NAF sections B to E, the whole of industry, natural persons included. The denominators of K04 and K06."
    ),
    key=("commune", "division", "is_natural_person", "staff_band"),
    columns=(
        Column("commune", "string", "Current commune of the head office; empty when unknown."),
        Column("division", "string", "NAF rév. 2 division, two digits."),
        Column("is_natural_person", "boolean", "Whether they are entrepreneurs individuels."),
        Column("staff_band", "string", "Insee's staff band; empty when unknown."),
        Column("units", "int64", "Active legal units.", "units"),
        *STAFF_SUMS,
    ),
)

EMPLOYMENT = Table(
    name="employment",
    meaning="One row per commune × NAF division: the active employer establishments of the whole economy.",
    key=("commune", "division"),
    columns=(
        Column("commune", "string", "Current commune; empty when unknown."),
        Column("division", "string", "NAF rév. 2 division, two digits; empty when unknown."),
        Column("establishments", "int64", "Active employer establishments.", "establishments"),
        *STAFF_SUMS,
    ),
)
