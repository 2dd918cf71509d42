"""The conventions of insertion, as the Agence de services et de paiement (ASP) lists them."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims, kind
from essor.sources.published_text import is_written
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="siae_asp",
    title="Conventions d’insertion par l’activité économique (ASP)",
    publisher="ASP, DGEFP",
    licence="à vérifier (diffusées dans un dépôt public sous AGPL-3)",
    page="https://emplois.inclusion.gouv.fr",
    files=("inclusion/siae_2019.csv",),
    cadence=Cadence.IRREGULAR,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("SIRET"),
        RawColumn("MESURE"),
        RawColumn("DENOMINATION_SOCIALE"),
        RawColumn("CODE_NAF2", aliases=("CODE_NAF",), is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per SIRET and kind: the list repeats a convention in each département it serves."""
    attached = raw.filter(is_attached(raw))
    conventions = attached.mutate(kind=kind(attached.MESURE)).group_by("SIRET", "kind")
    rows = conventions.aggregate(
        name=attached.DENOMINATION_SOCIALE.min(),
        naf=attached.CODE_NAF2.min(),
        source_date=attached.source_date.max(),
        is_fictional=attached.is_fictional.cast("int8").max().cast("boolean"),
    )
    return convention_claims(rows.rename(siret="SIRET"))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIRET and a measure that is a status of ours."""
    return is_written(raw.SIRET) & kind(raw.MESURE).notnull()
