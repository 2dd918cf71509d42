"""The départements and the collectivités d’outre-mer."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_DEPARTEMENTS = Table(
    name="staged_departements",
    meaning="One row per département or collectivité d’outre-mer, as published.",
    key=("code",),
    columns=(
        Column("code", "string", "Its code."),
        Column("name", "string", "Its name."),
        Column("region", "string", "Code of its région, its own outside the régions."),
        Column("zone", "string", "metro, drom or com.", nullable=True),
    ),
)

SOURCE = Source(
    name="departements",
    title="Départements",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2560452",
    files=("territoires/departements.csv",),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_DEPARTEMENTS,
    is_essential=True,
    columns=(
        RawColumn("code", aliases=("DEP",)),
        RawColumn("nom", aliases=("LIBELLE",)),
        RawColumn("region", aliases=("REG",)),
        RawColumn("zone", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per département."""
    return conform(raw.rename(name="nom"), STAGED_DEPARTEMENTS)
