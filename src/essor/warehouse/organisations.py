"""Organisations: who belongs to the register, in which family, where, with which staff."""

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, StringValue

from essor.perimeter.industry import DIVISIONS
from essor.sources.source import Tidy
from essor.tables.organisations import ORGANISATIONS
from essor.tables.places import PLACE_COLUMNS, STAFF_COLUMNS
from essor.warehouse.keys import first_of_each
from essor.warehouse.membership import LISTS, has_ground, with_membership
from essor.warehouse.staff import staff_bounds

# What is known of an organisation before it is located.
CARRIED = tuple(
    name
    for name in ORGANISATIONS.names
    if name not in {column.name for column in (*PLACE_COLUMNS, *STAFF_COLUMNS[1:])}
)

FLAGS = tuple(f"in_{name}" for name in LISTS)


def is_industrial(naf: StringValue) -> BooleanValue:
    """Return whether each NAF rév. 2 code is of sections B to E; unknown without a code."""
    return naf.substr(0, 2).isin(DIVISIONS)


def said_elsewhere(ess_france: ibis.Table, said: ibis.Table) -> ibis.Table:
    """Return one row per unit that a list or a status names; `said` is `statuses.said_of_units`."""
    listed = ess_france.group_by("siren").aggregate(claimed_family=_.family.min())
    both = listed.outer_join(said, "siren")
    return both.select(
        siren=ibis.coalesce(_.siren, _.siren_right),
        claimed_family=_.claimed_family,
        in_ess_france=_.siren.notnull(),
        in_esus=_.in_esus.fill_null(False),
        in_scop=_.in_scop.fill_null(False),
        has_status=_.siren_right.notnull(),
        is_industrial_p2=_.is_industrial_p2,
        p2_basis=_.p2_basis,
    )


def members(raw: ibis.Table, tidy: Tidy, said: ibis.Table) -> ibis.Table:
    """Return the units of the register: of the social economy, with a status, or industrial.

    `raw` holds the rows that may matter (`sirene_units.chosen`). A closed unit of the social economy is here
    when a list names it: its legal category or its flag alone keep it no longer. A natural person is here
    only to be counted, by its industrial activity.
    """
    joined = tidy(raw).left_join(said, "siren").drop("siren_right")
    known = joined.mutate(
        **{flag: joined[flag].fill_null(False) for flag in (*FLAGS, "has_status")},
        is_industrial_p1=is_industrial(joined.naf),
    )
    is_listed = known.in_ess_france | known.in_esus | known.in_scop
    is_member = has_ground(known) & (known.is_active | is_listed)
    is_person_here = known.has_status | is_member
    is_here = known.is_industrial_p1.fill_null(False) | (~known.is_natural_person & is_person_here)
    judged = with_membership(known.filter(is_here))
    return judged.select(*CARRIED, "is_natural_person")


def one_per_siren(units: ibis.Table) -> ibis.Table:
    """Return one row per SIREN: of two, the open one, then the latest created, then the fullest name."""
    newest = (ibis.desc(units.is_active), ibis.desc(units.created_on))
    rest = (units.name, units.legal_category, units.naf, units.staff_band)
    return first_of_each(units, "siren", (*newest, *rest))


def located(units: ibis.Table, heads: ibis.Table) -> ibis.Table:
    """Return the published organisations; `heads` gives the head office and the place of each SIREN."""
    joined = units.drop("head_office").left_join(heads, "siren").drop("siren_right")
    return joined.mutate(**staff_bounds(joined.staff_band)).select(*ORGANISATIONS.names)
