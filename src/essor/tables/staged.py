"""Staged tables: what a source becomes once tidied, before the sources are crossed. Never published."""

from essor.tables.table import Column, Table

FICTION = Column("is_fictional", "boolean", "Whether the row was invented for the demonstration.")

SIRENE_UNITS = Table(
    name="sirene_units",
    meaning="One row per legal unit of Sirene, natural persons included but never named.",
    key=("siren",),
    columns=(
        Column("siren", "string", "Identifier of the legal unit."),
        Column("is_natural_person", "boolean", "Whether it is an entrepreneur individuel."),
        Column("is_partly_diffused", "boolean", "statutDiffusion is not O."),
        Column("created_on", "date", "Day of its creation.", nullable=True),
        Column("acronym", "string", "Sigle.", nullable=True),
        Column("rna", "string", "Identifiant d'association.", nullable=True),
        Column("staff_band", "string", "Tranche d'effectifs.", nullable=True),
        Column("staff_year", "int32", "Year of the band.", "year", nullable=True),
        Column("size_class", "string", "Catégorie d'entreprise.", nullable=True),
        Column("is_active", "boolean", "État administratif is A."),
        Column("name", "string", "Dénomination, else dénomination usuelle.", nullable=True),
        Column("legal_category", "string", "Four digits.", nullable=True),
        Column("naf", "string", "NAF rév. 2 only.", nullable=True),
        Column("naf_2025", "string", "NAF 2025.", nullable=True),
        Column(
            "head_office",
            "string",
            "SIRET: siren followed by the NIC on five digits.",
            nullable=True,
        ),
        Column("ess_flag", "boolean", "economieSocialeSolidaire: O, N or unknown.", nullable=True),
        Column("is_mission_company", "boolean", "societeMission.", nullable=True),
        Column("is_employer", "boolean", "caractereEmployeur.", nullable=True),
        FICTION,
    ),
)

SIRENE_ESTABLISHMENTS = Table(
    name="sirene_establishments",
    meaning="One row per establishment of Sirene.",
    key=("siret",),
    columns=(
        Column("siret", "string", "Identifier of the establishment."),
        Column("is_partly_diffused", "boolean", "statutDiffusion is not O."),
        Column("created_on", "date", "Day of its creation.", nullable=True),
        Column("staff_band", "string", "Tranche d'effectifs.", nullable=True),
        Column("is_head_office", "boolean", "etablissementSiege.", nullable=True),
        Column(
            "address",
            "string",
            "Number, repetition index, kind and name of the street.",
            nullable=True,
        ),
        Column("postcode", "string", "Code postal.", nullable=True),
        Column(
            "city",
            "string",
            "Libellé de commune (abroad: libellé de commune étrangère).",
            nullable=True,
        ),
        Column(
            "commune", "string", "Code commune as published: perhaps a former one.", nullable=True
        ),
        Column("country", "string", "Insee's code of a foreign country.", nullable=True),
        Column("is_active", "boolean", "État administratif is A."),
        Column("name", "string", "Enseigne, else dénomination usuelle.", nullable=True),
        Column("naf", "string", "NAF rév. 2 only.", nullable=True),
        Column("naf_2025", "string", "NAF 2025.", nullable=True),
        Column("is_employer", "boolean", "caractereEmployeur.", nullable=True),
        FICTION,
    ),
)

POSITIONS = Table(
    name="positions",
    meaning="One row per geolocated establishment of Sirene.",
    key=("siret",),
    columns=(
        Column("siret", "string", "Identifier of the establishment."),
        Column("lon", "float64", "Longitude, WGS 84.", "degrees", nullable=True),
        Column("lat", "float64", "Latitude, WGS 84.", "degrees", nullable=True),
        Column("position_basis", "string", "address, street or commune, after qualite_xy."),
    ),
)

ESS_CLAIMS = Table(
    name="ess_claims",
    meaning="One row per legal unit that a list of the social economy names.",
    key=("siren",),
    columns=(
        Column("siren", "string", "Identifier of the legal unit."),
        Column("evidence", "string", "ess_france, esus or scop."),
        Column(
            "family",
            "string",
            "Family that the list gives, in our words; unknown when it gives none.",
            nullable=True,
        ),
        FICTION,
    ),
)

STATUS_CLAIMS = Table(
    name="status_claims",
    meaning="One row per status that a source attests.",
    key=("siren", "siret", "kind"),
    columns=(
        Column("siren", "string", "Identifier of the legal unit."),
        Column(
            "siret",
            "string",
            "Identifier of the establishment; empty when the status is the unit's.",
        ),
        Column("kind", "string", "ei, etti, aci, ai, eiti, ea, eatt, esat, geiq, esus or scop."),
        Column("name", "string", "Name of the structure in the source.", nullable=True),
        Column("attested_on", "date", "Day for which the source attests it."),
        Column("valid_from", "date", "First day, where published.", nullable=True),
        Column("valid_to", "date", "Last day, where published.", nullable=True),
        Column(
            "has_industrial_activity",
            "boolean",
            "Declared industrial activity; unknown when nothing is declared.",
            nullable=True,
        ),
        Column(
            "industrial_basis", "string", "sectors, convention_naf, name or study.", nullable=True
        ),
        Column("places", "int32", "Authorised capacity.", "places", nullable=True),
        FICTION,
    ),
)
