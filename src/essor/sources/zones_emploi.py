"""The zones d’emploi of 2020, and the communes of each."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_ZONES_EMPLOI = Table(
    name="staged_zones_emploi",
    meaning="One row per commune of a zone d’emploi, as published.",
    key=("commune",),
    columns=(
        Column("code", "string", "Code of the zone d’emploi, four digits."),
        Column("name", "string", "Its name."),
        Column("commune", "string", "Code of a commune."),
    ),
)

SOURCE = Source(
    name="zones_emploi",
    title="Zones d’emploi 2020",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/4652957",
    # Insee, « La table de composition communale des zones d’emploi »: an archive of one workbook.
    address="https://www.insee.fr/fr/statistiques/fichier/4652957/ZE2020_au_01-01-2026.zip",
    files=("territoires/zones_emploi_communes.csv", "territoires/ZE2020_au_01-01-2026.zip"),
    cadence=Cadence.IRREGULAR,
    table=STAGED_ZONES_EMPLOI,
    columns=(
        RawColumn("codgeo"),
        RawColumn("ze2020"),
        RawColumn("libze2020"),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per commune; zeros that a spreadsheet dropped are restored."""
    rows = raw.select(
        code=raw.ze2020.lpad(4, "0"), name=raw.libze2020, commune=raw.codgeo.lpad(5, "0")
    )
    return conform(rows, STAGED_ZONES_EMPLOI)
