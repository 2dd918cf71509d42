"""What the inclusive suppliers declare on le Marché de l’inclusion: their sectors, and how they work."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims, kind
from essor.sources.published_text import is_written
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="marche_inclusion",
    title="Activités déclarées sur le Marché de l’inclusion",
    publisher="Plateforme de l’inclusion",
    licence="à vérifier",
    page="https://lemarche.inclusion.gouv.fr/api/",
    files=("inclusion/marche_inclusion.csv",),
    cadence=Cadence.DAILY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("siret"),
        RawColumn("kind"),
        RawColumn("name"),
        RawColumn("sector_groups", is_required=False),
        RawColumn("presta_types", aliases=("presta_type",), is_required=False),
        RawColumn("updated_at", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per supplier, with what its declared sectors say of industry."""
    attached = raw.filter(is_attached(raw))
    return convention_claims(attached.mutate(kind=kind(attached.kind)))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIRET and a kind that is a status of ours (SEP and OPCS are not)."""
    return is_written(raw.siret) & kind(raw.kind).notnull()
