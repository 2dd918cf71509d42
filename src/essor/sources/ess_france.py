"""The official list of the enterprises of the social economy, kept by ESS France and the CRESS."""

import ibis
from ibis.expr.types import BooleanValue, StringValue

from essor.sources.conform import conform
from essor.sources.published_text import folded, is_written, siren
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import ESS_CLAIMS

FAMILY_COLUMN = "Famille juridique de l'entreprise"

SOURCE = Source(
    name="ess_france",
    title="Liste nationale des entreprises de l’ESS",
    publisher="ESS France",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/fr/datasets/liste-des-entreprises-de-less/",
    # data.gouv.fr's permanent address of the resource.
    address="https://www.data.gouv.fr/fr/datasets/r/57bc99ca-0432-4b46-8fcc-e76a35c9efaf",
    files=("ess/liste-ess-france-extrait.csv", "ess/entreprisesess.csv", "entreprisesess.csv"),
    cadence=Cadence.YEARLY,
    table=ESS_CLAIMS,
    columns=(
        RawColumn("SIREN", aliases=("Numéro SIREN", "N° SIREN", "Identifiant SIREN")),
        RawColumn(
            FAMILY_COLUMN,
            aliases=("Famille juridique de l’entreprise", "Famille juridique", "Famille"),
            is_required=False,
        ),
    ),
)

# Words of the family, capitals and accents aside: the first that is met decides.
FAMILY_WORDS = (
    ("COOPERATIVE", "cooperative"),
    ("MUTUEL", "mutuelle"),
    ("ASSOCIATION", "association"),
    ("FONDATION", "fondation"),
    ("COMMERCIALE", "societe_commerciale"),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per line of the list that bears a SIREN."""
    listed = raw.filter(is_attached(raw))
    claims = listed.mutate(
        siren=siren(listed.SIREN),
        evidence=ibis.literal(SOURCE.name),
        family=family(listed[FAMILY_COLUMN]),
    )
    return conform(claims, ESS_CLAIMS)


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a line bears a SIREN; the others are nobody's, and left out."""
    return is_written(raw.SIREN)


def family(label: StringValue) -> StringValue:
    """Return the family in our words, unknown when the label is none we know."""
    said = folded(label)
    return ibis.cases(*((said.contains(word), ours) for word, ours in FAMILY_WORDS))
