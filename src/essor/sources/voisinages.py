"""Which communes touch: pairs derived from IGN's contours by a committed script."""

import ibis

from essor.sources.conform import conform
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.table import Column, Table

STAGED_VOISINAGES = Table(
    name="staged_voisinages",
    meaning="One row per pair of communes whose borders touch, as derived.",
    key=("commune", "neighbour"),
    columns=(
        Column("commune", "string", "A commune."),
        Column("neighbour", "string", "A commune that touches it."),
    ),
)

SOURCE = Source(
    name="voisinages",
    title="Communes limitrophes",
    publisher="IGN (Admin Express), calcul Essor",
    licence="Licence Ouverte 2.0",
    page="https://geoservices.ign.fr/adminexpress",
    files=("territoires/voisinages.parquet", "territoires/voisinages.csv"),
    cadence=Cadence.YEARLY,
    is_shipped=True,
    table=STAGED_VOISINAGES,
    columns=(RawColumn("commune"), RawColumn("neighbour", aliases=("voisine",))),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per pair."""
    return conform(raw, STAGED_VOISINAGES)
