"""The fiches of the ROME 4.0: families of jobs, and the domains they are in."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.vocabularies import ROME_FICHES

SOURCE = Source(
    name="rome_fiches",
    title="ROME 4.0 : fiches de métiers",
    publisher="France Travail",
    licence="Licence Ouverte 2.0",
    page="https://francetravail.io/data/api/rome-4-0-metiers",
    files=("nomenclatures/rome.csv",),
    min_rows=500,
    cadence=Cadence.YEARLY,
    table=ROME_FICHES,
    columns=(
        RawColumn("code_rome"),
        RawColumn("libelle"),
        RawColumn("code_domaine"),
        RawColumn("libelle_domaine"),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per fiche."""
    named = raw.rename(
        code="code_rome", label="libelle", domain="code_domaine", domain_label="libelle_domaine"
    )
    return conform(named, ROME_FICHES)
