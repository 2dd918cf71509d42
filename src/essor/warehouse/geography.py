"""Geography of a release: the sources of territory crossed into the published tables."""

from collections.abc import Mapping

import ibis

from essor.tables.geography import COMMUNES, FORMER_COMMUNES, NEIGHBOURS, TERRITORIES
from essor.tables.table import Table

FRANCE_CODE = "FR"
FRANCE_NAME = "France"

# Insee's régions have two digits; its files give the collectivités d'outre-mer, which belong to
# none, their own three digits instead: https://www.insee.fr/fr/information/2560452
_REGION_CODE_LENGTH = 2

# A tenth of a metre, a hectare.
_DEGREE_DIGITS = 6
_AREA_DIGITS = 2

# Level, column of `communes` that holds its code.
_GROUPED_LEVELS = (
    ("region", "region"),
    ("departement", "departement"),
    ("epci", "epci"),
    ("territoire_industrie", "territoire_industrie"),
    ("zone_emploi", "zone_emploi"),
)


def geography(staged: Mapping[str, ibis.Table | None]) -> Mapping[str, ibis.Table]:
    """Return the published tables of geography, by name.

    `staged` holds `communes`, `epci`, `departements` and `regions`; any of `territoires_industrie`,
    `zones_emploi`, `former_communes` and `voisinages` may be absent: the column it would fill is
    then empty everywhere, the table it would make has no row.
    """
    current = staged["communes"]
    former = _former_communes(staged.get("former_communes"), current)
    communes = _communes(
        current,
        _memberships(staged.get("territoires_industrie"), current, former),
        _memberships(staged.get("zones_emploi"), current, former),
    )
    names = {
        "region": staged["regions"],
        "departement": staged["departements"],
        "epci": staged["epci"],
        "territoire_industrie": staged.get("territoires_industrie"),
        "zone_emploi": staged.get("zones_emploi"),
    }
    return {
        COMMUNES.name: communes,
        FORMER_COMMUNES.name: former,
        TERRITORIES.name: _territories(communes, names),
        NEIGHBOURS.name: _neighbours(staged.get("voisinages"), communes),
    }


def _communes(
    current: ibis.Table, industry: ibis.Table | None, employment: ibis.Table | None
) -> ibis.Table:
    is_in_region = current.region.length() == _REGION_CODE_LENGTH
    regional = current.mutate(
        region=ibis.ifelse(is_in_region, current.region, ibis.null("string")),
        epci=current.siren_epci,
    )
    placed = _attach(regional, industry, "territoire_industrie")
    placed = _attach(placed, employment, "zone_emploi")
    return _shaped(placed, COMMUNES)


def _attach(communes: ibis.Table, memberships: ibis.Table | None, column: str) -> ibis.Table:
    """Return `communes` with `column`: its own territory, else that of its parent."""
    if memberships is None:
        return communes.mutate(**{column: ibis.null("string")})
    own = memberships.select(own_commune="commune", own_code="code")
    inherited = memberships.select(parent_commune="commune", parent_code="code")
    joined = communes.left_join(own, communes.code == own.own_commune)
    joined = joined.left_join(inherited, joined.parent == inherited.parent_commune)
    return joined.mutate(**{column: ibis.coalesce(joined.own_code, joined.parent_code)}).drop(
        "own_commune", "own_code", "parent_commune", "parent_code"
    )


def _memberships(
    listed: ibis.Table | None, current: ibis.Table, former: ibis.Table
) -> ibis.Table | None:
    """Return one row per current commune of a zoning, the merged ones replaced.

    A commune whose former parts lie in several territories follows the part that bears its code,
    else the territory of the smallest code.
    """
    if listed is None:
        return None
    replaced = former.select(former_code="code", former_current="current")
    joined = listed.left_join(replaced, listed.commune == replaced.former_code)
    resolved = joined.select(
        commune=ibis.coalesce(joined.former_current, joined.commune),
        code=joined.code,
        is_own=joined.former_current.isnull() | (joined.former_current == joined.commune),
    )
    resolved = resolved.filter(resolved.commune.isin(current.code))
    chosen = resolved.group_by("commune").aggregate(
        own=resolved.code.min(where=resolved.is_own), any_code=resolved.code.min()
    )
    return chosen.select("commune", code=ibis.coalesce(chosen.own, chosen.any_code))


def _former_communes(listed: ibis.Table | None, current: ibis.Table) -> ibis.Table:
    """Return the former codes; one that is again a current commune's own is no former code."""
    if listed is None:
        return _empty(FORMER_COMMUNES, current)
    once_more = listed.select(middle="code", latest="current")
    once_more = once_more.filter(once_more.middle != once_more.latest)
    joined = listed.left_join(once_more, listed.current == once_more.middle)
    resolved = joined.select("code", "name", current=ibis.coalesce(joined.latest, joined.current))
    alive = resolved.filter(resolved.current.isin(current.code))
    kept = alive.filter(~alive.code.isin(current.code) | (alive.code == alive.current))
    one_each = kept.group_by("code").aggregate(name=kept.name.min(), current=kept.current.min())
    return _shaped(one_each, FORMER_COMMUNES)


