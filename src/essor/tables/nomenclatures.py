"""Nomenclatures: activities, legal categories and staff bands, with their French labels."""

from essor.tables.table import Column, Table

NAF = Table(
    name="naf",
    meaning="One row per position of the NAF rév. 2, from section to sub-class.",
    key=("code",),
    columns=(
        Column("code", "string", "B, 08, 08.1, 08.11 or 08.11Z."),
        Column("level", "int32", "1 section, 2 division, 3 group, 4 class, 5 sub-class."),
        Column("section", "string", "Letter of its section."),
        Column(
            "parent", "string", "Code of the position above; empty for a section.", nullable=True
        ),
        Column("label", "string", "Its French label."),
    ),
)

NAF_2025 = Table(
    name="naf_2025",
    meaning="One row per sub-class of the NAF 2025.",
    key=("code",),
    columns=(
        Column("code", "string", "Code, with its dot."),
        Column("label", "string", "Its French label."),
    ),
)

LEGAL_CATEGORIES = Table(
    name="legal_categories",
    meaning="One row per catégorie juridique, level III.",
    key=("code",),
    columns=(
        Column("code", "string", "Four digits."),
        Column("label", "string", "Its French label."),
        Column("is_in_force", "boolean", "Whether Insee still gives it."),
    ),
)

STAFF_BANDS = Table(
    name="staff_bands",
    meaning="One row per staff band of Sirene.",
    key=("code",),
    columns=(
        Column("code", "string", "Two characters."),
        Column("label", "string", "Its French label."),
        Column("lower", "int32", "Least staff.", "employees", nullable=True),
        Column(
            "upper", "int32", "Most staff; unknown for the last band.", "employees", nullable=True
        ),
    ),
)
