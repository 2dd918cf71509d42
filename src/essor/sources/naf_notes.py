"""The explanatory notes of the NAF rév. 2: what each sub-class includes, includes too, and leaves to others."""

import ibis
from ibis import _

from essor.sources.conform import conform
from essor.sources.published_text import words
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.vocabularies import NAF_NOTES

SOURCE = Source(
    name="naf_notes",
    title="Notes explicatives de la NAF rév. 2",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/fr/information/2406147",
    files=("nomenclatures/naf_notes.json",),
    min_rows=2_000,
    cadence=Cadence.IRREGULAR,
    table=NAF_NOTES,
    columns=(
        RawColumn("key"),
        RawColumn("field"),
        RawColumn("rank", "int32"),
        RawColumn("text"),
    ),
)

KINDS = {"inc": "includes", "inc2": "also", "exc": "excludes"}
"""Fields of the file that are notes, and what they are; the field left is the title."""

# The notes are cut out of a PDF that prints, after those of each sub-class, the products of the CPF: what
# is recognised of another classification, or of the foot of a page, is no note of the NAF.
_FOOT = r" *([0-9]+ )?(Classifi ?cation des Produits Fran|Nomenclature d.Activités Française).*$"
_PRODUCT = (
    r"Classifi ?cation des Produits Fran"
    r"|^opérations partielles ou totales du processus de production"
    r"|^produits du même domaine, fabriqués par un sous-traitant"
    r"|^[0-9]{2}\.[0-9]{2} "
    r"| (NC|CA|CB|CC)$"
)
_SENT_TO = r"cf[^)]*?([0-9]{2}\.[0-9]{2}[A-Z])"


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one row per note, without what belongs to the CPF."""
    notes = raw.mutate(
        code=_.key,
        kind=_.field.cases(*KINDS.items()),
        text=words(_.text.re_replace(_FOOT, "")),
        target=_.text.re_extract(_SENT_TO, 1).nullif(""),
        is_product=(_.field != "exc") & _.text.re_search(_PRODUCT),
    )
    kept = notes.filter(_.kind.notnull() & _.text.notnull() & ~_.is_product)
    is_exclusion = kept.kind == "excludes"
    return conform(
        kept.mutate(target=ibis.cases((is_exclusion, kept.target), else_=ibis.null("string"))),
        NAF_NOTES,
    )
