"""The NAF rév. 2, from section to sub-class, published with one line per sub-class."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.nomenclatures import NAF

SECTION, SUB_CLASS = 1, 5

SOURCE = Source(
    name="naf",
    title="NAF rév. 2",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2120875",
    files=("nomenclatures/naf_rev2.csv",),
    min_rows=700,
    cadence=Cadence.IRREGULAR,
    is_shipped=True,
    table=NAF,
    is_essential=True,
    columns=(
        *(RawColumn(f"NIV{level}") for level in range(SECTION, SUB_CLASS + 1)),
        *(RawColumn(f"LIB_NIV{level}") for level in range(SECTION, SUB_CLASS + 1)),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per position of any level."""
    return ibis.union(*(_positions(raw, level) for level in range(SECTION, SUB_CLASS + 1)))


def _positions(raw: ibis.Table, level: int) -> ibis.Table:
    rows = raw.select(
        code=raw[f"NIV{level}"],
        level=ibis.literal(level, "int32"),
        section=raw.NIV1,
        parent=ibis.null("string") if level == SECTION else raw[f"NIV{level - 1}"],
        label=raw[f"LIB_NIV{level}"],
    )
    return conform(rows.distinct(), NAF)
