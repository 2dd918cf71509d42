"""The codes of former communes, and of the current commune that replaces each."""

import ibis

from essor.sources.conform import conform
from essor.sources.published_text import words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_FORMER_COMMUNES = Table(
    name="staged_former_communes",
    meaning="One row per former commune code, as published.",
    key=("code",),
    columns=(
        Column("code", "string", "Code of the former commune."),
        Column("name", "string", "Its name, where published.", nullable=True),
        Column("current", "string", "Code of the commune that replaces it."),
    ),
)

SOURCE = Source(
    name="communes_anciennes",
    title="Communes déléguées, associées et fusionnées",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2560452",
    files=("territoires/communes_anciennes.csv",),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_FORMER_COMMUNES,
    columns=(
        RawColumn("code"),
        RawColumn("code_actuel", aliases=("chefLieu", "COMPARENT")),
        RawColumn("nom", aliases=("LIBELLE",), is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per former code that is replaced."""
    rows = raw.mutate(name=words(raw.nom), current=words(raw.code_actuel))
    return conform(rows.filter(rows.current.notnull()), STAGED_FORMER_COMMUNES)
