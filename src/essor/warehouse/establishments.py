"""Establishments: where the organisations of the register work, and which one is the head office."""

import ibis
from ibis import _

from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.places import PLACE_COLUMNS
from essor.warehouse.keys import first_of_each
from essor.warehouse.luhn import SIREN_LENGTH
from essor.warehouse.numbers import number_of_siren, number_of_siret, number_of_unit
from essor.warehouse.organisations import is_industrial
from essor.warehouse.places import with_place
from essor.warehouse.staff import staff_bounds

# From the most precise.
PRECISIONS = ("address", "street", "commune")

PLACES = tuple(column.name for column in PLACE_COLUMNS)


def of_units(raw: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Return the raw rows about the establishments of `units`.

    They are chosen before anything is computed: forty million others stay untouched.
    """
    # A column of its own: an engine computes twice what the condition of a join says twice.
    numbered = raw.mutate(unit=number_of_unit(raw.siret))
    wanted = units.select(unit=number_of_siren(units.siren))
    return numbered.semi_join(wanted, "unit").drop("unit")


def seats_of(raw: ibis.Table, units: ibis.Table) -> ibis.Table:
    """Return the raw rows about the head offices that `units` name."""
    return raw.semi_join(units, raw.siret == units.head_office)


def points_of(raw: ibis.Table, establishments: ibis.Table) -> ibis.Table:
    """Return the raw positions of the given establishments, raw or not."""
    return raw.semi_join(
        establishments, number_of_siret(raw.siret) == number_of_siret(establishments.siret)
    )


def placed(establishments: ibis.Table, lookup: ibis.Table, positions: ibis.Table) -> ibis.Table:
    """Return the published establishments: territories, and a point, the commune's when there is no better.

    The point of an establishment whose diffusion is partial is always its commune's.
    """
    owned = establishments.mutate(siren=_.siret.substr(0, SIREN_LENGTH))
    here = with_place(owned, lookup)
    is_same = number_of_siret(here.siret) == number_of_siret(positions.siret)
    joined = here.left_join(positions, is_same).drop("siret_right")
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


def one_per_siret(establishments: ibis.Table) -> ibis.Table:
    """Return one published row per SIRET: of two, the open one, the latest created, the most precisely placed.

    The stock may repeat an establishment, and the positions a point.
    """
    newest = (ibis.desc(establishments.is_active), ibis.desc(establishments.created_on))
    said = ("published_commune", "naf", "staff_band", "name", "address")
    precision = establishments.position_basis.cases(
        *((name, rank) for rank, name in enumerate(PRECISIONS))
    )
    rest = (*(establishments[name] for name in said), precision)
    return first_of_each(
        establishments, "siret", (*newest, *rest, establishments.lon, establishments.lat)
    )


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
