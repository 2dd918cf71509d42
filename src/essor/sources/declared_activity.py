"""P2: does a conventioned structure declare an industrial activity? Yes, no, or unknown.

An ESAT, an ETTI or a GEIQ is not coded in NAF sections B to E, whatever it makes: P2 rests on what the structure
declares, and is never merged with P1. In order, the first that answers gives the answer and its basis:

1. `sectors`: the groups of sectors declared on le Marché de l'inclusion;
2. `name`: for a GEIQ alone, whose name says the trade;
3. `convention_naf`: the NAF written in the convention itself.

Source: domain.md B.5, after gip-inclusion/le-marche (lemarche/siaes/constants.py, lemarche/sectors).
"""

from dataclasses import dataclass

import ibis
from ibis.expr.types import BooleanValue, StringValue

from essor.perimeter.industry import DIVISIONS
from essor.sources.published_text import folded

# Groups of sectors of le Marché de l'inclusion: industrial subcontracting, waste, recycling.
STRICT_GROUPS: tuple[str, ...] = ("68", "80", "85")

# Furniture and textile, food: industrial when the structure makes (BUILD), not when it serves or lends people.
MAKERS_GROUPS: tuple[str, ...] = ("65", "54")
MAKING = "BUILD"

# Kinds that lend people or host them: their NAF is that of the status, not that of the work.
SILENT_KINDS: tuple[str, ...] = ("esat", "etti", "geiq")

# NAF rév. 2: labour supply, social work, associations: codes of a way of being organised, not of a trade.
SILENT_DIVISIONS: tuple[str, ...] = ("78", "88", "94")

# Names of the GEIQ (https://www.lesgeiq.fr): capitals, accents removed.
INDUSTRIAL_NAMES = "INDUS|METALLURG|METAUX|PLASTURG|CHIMIE|TEXTILE|PAPIER|AGRO-?ALIMENTAIRE|(^| )AERO($| |NAUT|SPAT)"
SEVERAL_TRADES_NAMES = "MULTI|INTERPRO|ENVIRONNEMENT|ECO-ACTIVITE"
OTHER_TRADES_NAMES = (
    "BTP|BATIMENT|CONSTRUCTION|(^| )TP( |$)|PAYSAGE|AGRI|FRUITS ET LEGUMES|PROPRETE|TRANSPORT|LOGISTIQUE"
    "|SANTE|SANITAIRE|SILVER|DOMICILE|(^| )(AAD|SAP)( |$)|SPORT|TOURISME|HOTEL|RESTAURATION|(^| )CHR( |$)"
    "|THEATRE|SCENIQUE"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a structure declares. `kind` and `naf` are ours; group and prestation codes are joined by « | »."""

    kind: StringValue
    name: StringValue
    naf: StringValue
    sector_groups: StringValue
    prestations: StringValue


def declared_activity(declaration: Declaration) -> BooleanValue:
    """Return whether the structure declares an industrial activity, unknown when nothing tells."""
    return ibis.coalesce(
        from_sectors(declaration.sector_groups, declaration.prestations),
        from_name(declaration.kind, declaration.name),
        from_convention_naf(declaration.kind, declaration.naf),
    )


def industrial_basis(declaration: Declaration) -> StringValue:
    """Return what the answer of `declared_activity` rests on, unknown when it is."""
    sectors = from_sectors(declaration.sector_groups, declaration.prestations)
    name = from_name(declaration.kind, declaration.name)
    convention_naf = from_convention_naf(declaration.kind, declaration.naf)
    return ibis.cases(
        (sectors.notnull(), "sectors"),
        (name.notnull(), "name"),
        (convention_naf.notnull(), "convention_naf"),
        else_=ibis.null("string"),
    )


def from_sectors(groups: StringValue, prestations: StringValue) -> BooleanValue:
    """Return what the declared sectors tell, unknown when none is declared.

    Source: domain.md B.5, `marche_industrial_sector_groups` and `strict_industrial`.
    """
    listed = ibis.literal("|").concat(groups.re_replace("[^0-9]+", "|"), "|")
    makes = prestations.fill_null("").upper().contains(MAKING)
    is_industrial = _lists_any(listed, STRICT_GROUPS) | (_lists_any(listed, MAKERS_GROUPS) & makes)
    has_sectors = groups.fill_null("").re_search("[0-9]")
    return ibis.ifelse(has_sectors, is_industrial, ibis.null("boolean"))


def from_name(kind: StringValue, name: StringValue) -> BooleanValue:
    """Return what the name of a GEIQ tells: an industrial trade, another, or nothing (« multi », a place)."""
    said = folded(name)
    is_geiq = (kind == "geiq") & name.notnull()
    return ibis.cases(
        (is_geiq & said.re_search(INDUSTRIAL_NAMES), True),
        (is_geiq & said.re_search(SEVERAL_TRADES_NAMES), ibis.null("boolean")),
        (is_geiq & said.re_search(OTHER_TRADES_NAMES), False),
        else_=ibis.null("boolean"),
    )


def from_convention_naf(kind: StringValue, naf: StringValue) -> BooleanValue:
    """Return what the NAF of the convention tells: of sections B to E, of another trade, or of none.

    Source: domain.md B.5: ESAT (88.10C), ETTI (78.20Z) and GEIQ (78.30Z) are not coded B to E.
    """
    division = naf.left(2)
    is_silent = kind.isin(SILENT_KINDS) | division.isin(SILENT_DIVISIONS)
    return ibis.cases(
        (division.isin(DIVISIONS), True),
        (naf.isnull() | is_silent, ibis.null("boolean")),
        else_=False,
    )


def _lists_any(listed: StringValue, codes: tuple[str, ...]) -> BooleanValue:
    return listed.re_search("[|](" + "|".join(codes) + ")[|]")
