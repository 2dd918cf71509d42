"""The régions."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_REGIONS = Table(
    name="staged_regions",
    meaning="One row per région or collectivité d’outre-mer, as published.",
    key=("code",),
    columns=(
        Column("code", "string", "Its code."),
        Column("name", "string", "Its name."),
        Column("zone", "string", "metro, drom or com.", nullable=True),
    ),
)

SOURCE = Source(
    name="regions",
    title="Régions",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2560452",
    files=("territoires/regions.csv",),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_REGIONS,
    is_essential=True,
    columns=(
        RawColumn("code", aliases=("REG",)),
        RawColumn("nom", aliases=("LIBELLE",)),
        RawColumn("zone", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per région."""
    return conform(raw.rename(name="nom"), STAGED_REGIONS)
