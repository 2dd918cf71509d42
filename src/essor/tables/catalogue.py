"""Every table of a release, in the order a reader discovers them."""

from essor.tables.anomalies import ANOMALIES
from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.fabric import EMPLOYMENT, INDUSTRIAL_UNITS
from essor.tables.geography import COMMUNES, FORMER_COMMUNES, NEIGHBOURS, TERRITORIES
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF, NAF_2025, STAFF_BANDS
from essor.tables.organisations import ORGANISATIONS
from essor.tables.statuses import STATUSES
from essor.tables.table import Table
from essor.tables.vocabularies import CPV, NAF_NOTES, ROME, ROME_FICHES

TABLES: tuple[Table, ...] = (
    ORGANISATIONS,
    ESTABLISHMENTS,
    STATUSES,
    INDUSTRIAL_UNITS,
    EMPLOYMENT,
    TERRITORIES,
    COMMUNES,
    FORMER_COMMUNES,
    NEIGHBOURS,
    NAF,
    NAF_2025,
    NAF_NOTES,
    CPV,
    ROME,
    ROME_FICHES,
    LEGAL_CATEGORIES,
    STAFF_BANDS,
    ANOMALIES,
)
