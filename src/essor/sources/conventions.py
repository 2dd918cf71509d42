"""The statuses that the State gives by convention, agreement or label, as the sources write them."""

import ibis
from ibis.expr.types import StringValue

from essor.sources.conform import conform
from essor.sources.declared_activity import Declaration, declared_activity, industrial_basis
from essor.sources.published_text import day, naf, siret, trimmed, words
from essor.tables.staged import STATUS_CLAIMS

# gip-inclusion/le-marche, lemarche/siaes/constants.py. SEP (prison) and OPCS carry no status of ours.
KINDS: tuple[str, ...] = ("ei", "etti", "aci", "ai", "eiti", "ea", "eatt", "esat", "geiq")

WHOLE_UNIT = ""
"""What the column siret holds when a status is the legal unit's, not one establishment's."""


def kind(text: StringValue) -> StringValue:
    """Return the kind in our words, unknown when it is not one of ours."""
    lowered = trimmed(text).lower()
    return ibis.ifelse(lowered.isin(KINDS), lowered, ibis.null("string"))


def convention_claims(rows: ibis.Table) -> ibis.Table:
    """Return the status claims of conventioned establishments.

    `rows` holds siret, kind (already ours), name and, where the source publishes them, naf, sector_groups,
    presta_types, updated_at and places, as text.
    """
    number = siret(rows.siret)
    declaration = Declaration(
        kind=rows.kind,
        name=rows.name,
        naf=naf(_published(rows, "naf")),
        sector_groups=_published(rows, "sector_groups"),
        prestations=_published(rows, "presta_types"),
    )
    attested = ibis.coalesce(day(_published(rows, "updated_at")), rows.source_date)
    claims = rows.mutate(
        siren=number.left(9),
        siret=number,
        name=words(rows.name),
        attested_on=attested,
        has_industrial_activity=declared_activity(declaration),
        industrial_basis=industrial_basis(declaration),
    )
    return conform(claims, STATUS_CLAIMS)


def _published(rows: ibis.Table, column: str) -> StringValue:
    return rows[column] if column in rows.columns else ibis.null("string")
