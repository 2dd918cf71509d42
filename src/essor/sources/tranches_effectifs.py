"""The staff bands of Sirene, and their bounds."""

import ibis

from essor.perimeter.staff_bands import UNKNOWN_BAND
from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.nomenclatures import STAFF_BANDS

SOURCE = Source(
    name="tranches_effectifs",
    title="Tranches d’effectif salarié",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.sirene.fr/sirene/public/variable/trancheEffectifsUniteLegale",
    files=("nomenclatures/tranches_effectifs.csv",),
    min_rows=15,
    cadence=Cadence.IRREGULAR,
    is_shipped=True,
    table=STAFF_BANDS,
    is_essential=True,
    columns=(
        RawColumn("code"),
        RawColumn("libelle", aliases=("libellé",)),
        RawColumn("effectif_min", "int32"),
        RawColumn("effectif_max", "int32"),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per band. The bounds of NN stay unknown: no staff, or unknown staff (domain.md B.4)."""
    is_known = raw.code != UNKNOWN_BAND
    rows = raw.mutate(
        label=raw.libelle,
        lower=ibis.ifelse(is_known, raw.effectif_min, ibis.null("int32")),
        upper=ibis.ifelse(is_known, raw.effectif_max, ibis.null("int32")),
    )
    return conform(rows, STAFF_BANDS)
