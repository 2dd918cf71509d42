"""Sirene, legal units: every enterprise, association and administration of France, as Insee lists them."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import BooleanValue

from essor.perimeter.industry import DIVISIONS
from essor.sources.sirene_values import STOCK_PAGE, blank_undiffused, naf_of, padded, yes_or_no
from essor.sources.source import Cadence, RawColumn, Source
from essor.tables.staged import SIRENE_UNITS

SOURCE = Source(
    name="sirene_unites_legales",
    title="Sirene : stock des unités légales",
    publisher="Insee",
    licence="Licence Ouverte 2.0",
    page=STOCK_PAGE,
    # data.gouv.fr's permanent address of the resource (it redirects to the month's file).
    address="https://www.data.gouv.fr/fr/datasets/r/350182c9-148a-46e0-8389-76c2ec1374a3",
    files=(
        "sirene/StockUniteLegale_utf8.parquet",
        "sirene/StockUniteLegale_utf8.csv",
        "sirene/StockUniteLegale_utf8.zip",
        "sirene/StockUniteLegale_utf8.csv.zip",
    ),
    cadence=Cadence.MONTHLY,
    table=SIRENE_UNITS,
    is_essential=True,
    columns=(
        RawColumn("siren"),
        RawColumn("statutDiffusionUniteLegale"),
        RawColumn("dateCreationUniteLegale", "date"),
        RawColumn("sigleUniteLegale", is_required=False),
        RawColumn("identifiantAssociationUniteLegale", is_required=False),
        RawColumn("trancheEffectifsUniteLegale"),
        RawColumn("anneeEffectifsUniteLegale", "int32", is_required=False),
        RawColumn("categorieEntreprise", is_required=False),
        RawColumn("etatAdministratifUniteLegale"),
        RawColumn("denominationUniteLegale"),
        RawColumn("denominationUsuelle1UniteLegale", is_required=False),
        RawColumn("categorieJuridiqueUniteLegale", "int64"),
        RawColumn("activitePrincipaleUniteLegale"),
        RawColumn("nomenclatureActivitePrincipaleUniteLegale"),
        RawColumn("nicSiegeUniteLegale"),
        RawColumn("economieSocialeSolidaireUniteLegale"),
        RawColumn("societeMissionUniteLegale", is_required=False),
        RawColumn("caractereEmployeurUniteLegale", is_required=False),
        RawColumn("activitePrincipaleNAF25UniteLegale", is_required=False),
    ),
)


def tidy(raw: ibis.Table) -> ibis.Table:
    """Return the legal units; names and addresses that Insee may not publish stay unknown.

    The names of natural persons are never read: `denominationUniteLegale` is empty for them.
    """
    # A status that is missing is no leave to publish a name.
    is_partly_diffused = (_.statutDiffusionUniteLegale != "O").fill_null(True)
    is_natural_person = _is_natural_person(raw)
    name = ibis.coalesce(
        blank_undiffused(_.denominationUniteLegale),
        blank_undiffused(_.denominationUsuelle1UniteLegale),
    )
    is_unnamed = is_partly_diffused | is_natural_person
    return raw.select(
        siren=_.siren,
        is_natural_person=is_natural_person,
        is_partly_diffused=is_partly_diffused,
        created_on=_.dateCreationUniteLegale,
        acronym=ibis.ifelse(is_unnamed, ibis.null("string"), blank_undiffused(_.sigleUniteLegale)),
        rna=_.identifiantAssociationUniteLegale.nullif(""),
        staff_band=_.trancheEffectifsUniteLegale.nullif(""),
        staff_year=_.anneeEffectifsUniteLegale,
        size_class=_.categorieEntreprise.nullif(""),
        is_active=(_.etatAdministratifUniteLegale == "A").fill_null(False),
        name=ibis.ifelse(is_unnamed, ibis.null("string"), name),
        legal_category=padded(_.categorieJuridiqueUniteLegale.cast("string"), 4),
        naf=naf_of(_.activitePrincipaleUniteLegale, _.nomenclatureActivitePrincipaleUniteLegale),
        naf_2025=blank_undiffused(_.activitePrincipaleNAF25UniteLegale),
        head_office=_.siren.concat(padded(_.nicSiegeUniteLegale, 5)),
        ess_flag=yes_or_no(_.economieSocialeSolidaireUniteLegale),
        is_mission_company=yes_or_no(_.societeMissionUniteLegale),
        is_employer=yes_or_no(_.caractereEmployeurUniteLegale),
        is_fictional=_.is_fictional,
    )


def chosen(raw: ibis.Table, legal_categories: Sequence[str], said: ibis.Table) -> ibis.Table:
    """Return the raw rows of the units that may matter, before anything is computed of the others.

    Those are the legal persons that are industrial by their main activity, or named in `said` by their SIREN,
    open or closed; or open, and of a given legal category or flagged as of the social economy; and the natural
    persons of industry that are open. The legal category is an integer in the Parquet form: thirty million of
    them are told apart without making a text of each.
    """
    numbers = [int(code) for code in legal_categories]
    is_open = (raw.etatAdministratifUniteLegale == "A").fill_null(False)
    is_member = raw.categorieJuridiqueUniteLegale.isin(numbers).fill_null(False) | (
        raw.economieSocialeSolidaireUniteLegale == "O"
    ).fill_null(False)
    is_industrial = raw.activitePrincipaleUniteLegale.substr(0, 2).isin(DIVISIONS).fill_null(False)
    # Told first, of each row alone: a natural person is never looked for in the lists.
    may_be_here = ~_is_natural_person(raw) | (is_open & is_industrial)
    is_named = raw.siren.isin(said.siren)
    return raw.filter(may_be_here & (is_industrial | (is_open & is_member) | is_named))


def _is_natural_person(raw: ibis.Table) -> BooleanValue:
    return raw.categorieJuridiqueUniteLegale.between(1000, 1999).fill_null(False)
