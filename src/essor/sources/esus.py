"""The list of the « entreprises solidaires d’utilité sociale », agreed by the préfets, kept by the Trésor."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conform import conform
from essor.sources.conventions import WHOLE_UNIT
from essor.sources.published_text import day, is_written, siren, words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

SOURCE = Source(
    name="esus",
    title="Liste nationale des agréments ESUS",
    publisher="Direction générale du Trésor",
    licence="Licence Ouverte 2.0",
    page=(
        "https://www.tresor.economie.gouv.fr/banque-assurance-finance/"
        "finance-sociale-et-solidaire/liste-nationale-agrements-esus"
    ),
    files=(
        "ess/esus_numerique_extrait.csv",
        "ess/esus.csv",
        "ess/liste-nationale-esus.csv",
        "ess/esus.xlsx",
    ),
    cadence=Cadence.QUARTERLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn(
            "siren",
            aliases=(
                "N° SIREN",
                "N°SIREN",
                "Numéro SIREN",
                "Num SIREN",
                "Code SIREN",
                "SIRET",
                "N° SIRET",
            ),
        ),
        RawColumn(
            "denomination",
            aliases=(
                "Dénomination",
                "Dénomination sociale",
                "Raison sociale",
                "Nom",
                "Nom de l'entreprise",
                "Nom de l’entreprise",
                "Entreprise",
            ),
            is_required=False,
        ),
        RawColumn(
            "debut_agrement",
            aliases=(
                "Date d'agrément",
                "Date d’agrément",
                "Date de l'agrément",
                "Date agrément",
                "Date de décision",
                "Date de la décision",
                "Date de début",
            ),
            is_required=False,
        ),
        RawColumn(
            "fin_agrement",
            aliases=(
                "Date de fin d'agrément",
                "Date de fin d’agrément",
                "Date de fin",
                "Date d'échéance",
                "Date de fin de validité",
                "Date d'expiration",
            ),
            is_required=False,
        ),
        RawColumn("methode_jointure", is_required=False),
    ),
)

GUESSED = "scoring"
"""`methode_jointure` of a line whose SIREN was guessed from a name: too weak to give somebody a status."""


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per agreed enterprise: the agreement is the legal unit's."""
    agreed = raw.filter(is_attached(raw))
    claims = agreed.mutate(
        siren=siren(agreed.siren),
        siret=ibis.literal(WHOLE_UNIT),
        kind=ibis.literal("esus"),
        name=words(agreed.denomination),
        attested_on=agreed.source_date,
        valid_from=day(agreed.debut_agrement),
        valid_to=day(agreed.fin_agrement),
    )
    return conform(claims, STATUS_CLAIMS)


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIREN that was not guessed; the others are left out."""
    is_guessed = raw.methode_jointure.fill_null("") == GUESSED
    return is_written(raw.siren) & ~is_guessed
