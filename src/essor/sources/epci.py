"""The EPCI à fiscalité propre: communautés de communes, d’agglomération, urbaines, and métropoles."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_EPCI = Table(
    name="staged_epci",
    meaning="One row per EPCI à fiscalité propre, as published.",
    key=("code",),
    columns=(
        Column("code", "string", "Its SIREN."),
        Column("name", "string", "Its name."),
        Column("kind", "string", "CC, CA, CU or METRO."),
        Column("population", "int64", "Municipal population.", "inhabitants", nullable=True),
    ),
)

SOURCE = Source(
    name="epci",
    title="EPCI à fiscalité propre",
    publisher="DGCL",
    licence="Licence Ouverte 2.0",
    page="https://www.banatic.interieur.gouv.fr",
    files=("territoires/epci.csv",),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_EPCI,
    is_essential=True,
    columns=(
        RawColumn("code", aliases=("siren",)),
        RawColumn("nom"),
        RawColumn("type", aliases=("nature_juridique",)),
        RawColumn(
            "population_municipale", "int64", aliases=("populationMunicipale",), is_required=False
        ),
    ),
)

LYON, METROPOLE = "MET69", "METRO"
"""The Métropole de Lyon has a kind of its own in the file: it is a métropole all the same."""


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per EPCI."""
    rows = raw.rename(name="nom", population="population_municipale")
    return conform(rows.mutate(kind=rows.type.replace(LYON, METROPOLE)), STAGED_EPCI)
