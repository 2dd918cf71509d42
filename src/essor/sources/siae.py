"""The structures of insertion by economic activity (SIAE), as the plateforme de l’inclusion publishes them."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims, kind
from essor.sources.published_text import is_written
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="siae",
    title="Structures d’insertion par l’activité économique",
    publisher="ASP, DGEFP, FFGEIQ (plateforme de l’inclusion)",
    licence="à vérifier (diffusées dans un dépôt public sous AGPL-3)",
    page="https://emplois.inclusion.gouv.fr/api/v1/siaes/",
    files=("inclusion/siae_2020.csv", "inclusion/siae.csv"),
    cadence=Cadence.WEEKLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("siret", aliases=("N° SIRET", "Numéro SIRET")),
        RawColumn("kind", aliases=("type",)),
        RawColumn("name", aliases=("raison_sociale", "nom")),
        RawColumn("naf", aliases=("code_naf",), is_required=False),
        RawColumn("updated_at", aliases=("mis_a_jour_le",), is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per convention that gives a status of ours."""
    attached = raw.filter(is_attached(raw))
    return convention_claims(attached.mutate(kind=kind(attached.kind)))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIRET and a kind that is a status of ours (OPCS and SEP are not)."""
    return is_written(raw.siret) & kind(raw.kind).notnull()
