"""The columns that say where something is, shared by every table that has a place."""

from essor.tables.table import Column

PLACE_COLUMNS = (
    Column(
        "commune", "string", "Code officiel géographique of the current commune.", nullable=True
    ),
    Column("epci", "string", "SIREN of its EPCI à fiscalité propre.", nullable=True),
    Column("departement", "string", "Code of its département.", nullable=True),
    Column("region", "string", "Code of its région.", nullable=True),
    Column(
        "territoire_industrie", "string", "Identifier of its Territoire d'industrie.", nullable=True
    ),
    Column("zone_emploi", "string", "Code of its zone d'emploi (2020).", nullable=True),
)

STAFF_COLUMNS = (
    Column("staff_band", "string", "Insee's staff band, as published.", nullable=True),
    Column("staff_lower", "int32", "Least staff of the band.", "employees", nullable=True),
    Column("staff_mid", "float64", "Middle of the band.", "employees", nullable=True),
    Column(
        "staff_upper",
        "int32",
        "Most staff of the band; unknown for the last.",
        "employees",
        nullable=True,
    ),
)