def _territories(communes: ibis.Table, names: Mapping[str, ibis.Table | None]) -> ibis.Table:
    counted = communes.filter(communes.parent.isnull())
    france = _summed(counted.mutate(territory=ibis.literal(FRANCE_CODE))).mutate(
        level=ibis.literal("france"),
        name=ibis.literal(FRANCE_NAME),
        kind=ibis.null("string"),
    )
    every = _shaped(france, TERRITORIES)
    for level, column in _GROUPED_LEVELS:
        grouped = _summed(counted.mutate(territory=counted[column]))
        every = every.union(_shaped(_named(grouped, names[level], level), TERRITORIES))
    return every.union(_shaped(_each_commune(communes), TERRITORIES))


def _each_commune(communes: ibis.Table) -> ibis.Table:
    return communes.mutate(
        level=ibis.literal("commune"),
        kind=ibis.null("string"),
        communes=ibis.literal(1),
    )


def _summed(counted: ibis.Table) -> ibis.Table:
    """Return one row per value of `territory`, its centre weighted by population when known."""
    has_place = counted.lon.notnull() & counted.lat.notnull()
    weight = ibis.ifelse(has_place, counted.population.fill_null(0), 0)
    weighted = counted.mutate(weight=weight).filter(counted.territory.notnull())
    sums = weighted.group_by("territory").aggregate(
        # DuckDB sums integers as HUGEINT, a double in Parquet, unless a cast says otherwise.
        population=weighted.population.sum().cast("int32"),
        communes=weighted.code.count(),
        weight=weighted.weight.sum(),
        sum_lon=(weighted.lon * weighted.weight).sum(),
        sum_lat=(weighted.lat * weighted.weight).sum(),
        mean_lon=weighted.lon.mean(),
        mean_lat=weighted.lat.mean(),
        area_km2=weighted.area_km2.sum(),
    )
    # Rounded, because a sum of reals depends on the order in which an engine takes them.
    return sums.select(
        "population",
        "communes",
        code=sums.territory,
        lon=ibis.coalesce(sums.sum_lon / sums.weight.nullif(0), sums.mean_lon).round(
            _DEGREE_DIGITS
        ),
        lat=ibis.coalesce(sums.sum_lat / sums.weight.nullif(0), sums.mean_lat).round(
            _DEGREE_DIGITS
        ),
        area_km2=sums.area_km2.round(_AREA_DIGITS),
    )


def _named(grouped: ibis.Table, named: ibis.Table | None, level: str) -> ibis.Table:
    """Return `grouped` with its level, names and kinds; a nameless territory shows its code."""
    labelled = grouped.mutate(level=ibis.literal(level))
    if named is None:
        return labelled.mutate(name=labelled.code, kind=ibis.null("string"))
    kind = named.kind if "kind" in named.columns else ibis.null("string")
    found = named.mutate(found_kind=kind).select("found_kind", found_code="code", found_name="name")
    found = found.group_by("found_code").aggregate(
        found_name=found.found_name.min(), found_kind=found.found_kind.min()
    )
    joined = labelled.left_join(found, labelled.code == found.found_code)
    return joined.mutate(
        name=ibis.coalesce(joined.found_name, joined.code), kind=joined.found_kind
    ).drop("found_code", "found_name", "found_kind")


def _neighbours(listed: ibis.Table | None, communes: ibis.Table) -> ibis.Table:
    """Return the pairs in both directions, between current communes, once each."""
    if listed is None:
        return _empty(NEIGHBOURS, communes)
    there = listed.select("commune", "neighbour")
    back = listed.select(commune="neighbour", neighbour="commune")
    pairs = there.union(back, distinct=True)
    pairs = pairs.filter(pairs.commune != pairs.neighbour)
    are_known = pairs.commune.isin(communes.code) & pairs.neighbour.isin(communes.code)
    return _shaped(pairs.filter(are_known), NEIGHBOURS)


def _empty(table: Table, like: ibis.Table) -> ibis.Table:
    """Return `table` without a row, on the engine of `like`."""
    columns = {column.name: ibis.null(column.type) for column in table.columns}
    return _shaped(like.mutate(**columns), table).filter(ibis.literal(value=False))


def _shaped(rows: ibis.Table, table: Table) -> ibis.Table:
    return rows.select(
        **{column.name: rows[column.name].cast(column.type) for column in table.columns}
    )
