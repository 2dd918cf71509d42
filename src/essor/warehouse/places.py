"""Places: any commune code, current or former, to the territories that hold it today."""

import ibis
from ibis import _

LEVELS = ("epci", "departement", "region", "territoire_industrie", "zone_emploi")

# What a code leads to, besides the current commune: the territories that hold it, and its centre.
FOUND = (*LEVELS, "centre_lon", "centre_lat")


def place_lookup(communes: ibis.Table, former: ibis.Table) -> ibis.Table:
    """Return one row per code a file may hold: `published_commune`, the current commune, what it leads to."""
    current = communes.rename(centre_lon="lon", centre_lat="lat").select("code", *FOUND)
    as_is = current.select(published_commune=_.code, commune=_.code, **{k: _[k] for k in FOUND})
    replaced = (
        former.anti_join(communes, "code")
        .select(published_commune=_.code, current=_.current)
        .inner_join(current, _.current == current.code)
        .select("published_commune", commune=_.current, **{k: _[k] for k in FOUND})
    )
    return ibis.union(as_is, replaced.distinct())


def with_place(table: ibis.Table, lookup: ibis.Table) -> ibis.Table:
    """Return `table` with the current commune, its territories and its centre.

    Its `commune`, as published and perhaps a former one, becomes `published_commune`.
    """
    published = table.rename(published_commune="commune")
    return published.left_join(lookup, "published_commune").drop("published_commune_right")
