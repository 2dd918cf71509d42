"""Vocabularies: what activities include, what buyers call products, what jobs are called."""

from essor.tables.table import Column, Table

NAF_NOTES = Table(
    name="naf_notes",
    meaning="One row per explanatory note of a sub-class of the NAF rév. 2.",
    key=("code", "kind", "rank"),
    columns=(
        Column("code", "string", "Sub-class, with its dot: 25.62B."),
        Column("kind", "string", "includes, also (includes too) or excludes."),
        Column("rank", "int32", "Place of the note among those of its kind, from 0."),
        Column("text", "string", "The note, in French."),
        Column(
            "target",
            "string",
            "First sub-class to which an exclusion sends; unknown when it names none.",
            nullable=True,
        ),
    ),
)

CPV = Table(
    name="cpv",
    meaning="One row per position of the CPV 2008.",
    key=("code",),
    columns=(
        Column("code", "string", "Eight digits, a dash and its check digit."),
        Column(
            "parent", "string", "Code of the position above; empty for a division.", nullable=True
        ),
        Column("label", "string", "Its French label."),
    ),
)

ROME = Table(
    name="rome",
    meaning="One row per appellation of the ROME 4.0: a job as people call it.",
    key=("ogr",),
    columns=(
        Column("ogr", "string", "Code OGR of the appellation."),
        Column("code", "string", "Code of its fiche: H2913."),
        Column("label", "string", "The appellation, in French, masculine and feminine."),
    ),
)

ROME_FICHES = Table(
    name="rome_fiches",
    meaning="One row per fiche of the ROME 4.0: a family of jobs.",
    key=("code",),
    columns=(
        Column("code", "string", "A letter and four digits."),
        Column("label", "string", "Its French label."),
        Column("domain", "string", "Code of its domain: a letter and two digits."),
        Column("domain_label", "string", "French label of its domain."),
    ),
)
