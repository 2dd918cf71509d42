"""Statuses: the dated facts of convention, agreement and label."""

from essor.tables.table import Column, Table

STATUSES = Table(
    name="statuses",
    meaning="One row per status that a source attests for an organisation or one of its establishments.",
    key=("siren", "siret", "kind", "source", "attested_on"),
    columns=(
        Column("siren", "string", "Identifier of the legal unit."),
        Column(
            "siret",
            "string",
            "Identifier of the establishment; empty (never null) when the status is the unit's.",
        ),
        Column("kind", "string", "ei, etti, aci, ai, eiti, ea, eatt, esat, geiq, esus or scop."),
        Column("name", "string", "Name of the structure in the source.", nullable=True),
        Column("source", "string", "Name of the source, as `essor sources` lists it."),
        Column("attested_on", "date", "Day for which the source attests it."),
        Column("valid_from", "date", "First day of the status, where published.", nullable=True),
        Column("valid_to", "date", "Last day of the status, where published.", nullable=True),
        Column(
            "has_industrial_activity",
            "boolean",
            "Whether it declares an industrial activity; unknown when it declares nothing.",
            nullable=True,
        ),
        Column(
            "industrial_basis",
            "string",
            "What that rests on: sectors, convention_naf, name or study.",
            nullable=True,
        ),
        Column("places", "int32", "Authorised capacity (ESAT).", "places", nullable=True),
        Column("is_known_unit", "boolean", "Whether the legal unit is in the table organisations."),
        Column("is_fictional", "boolean", "Whether it was invented for the demonstration."),
    ),
)
