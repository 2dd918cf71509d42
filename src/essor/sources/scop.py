"""The official list of the sociétés coopératives de production (SCOP) and d’intérêt collectif (SCIC).

It settles what the catégorie juridique cannot: a SCOP or a SCIC in SAS carries 5710, like any SAS (domain.md B.3).
"""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conform import conform
from essor.sources.conventions import WHOLE_UNIT
from essor.sources.published_text import day, is_written, siren, words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="scop",
    title="Liste des SCOP et des SCIC",
    publisher="Ministère du Travail, Confédération générale des Scop et des Scic",
    licence="Licence Ouverte 2.0",
    page="https://www.les-scop.coop/les-societes-cooperatives",
    files=("ess/scop.csv", "ess/liste-scop-scic.csv", "ess/scop.xlsx"),
    cadence=Cadence.YEARLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn(
            "siren",
            aliases=("N° SIREN", "N°SIREN", "Numéro SIREN", "Code SIREN", "SIRET", "N° SIRET"),
        ),
        RawColumn(
            "nom",
            aliases=(
                "Dénomination",
                "Dénomination sociale",
                "Raison sociale",
                "name",
                "Nom de la société",
            ),
            is_required=False,
        ),
        RawColumn(
            "date_inscription",
            aliases=("Date d'inscription", "Date d’inscription"),
            is_required=False,
        ),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per cooperative: the status is the legal unit's."""
    listed = raw.filter(is_attached(raw))
    claims = listed.mutate(
        siren=siren(listed.siren),
        siret=ibis.literal(WHOLE_UNIT),
        kind=ibis.literal("scop"),
        name=words(listed.nom),
        attested_on=listed.source_date,
        valid_from=day(listed.date_inscription),
    )
    return conform(claims, STATUS_CLAIMS)


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIREN; the others are nobody's, and left out."""
    return is_written(raw.siren)
