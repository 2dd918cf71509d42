"""The CPV 2008: the vocabulary in which public buyers say what they buy."""

import ibis
from ibis import _

from essor.sources.conform import conform
from essor.sources.published_text import words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.vocabularies import CPV

SOURCE = Source(
    name="cpv",
    title="CPV 2008",
    publisher="Union européenne",
    licence="Réutilisation libre (décision 2011/833/UE)",
    page="https://simap.ted.europa.eu/cpv",
    files=("nomenclatures/cpv_2008_fr.csv",),
    min_rows=9_000,
    cadence=Cadence.IRREGULAR,
    table=CPV,
    columns=(RawColumn("code"), RawColumn("parent"), RawColumn("label", aliases=("libelle",))),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per position."""
    return conform(raw.mutate(parent=words(_.parent)), CPV)
