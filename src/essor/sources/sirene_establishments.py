"""Sirene, establishments: every place of work of France, as Insee lists them."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import StringValue

from essor.sources.sirene_values import STOCK_PAGE, blank_undiffused, naf_of, yes_or_no
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import SIRENE_ESTABLISHMENTS

SOURCE = Source(
    name="sirene_etablissements",
    title="Sirene : stock des établissements",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page=STOCK_PAGE,
    # data.gouv.fr's permanent address of the resource (it redirects to the month's file).
    address="https://www.data.gouv.fr/fr/datasets/r/a29c1297-1f92-4e2a-8f6b-8c902ce96c5f",
    files=(
        "sirene/StockEtablissement_utf8.parquet",
        "sirene/StockEtablissement_utf8.csv",
        "sirene/StockEtablissement_utf8.zip",
        "sirene/StockEtablissement_utf8.csv.zip",
    ),
    cadence=Cadence.MONTHLY,
    table=SIRENE_ESTABLISHMENTS,
    is_essential=True,
    columns=(
        RawColumn("siret"),
        RawColumn("statutDiffusionEtablissement"),
        RawColumn("dateCreationEtablissement", "date"),
        RawColumn("trancheEffectifsEtablissement"),
        RawColumn("etablissementSiege", "boolean"),
        RawColumn("numeroVoieEtablissement", is_required=False),
        RawColumn("indiceRepetitionEtablissement", is_required=False),
        RawColumn("typeVoieEtablissement", is_required=False),
        RawColumn("libelleVoieEtablissement", is_required=False),
        RawColumn("codePostalEtablissement", is_required=False),
        RawColumn("libelleCommuneEtablissement", is_required=False),
        RawColumn("libelleCommuneEtrangerEtablissement", is_required=False),
        RawColumn("codeCommuneEtablissement"),
        RawColumn("codePaysEtrangerEtablissement", is_required=False),
        RawColumn("etatAdministratifEtablissement"),
        RawColumn("enseigne1Etablissement", is_required=False),
        RawColumn("denominationUsuelleEtablissement", is_required=False),
        RawColumn("activitePrincipaleEtablissement"),
        RawColumn("nomenclatureActivitePrincipaleEtablissement"),
        RawColumn("caractereEmployeurEtablissement", is_required=False),
        RawColumn("activitePrincipaleNAF25Etablissement", is_required=False),
    ),
)

ADDRESS_PARTS = (
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return the establishments; the address of one whose diffusion is partial stays unknown."""
    # A status that is missing is no leave to publish an address.
    is_partly_diffused = (_.statutDiffusionEtablissement != "O").fill_null(True)
    return raw.select(
        siret=_.siret,
        is_partly_diffused=is_partly_diffused,
        created_on=_.dateCreationEtablissement,
        staff_band=_.trancheEffectifsEtablissement.nullif(""),
        is_head_office=_.etablissementSiege,
        address=_diffused(is_partly_diffused, _address(raw)),
        postcode=_diffused(is_partly_diffused, blank_undiffused(_.codePostalEtablissement)),
        city=ibis.coalesce(
            blank_undiffused(_.libelleCommuneEtablissement),
            blank_undiffused(_.libelleCommuneEtrangerEtablissement),
        ),
        commune=blank_undiffused(_.codeCommuneEtablissement),
        country=blank_undiffused(_.codePaysEtrangerEtablissement),
        is_active=(_.etatAdministratifEtablissement == "A").fill_null(False),
        name=_diffused(
            is_partly_diffused,
            ibis.coalesce(
                blank_undiffused(_.enseigne1Etablissement),
                blank_undiffused(_.denominationUsuelleEtablissement),
            ),
        ),
        naf=naf_of(
            _.activitePrincipaleEtablissement, _.nomenclatureActivitePrincipaleEtablissement
        ),
        naf_2025=blank_undiffused(_.activitePrincipaleNAF25Etablissement),
        is_employer=yes_or_no(_.caractereEmployeurEtablissement),
        is_fictional=_.is_fictional,
    )


def employing(raw: ibis.Table, bands: Sequence[str]) -> ibis.Table:
    """Return the raw rows of the open establishments of the given staff bands.

    Their columns are told as they are written: an engine reads the other rows no further, and computes nothing
    of them.
    """
    is_open = raw.etatAdministratifEtablissement == "A"
    return raw.filter(is_open & raw.trancheEffectifsEtablissement.isin(bands))


def _diffused(is_partly_diffused: ibis.Deferred, value: StringValue) -> StringValue:
    return ibis.ifelse(is_partly_diffused, ibis.null("string"), value)


def _address(raw: ibis.Table) -> StringValue:
    """Return the parts that are known, separated by one space; unknown when none is."""
    parts = [blank_undiffused(raw[part]) for part in ADDRESS_PARTS]
    return ibis.literal(" ").join(parts).nullif("")
