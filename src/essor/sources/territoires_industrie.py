"""The Territoires d’industrie, and the communes of each."""

import ibis

from essor.sources.conform import conform
from essor.sources.published_text import words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_TERRITOIRES_INDUSTRIE = Table(
    name="staged_territoires_industrie",
    meaning="One row per commune of a Territoire d’industrie, as published.",
    key=("code", "commune"),
    columns=(
        Column("code", "string", "Identifier of the Territoire d’industrie."),
        Column("name", "string", "Its name."),
        Column("commune", "string", "Code of a commune, current where published."),
    ),
)

SOURCE = Source(
    name="territoires_industrie",
    title="Territoires d’industrie",
    publisher="ANCT",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/fr/datasets/programme-territoires-dindustrie/",
    files=("territoires/territoires_industrie_communes.csv",),
    cadence=Cadence.IRREGULAR,
    table=STAGED_TERRITOIRES_INDUSTRIE,
    columns=(
        RawColumn("id_territoire", aliases=("id_ti",)),
        RawColumn("lib_territoire", aliases=("lib_ti",)),
        RawColumn("insee_com", aliases=("codgeo",)),
        RawColumn("insee_com_2026", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per commune, its current code where the file gives it; merged communes meet in one row."""
    rows = raw.select(
        code=raw.id_territoire,
        name=raw.lib_territoire,
        commune=ibis.coalesce(words(raw.insee_com_2026), words(raw.insee_com)),
    )
    return conform(rows.filter(rows.commune.notnull()).distinct(), STAGED_TERRITOIRES_INDUSTRIE)
