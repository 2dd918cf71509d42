"""Organisations: the legal units of the social economy and of industry."""

from essor.tables.places import PLACE_COLUMNS, STAFF_COLUMNS
from essor.tables.table import Column, Table

ORGANISATIONS = Table(
    name="organisations",
    meaning=(
        "One row per legal person that has an industrial main activity, holds a status or is listed as of the "
        "social economy, open or closed; or that is open and of the social economy on any other ground. Natural "
        "persons are never here."
    ),
    key=("siren",),
    columns=(
        Column("siren", "string", "Identifier of the legal unit."),
        Column("name", "string", "Its name; unknown when its diffusion is partial.", nullable=True),
        Column("acronym", "string", "Its sigle.", nullable=True),
        Column("rna", "string", "Its number in the register of associations.", nullable=True),
        Column("is_active", "boolean", "Whether it is open."),
        Column("created_on", "date", "Day of its creation.", nullable=True),
        Column(
            "is_partly_diffused",
            "boolean",
            "Whether it asked Insee not to publish its name and address.",
        ),
        Column(
            "legal_category",
            "string",
            "Catégorie juridique, level III, four digits.",
            nullable=True,
        ),
        Column("naf", "string", "Main activity, NAF rév. 2, with its dot.", nullable=True),
        Column("naf_2025", "string", "Main activity, NAF 2025, with its dot.", nullable=True),
        Column(
            "ess_family",
            "string",
            "cooperative, mutuelle, association, fondation, societe_commerciale or indeterminee; empty outside the social economy.",
            nullable=True,
        ),
        Column(
            "ess_basis",
            "string",
            "Strongest ground of the family: code, list, flag or name.",
            nullable=True,
        ),
        Column(
            "ess_evidence",
            "string",
            "Every ground found, joined by « | »: code, flag, ess_france, esus, scop, name.",
            nullable=True,
        ),
        Column(
            "is_industrial_p1",
            "boolean",
            "P1: main activity in NAF sections B to E; unknown without an activity.",
            nullable=True,
        ),
        Column(
            "is_industrial_p2",
            "boolean",
            "P2: declared industrial activity of a conventioned structure; unknown when nothing was declared; empty too without a status.",
            nullable=True,
        ),
        Column(
            "p2_basis",
            "string",
            "What the P2 answer rests on: sectors, convention_naf, name or study.",
            nullable=True,
        ),
        *STAFF_COLUMNS,
        Column("staff_year", "int32", "Year of the staff band.", "year", nullable=True),
        Column("is_employer", "boolean", "Caractère employeur.", nullable=True),
        Column("size_class", "string", "Catégorie d'entreprise: PME, ETI or GE.", nullable=True),
        Column(
            "is_mission_company",
            "boolean",
            "Société à mission: no ground of the social economy.",
            nullable=True,
        ),
        Column("head_office", "string", "SIRET of its head office.", nullable=True),
        *PLACE_COLUMNS,
        Column("is_fictional", "boolean", "Whether it was invented for the demonstration."),
    ),
)
