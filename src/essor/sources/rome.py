"""The appellations of the ROME 4.0: jobs as people call them, each with the fiche it belongs to."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.vocabularies import ROME

SOURCE = Source(
    name="rome",
    title="ROME 4.0 : appellations de métiers",
    publisher="France Travail",
    licence="Licence Ouverte 2.0",
    page="https://francetravail.io/data/api/rome-4-0-metiers",
    files=("nomenclatures/rome_appellations.csv",),
    min_rows=5_000,
    cadence=Cadence.YEARLY,
    table=ROME,
    columns=(RawColumn("code_rome"), RawColumn("code_ogr"), RawColumn("libelle")),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per appellation."""
    return conform(raw.rename(code="code_rome", ogr="code_ogr", label="libelle"), ROME)
