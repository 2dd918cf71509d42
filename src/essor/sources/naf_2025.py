"""The sub-classes of the NAF 2025, the reference from 1 January 2027."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.nomenclatures import NAF_2025

SOURCE = Source(
    name="naf_2025",
    title="NAF 2025",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/8181066",
    files=("nomenclatures/naf_2025.csv",),
    min_rows=700,
    cadence=Cadence.IRREGULAR,
    table=NAF_2025,
    columns=(RawColumn("code"), RawColumn("libelle", aliases=("libellé", "intitulé", "label"))),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per sub-class."""
    return conform(raw.rename(label="libelle"), NAF_2025)
