"""The groupements d’employeurs pour l’insertion et la qualification (GEIQ), labelled by their federation."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims
from essor.sources.published_text import is_written
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="geiq",
    title="Groupements d’employeurs pour l’insertion et la qualification",
    publisher="Fédération française des GEIQ",
    licence="à vérifier (diffusées dans un dépôt public sous AGPL-3)",
    page="https://www.lesgeiq.fr",
    files=("inclusion/geiq_2019.csv", "inclusion/geiq.csv", "inclusion/geiq.xlsx"),
    cadence=Cadence.YEARLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("GEIQ", aliases=("Nom", "Nom du GEIQ")),
        RawColumn("SIRET", aliases=("N° SIRET",)),
        RawColumn("NAF", aliases=("Code NAF", "APE"), is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per GEIQ that bears a SIRET; its name tells its trade."""
    attached = raw.filter(is_attached(raw))
    rows = attached.rename(siret="SIRET", name="GEIQ", naf="NAF")
    return convention_claims(rows.mutate(kind=ibis.literal("geiq")))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIRET; the others cannot be attached to anybody, and are left out."""
    return is_written(raw.SIRET)
