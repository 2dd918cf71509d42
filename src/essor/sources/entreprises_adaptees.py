"""The entreprises adaptées (EA) and entreprises adaptées de travail temporaire (EATT), agreed by the State.

les-emplois no longer lists them (EA and EATT dropped on 11 May 2026): the ministry's list is the one that remains.
"""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims, kind
from essor.sources.published_text import folded, is_written
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="entreprises_adaptees",
    title="Liste des entreprises adaptées",
    publisher="Ministère du Travail (DGEFP)",
    licence="Licence Ouverte 2.0",
    page="https://travail-emploi.gouv.fr/les-entreprises-adaptees",
    files=(
        "inclusion/entreprises_adaptees.csv",
        "inclusion/liste-entreprises-adaptees.csv",
        "inclusion/entreprises_adaptees.xlsx",
    ),
    cadence=Cadence.QUARTERLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn(
            "siret", aliases=("N° SIRET", "N°SIRET", "Numéro SIRET", "SIRET de l'établissement")
        ),
        RawColumn(
            "nom",
            aliases=(
                "name",
                "Raison sociale",
                "Dénomination",
                "Dénomination sociale",
                "Nom de l'entreprise adaptée",
            ),
        ),
        RawColumn("type", aliases=("kind", "Type d'agrément", "Forme"), is_required=False),
        RawColumn("naf", aliases=("Code NAF", "Code APE", "APE"), is_required=False),
        RawColumn("groupes_secteurs", aliases=("sector_groups",), is_required=False),
        RawColumn("prestations", aliases=("presta_types",), is_required=False),
        RawColumn(
            "mis_a_jour_le", aliases=("updated_at", "Date de mise à jour"), is_required=False
        ),
    ),
)

TEMPORARY_WORK = "EATT|TEMPORAIRE"


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per agreed establishment: an EATT when the list says so, else an EA."""
    attached = raw.filter(is_attached(raw))
    is_temporary = folded(attached.type.fill_null("")).re_search(TEMPORARY_WORK)
    rows = attached.rename(
        name="nom",
        sector_groups="groupes_secteurs",
        presta_types="prestations",
        updated_at="mis_a_jour_le",
    )
    return convention_claims(rows.mutate(kind=kind(ibis.ifelse(is_temporary, "eatt", "ea"))))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIRET; the others cannot be attached to anybody, and are left out."""
    return is_written(raw.siret)
