"""What organisations declare as matching reads it: activities, and the suppliers who declare them."""

from collections.abc import Iterable, Set

import duckdb
from django.db.models import QuerySet
from django.utils import timezone

from essor.errors import EssorError
from essor.language.presence import Presence
from essor.language.quantities import quantities_of
from essor.matching.activity import Activity, Basis, Reach, ReachKind, Supplier
from essor.matching.asking import zone_of
from essor.matching.declared import declaring, suppliers_declaring
from essor.matching.naming import trades_said
from essor.matching.zone import Zone
from essor.observatory.typography import day as written
from essor.site.current import Current
from essor.site.offers.feeds import MANY
from essor.site.offers.models import DeclaredActivity
from essor.site.offers.running import standing
from essor.site.offers.spots import spots, zone_at
from essor.site.offers.versions import Standing, Versions, standing_activities
from essor.territory.level import Level
from essor.territory.territories import territory_at

Zones = dict[str, Zone | None]
"""Zones read already, by their selectors; None for a territory that the release does not hold."""


class Suppliers:
    """Those who declare, over one release, as they were read last: only what changed is read again."""

    def __init__(self, service: Current) -> None:
        self._service = service
        self._versions: Versions = {}
        self._found: dict[str, Supplier] = {}
        self._zones: Zones = {}
        self._register: dict[str, Supplier | None] = {}

    def read(self) -> tuple[Supplier, ...]:
        """Return the suppliers who declare now, by SIRET.

        Raises:
            DatabaseError: the people's database does not answer.
        """
        now = Standing(standing_activities(), [], []).of_establishments()
        changed = {siret for siret, each in now.items() if self._versions.get(siret) != each}
        kept = now.keys() - changed
        found = {siret: each for siret, each in self._found.items() if siret in kept}
        if changed:
            found |= {each.siret: each for each in self._suppliers(changed)}
        self._versions, self._found = now, dict(sorted(found.items()))
        return tuple(self._found.values())

    def _suppliers(self, sirets: set[str]) -> tuple[Supplier, ...]:
        rows = standing(DeclaredActivity)
        if len(sirets) <= MANY:
            rows = rows.filter(siret__in=sirets)
        with self._service.connection() as connection:
            declared = _by_siret(connection, rows, self._zones)
            self._read_register(connection, declared.keys() - self._register.keys())
        held = ((self._register.get(siret), said) for siret, said in declared.items())
        return tuple(declaring(each, said) for each, said in held if each is not None)

    def _read_register(self, connection: duckdb.DuckDBPyConnection, sirets: Set[str]) -> None:
        """Add what the register says of establishments, which no declaration changes."""
        found = suppliers_declaring(connection, dict.fromkeys(sirets, ()), trades_said)
        self._register |= dict.fromkeys(sirets)
        self._register |= {each.siret: each for each in found}


def activities_of(
    connection: duckdb.DuckDBPyConnection, siren: str
) -> dict[str, tuple[Activity, ...]]:
    """Return the activities that an organisation declares and that stand, by the SIRET of their place."""
    return _by_siret(connection, standing(DeclaredActivity).filter(siren=siren), {})


def _by_siret(
    connection: duckdb.DuckDBPyConnection, rows: QuerySet[DeclaredActivity], zones: Zones
) -> dict[str, tuple[Activity, ...]]:
    found: dict[str, list[Activity]] = {}
    _read_zones(connection, {each for row in rows for each in row.zones} - zones.keys(), zones)
    for row in rows:
        found.setdefault(row.siret, []).append(_activity(row, zones))
    return {siret: _said_first(each) for siret, each in found.items()}


def _said_first(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """Return what the organisation declares, then what a list tells of trades that it does not."""
    held = tuple(activities)
    declared = [each for each in held if each.basis is Basis.DECLARED]
    trades = {code for each in declared for code in each.trades}
    told = (each for each in held if each.basis is Basis.TOLD)
    return (*declared, *(each for each in told if not trades.issuperset(each.trades)))


def _activity(row: DeclaredActivity, zones: Zones) -> Activity:
    """Return an activity as matching reads it."""
    day = written(timezone.localdate(row.said_at))
    teller = f"d’après {row.told_by}, à confirmer par l’organisation, le {day}"
    return Activity(
        trades=tuple(row.trades),
        label=row.label,
        presence=tuple(Presence(each) for each in row.presence),
        # A territory that was merged since is a zone no more.
        reach=Reach(
            ReachKind(row.reach),
            row.radius_km,
            tuple(zone for each in row.zones if (zone := zones[each]) is not None),
        ),
        capacity=quantities_of(row.capacity),
        certificates=None if row.certificates is None else tuple(row.certificates),
        available_from=row.available_from,
        basis=Basis.TOLD if row.is_proposed else Basis.DECLARED,
        because=teller if row.is_proposed else f"déclaré par l’organisation le {day}",
    )


def _read_zones(
    connection: duckdb.DuckDBPyConnection, selectors: Iterable[str], known: Zones
) -> None:
    """Add the zones of selectors to those known: all of a level by one question."""
    for selector, spot in spots(connection, selectors).items():
        known[selector] = zone_at(selector, spot) if spot else _zone(connection, selector)


def _zone(connection: duckdb.DuckDBPyConnection, selector: str) -> Zone | None:
    """Return what is no territory within the country: the country itself, or nothing any more."""
    level, _, code = selector.partition(":")
    try:
        return zone_of(connection, territory_at(connection, Level(level), code))
    except EssorError:
        return None
