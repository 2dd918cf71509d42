"""The ESAT, établissements et services d’accompagnement par le travail, from the register FINESS."""

import ibis
from ibis.expr.types import BooleanValue

from essor.sources.conventions import convention_claims
from essor.sources.published_text import is_written, siret, words
from essor.sources.source import Cadence, Headerless, RawColumn, Source
from essor.tables.staged import STATUS_CLAIMS

CAPACITY = "Capacité autorisée agrégée"

CATEGORY = "246"
"""The category of the ESAT in FINESS: the publisher's file holds every health and social establishment."""

# « etalab-cs1100502 »: a line « finess;etalab;… », then one per establishment, whose fields are in this order as far
# as the SIRET (seen in the lines of 12 May 2026 that public tests quote verbatim); places are not in it.
EXTRACTION = Headerless(
    separator=";",
    opening=("finess", "etalab"),
    names=(
        *("section", "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib"),
        *("numvoie", "typvoie", "voie", "compvoie", "lieuditbp", "commune", "departement"),
        *("libdepartement", "ligneacheminement", "telephone", "telecopie"),
        *("categetab", "libcategetab", "categagretab", "libcategagretab", "siret"),
    ),
)

SOURCE = Source(
    name="esat",
    title="ESAT du fichier FINESS",
    publisher="Agence du numérique en santé, DREES",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/fr/datasets/finess-extraction-du-fichier-des-etablissements/",
    # data.gouv.fr's permanent address of the resource « etalab-cs1100502 », read by ten public files; one
    # says that it is no longer renewed since May 2026 (a JSON file, « finess-structures-1 », takes its place).
    address="https://www.data.gouv.fr/fr/datasets/r/2ce43ade-8d2c-4d1d-81da-ca06c82abc68",
    headerless=EXTRACTION,
    files=("finess/esat_2025.csv", "finess/esat.csv"),
    cadence=Cadence.QUARTERLY,
    table=STATUS_CLAIMS,
    columns=(
        RawColumn("ET-SIRET", aliases=("siret",)),
        RawColumn("ET-Raison sociale", aliases=("rs", "raison_sociale")),
        RawColumn(CAPACITY, "int32", aliases=("capacite", "capacité"), is_required=False),
        RawColumn("categetab", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return one claim per SIRET: several sites may share one, their places add up."""
    attached = raw.filter(_is_esat(raw) & is_attached(raw))
    sites = attached.mutate(siret=siret(attached["ET-SIRET"]))
    rows = sites.group_by("siret").aggregate(
        name=sites["ET-Raison sociale"].min(),
        places=sites[CAPACITY].sum(),
        source_date=sites.source_date.max(),
        is_fictional=sites.is_fictional.cast("int8").max().cast("boolean"),
    )
    return convention_claims(rows.mutate(kind=ibis.literal("esat")))


def is_attached(raw: ibis.Table) -> BooleanValue:
    """Return whether a site bears a SIRET, or is no ESAT: the others cannot be attached to anybody."""
    return is_written(raw["ET-SIRET"]) | ~_is_esat(raw)


def _is_esat(raw: ibis.Table) -> BooleanValue:
    """Return whether a site is an ESAT, as far as the file says what it is."""
    return words(raw.categetab).fill_null(CATEGORY) == CATEGORY
