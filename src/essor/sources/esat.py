"""The ESAT, établissements et services d’accompagnement par le travail, from the register FINESS."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims
from essor.sources.published_text import is_written, siret
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

CAPACITY = "Capacité autorisée agrégée"

SOURCE = Source(
    name="esat",
    title="ESAT du fichier FINESS",
    publisher="Agence du numérique en santé, DREES",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/fr/datasets/finess-extraction-du-fichier-des-etablissements/",
    files=("finess/esat_2025.csv", "finess/esat.csv"),
    cadence=Cadence.QUARTERLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("ET-SIRET", aliases=("siret",)),
        RawColumn("ET-Raison sociale", aliases=("rs", "raison_sociale")),
        RawColumn(CAPACITY, "int32", aliases=("capacite", "capacité"), is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per SIRET: several sites may share one, their places add up."""
    attached = raw.filter(is_attached(raw))
    sites = attached.mutate(siret=siret(attached["ET-SIRET"]))
    rows = sites.group_by("siret").aggregate(
        name=sites["ET-Raison sociale"].min(),
        places=sites[CAPACITY].sum(),
        source_date=sites.source_date.max(),
        is_fictional=sites.is_fictional.cast("int8").max().cast("boolean"),
    )
    return convention_claims(rows.mutate(kind=ibis.literal("esat")))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a site bears a SIRET; the others cannot be attached to anybody, and are left out."""
    return is_written(raw["ET-SIRET"])
