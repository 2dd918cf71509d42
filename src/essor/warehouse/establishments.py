"""Establishments: where the organisations of the register work, and which one is the head office."""

import ibis
from ibis import _

from essor.sources.source import Tidy
from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.places import PLACE_COLUMNS
from essor.warehouse.keys import first_of_each
from essor.warehouse.luhn import is_acceptable_siret
from essor.warehouse.organisations import is_industrial
from essor.warehouse.places import with_place
from essor.warehouse.staff import staff_bounds

# From the most precise.
PRECISIONS = ("address", "street", "commune")

PLACES = tuple(column.name for column in PLACE_COLUMNS)


def of_organisations(raw: ibis.Table, tidy: Tidy, organisations: ibis.Table) -> ibis.Table:
    """Return the establishments of the register's organisations, tidied.

    The raw rows are chosen first: nothing is computed of the forty million others.
    """
    owned = raw.semi_join(organisations, raw.siret.substr(0, 9) == organisations.siren)
    return tidy(owned).mutate(siren=_.siret.substr(0, 9))


def positions_of(positions: ibis.Table, establishments: ibis.Table) -> ibis.Table:
    """Return the positions of the open establishments; a closed one needs no better than its commune."""
    return positions.semi_join(establishments.filter(_.is_active), "siret")


def best_of_each(positions: ibis.Table) -> ibis.Table:
    """Return one position per SIRET: of two, the most precise."""
    rank = positions.position_basis.cases(*((name, n) for n, name in enumerate(PRECISIONS)))
    order = (rank, positions.lon, positions.lat)
    return first_of_each(positions, "siret", order)


def with_good_siret(establishments: ibis.Table) -> ibis.Table:
    """Return the establishments whose SIRET can be one."""
    return establishments.filter(
        is_acceptable_siret(establishments.siret, establishments.is_fictional)
    )


def one_per_siret(establishments: ibis.Table) -> ibis.Table:
    """Return one row per SIRET: of two, the open one, then the latest created."""
    newest = (ibis.desc(establishments.is_active), ibis.desc(establishments.created_on))
    rest = ("commune", "naf", "staff_band", "name", "address")
    return first_of_each(establishments, "siret", (*newest, *(establishments[c] for c in rest)))


def placed(
    establishments: ibis.Table, lookup: ibis.Table, positions: ibis.Table, communes: ibis.Table
) -> ibis.Table:
    """Return the published establishments: territories, and a point, the commune's when there is no better.

    The point of an establishment whose diffusion is partial is always its commune's.
    """
    here = with_place(establishments, lookup)
    centres = communes.select(commune=_.code, centre_lon=_.lon, centre_lat=_.lat)
    joined = here.left_join(positions, "siret").drop("siret_right")
    joined = joined.left_join(centres, "commune").drop("commune_right")
    is_exact = joined.lon.notnull() & ~joined.is_partly_diffused
    has_point = is_exact | joined.centre_lon.notnull()
    return joined.mutate(
        lon=ibis.ifelse(is_exact, joined.lon, joined.centre_lon),
        lat=ibis.ifelse(is_exact, joined.lat, joined.centre_lat),
        position_basis=ibis.cases(
            (is_exact, joined.position_basis), (has_point, "commune"), else_=ibis.null("string")
        ),
        is_industrial_p1=is_industrial(joined.naf),
        **staff_bounds(joined.staff_band),
    ).select(*ESTABLISHMENTS.names)


def head_offices(units: ibis.Table, establishments: ibis.Table) -> ibis.Table:
    """Return one row per unit that has one: its head office and its place.

    The head office is the one the unit names; else the one flagged as such, open before closed; else the
    only establishment there is.
    """
    named = units.filter(_.head_office.notnull()).select("siren", "head_office")
    seats = establishments.select(head_office=_.siret, **{name: _[name] for name in PLACES})
    found = named.inner_join(seats, "head_office").select("siren", "head_office", *PLACES)
    orphans = units.select("siren").anti_join(found, "siren")
    chosen = _chosen(establishments.semi_join(orphans, "siren"))
    guessed = chosen.inner_join(seats, "head_office").select("siren", "head_office", *PLACES)
    return ibis.union(found, guessed)


def _chosen(owned: ibis.Table) -> ibis.Table:
    flagged = owned.is_head_office.fill_null(False)
    marked = owned.mutate(
        by_flag=ibis.ifelse(flagged & owned.is_active, owned.siret, ibis.null("string")),
        by_closed_flag=ibis.ifelse(flagged, owned.siret, ibis.null("string")),
    )
    grouped = marked.group_by("siren").aggregate(
        flagged=_.by_flag.max(),
        flagged_closed=_.by_closed_flag.max(),
        only=_.siret.max(),
        n=_.count(),
    )
    alone = ibis.ifelse(grouped.n == 1, grouped.only, ibis.null("string"))
    head_office = ibis.coalesce(grouped.flagged, grouped.flagged_closed, alone)
    return grouped.select("siren", head_office=head_office).filter(_.head_office.notnull())
