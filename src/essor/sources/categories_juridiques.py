"""The catégories juridiques, level III."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.nomenclatures import LEGAL_CATEGORIES

LEVEL = "3"

SOURCE = Source(
    name="categories_juridiques",
    title="Catégories juridiques",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2028129",
    files=("nomenclatures/categories_juridiques.csv",),
    min_rows=50,
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=LEGAL_CATEGORIES,
    is_essential=True,
    columns=(
        RawColumn("code"),
        RawColumn("niveau", is_required=False),
        RawColumn("libelle", aliases=("libellé",)),
        RawColumn("en_vigueur", "boolean", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per category of level III, in force unless the file says it no longer is."""
    third = raw.filter(raw.niveau.fill_null(LEVEL) == LEVEL)
    rows = third.mutate(
        code=third.code.lpad(4, "0"),
        label=third.libelle,
        is_in_force=third.en_vigueur.fill_null(ibis.literal(value=True)),
    )
    return conform(rows, LEGAL_CATEGORIES)
