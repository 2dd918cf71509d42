"""Establishments: the places where organisations work."""

from essor.tables.places import PLACE_COLUMNS, STAFF_COLUMNS
from essor.tables.table import Column, Table

ESTABLISHMENTS = Table(
    name="establishments",
    meaning="One row per establishment, open or closed, of a legal unit of the table organisations.",
    key=("siret",),
    columns=(
        Column("siret", "string", "Identifier of the establishment."),
        Column("siren", "string", "Identifier of its legal unit."),
        Column("name", "string", "Its own name or sign.", nullable=True),
        Column("is_head_office", "boolean", "Whether it is the head office.", nullable=True),
        Column("is_active", "boolean", "Whether it is open."),
        Column("created_on", "date", "Day of its creation.", nullable=True),
        Column("naf", "string", "Main activity, NAF rév. 2, with its dot.", nullable=True),
        Column("naf_2025", "string", "Main activity, NAF 2025, with its dot.", nullable=True),
        Column(
            "is_industrial_p1",
            "boolean",
            "P1: main activity in NAF sections B to E.",
            nullable=True,
        ),
        *STAFF_COLUMNS,
        Column(
            "address",
            "string",
            "Number, street; unknown when its diffusion is partial.",
            nullable=True,
        ),
        Column("postcode", "string", "Postcode.", nullable=True),
        Column("city", "string", "Name of the commune as written in the address.", nullable=True),
        Column("country", "string", "Insee's country code, outside France only.", nullable=True),
        Column(
            "published_commune",
            "string",
            "Code of the commune as Insee publishes it: perhaps a former one.",
            nullable=True,
        ),
        *PLACE_COLUMNS,
        Column("lon", "float64", "Longitude, WGS 84.", "degrees", nullable=True),
        Column("lat", "float64", "Latitude, WGS 84.", "degrees", nullable=True),
        Column(
            "position_basis",
            "string",
            "What the position rests on: address, street or commune.",
            nullable=True,
        ),
        Column("is_fictional", "boolean", "Whether it was invented for the demonstration."),
    ),
)
