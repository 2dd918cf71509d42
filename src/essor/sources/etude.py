"""The organisations that the study of July 2024 names, and what it says of them: facts only."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conform import conform
from essor.sources.conventions import WHOLE_UNIT
from essor.sources.published_text import is_written, siren, siret, trimmed, words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="etude",
    title="Organisations citées par l’étude « Réindustrialisation : l’ESS comme levier de croissance »",
    publisher="Banque des Territoires, Intercommunalités de France",
    licence="faits cités",
    page="https://www.banquedesterritoires.fr/reindustrialisation-ess-levier-croissance",
    files=("etude/organisations_citees.csv",),
    cadence=Cadence.IRREGULAR,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("siren"),
        RawColumn("siret", is_required=False),
        RawColumn("kind"),
        RawColumn("name"),
        RawColumn("attested_on", "date", is_required=False),
        RawColumn("has_industrial_activity", "boolean", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per organisation and status that the study gives it."""
    named = raw.filter(is_attached(raw))
    is_told = named.has_industrial_activity.notnull()
    claims = named.mutate(
        siren=siren(named.siren),
        siret=siret(named.siret).fill_null(WHOLE_UNIT),
        kind=trimmed(named.kind).lower(),
        name=words(named.name),
        attested_on=ibis.coalesce(named.attested_on, named.source_date),
        industrial_basis=ibis.ifelse(is_told, "study", ibis.null("string")),
    )
    return conform(claims, STATUS_CLAIMS)


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIREN and a status; the others attest nothing, and are left out."""
    return is_written(raw.siren) & is_written(raw.kind)
