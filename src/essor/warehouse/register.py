"""The register: every source crossed into the published tables, and every anomaly met on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis

from essor.perimeter.families import families
from essor.sources.sirene_units import chosen
from essor.tables.establishments import ESTABLISHMENTS
from essor.tables.fabric import EMPLOYMENT, INDUSTRIAL_UNITS
from essor.tables.geography import COMMUNES, FORMER_COMMUNES, NEIGHBOURS, TERRITORIES
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF, NAF_2025, STAFF_BANDS
from essor.tables.organisations import ORGANISATIONS
from essor.tables.staged import STATUS_CLAIMS
from essor.tables.statuses import STATUSES
from essor.tables.table import Table
from essor.warehouse import scrutiny
from essor.warehouse.anomalies import Anomaly
from essor.warehouse.engine import Engine
from essor.warehouse.establishments import (
    best_of_each,
    head_offices,
    of_organisations,
    one_per_siret,
    placed,
    positions_of,
    with_good_siret,
)
from essor.warehouse.fabric import employment, industrial_units
from essor.warehouse.geography import geography
from essor.warehouse.organisations import (
    located,
    members,
    one_per_siren,
    said_elsewhere,
    with_good_siren,
)
from essor.warehouse.places import place_lookup
from essor.warehouse.stage import Staged
from essor.warehouse.statuses import (
    all_claims,
    one_per_fact,
    said_of_units,
    with_good_identifiers,
)

UNITS = "sirene_unites_legales"
PLACES_OF_WORK = "sirene_etablissements"
POSITIONS = "sirene_geolocalisation"
ESS_FRANCE = "ess_france"

# Source of each nomenclature, and the published table it becomes as it is.
NOMENCLATURES = {
    "naf": NAF,
    "naf_2025": NAF_2025,
    "categories_juridiques": LEGAL_CATEGORIES,
    "tranches_effectifs": STAFF_BANDS,
}

GEOGRAPHY_TABLES = (COMMUNES, FORMER_COMMUNES, TERRITORIES, NEIGHBOURS)

# Source of each table of geography that may be absent, and its name in the crossing.
GEOGRAPHY = {
    "communes": "communes",
    "epci": "epci",
    "departements": "departements",
    "regions": "regions",
    "territoires_industrie": "territoires_industrie",
    "zones_emploi": "zones_emploi",
    "communes_anciennes": "former_communes",
    "voisinages": "voisinages",
}


def cross(engine: Engine, folder: Path, staged: Mapping[str, Staged]) -> tuple[Anomaly, ...]:
    """Write into `folder` the published tables that `staged` sources make together; return the anomalies."""
    places = _places(engine, staged)
    nomenclatures = {table.name: staged[name].table for name, table in NOMENCLATURES.items()}
    crossing = _Crossing(engine, folder, staged, {**places, **nomenclatures}, [])
    return crossing.run()


def _places(engine: Engine, staged: Mapping[str, Staged]) -> dict[str, ibis.Table]:
    given = {
        name: engine.stage(f"given_{name}", staged[source].table)
        if staged[source].record.is_present
        else None
        for source, name in GEOGRAPHY.items()
    }
    return dict(geography(given))


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One crossing under way: the engine, the sources, what is known already, what went wrong."""

    engine: Engine
    folder: Path
    staged: Mapping[str, Staged]
    known: dict[str, ibis.Table]
    anomalies: list[Anomaly]

    def run(self) -> tuple[Anomaly, ...]:
        """Write every table, each once; return the anomalies met."""
        for table in (*GEOGRAPHY_TABLES, *NOMENCLATURES.values()):
            self.known[table.name] = self._write(table, self.known[table.name])
        lookup = self.engine.stage(
            "lookup", place_lookup(self.known[COMMUNES.name], self.known[FORMER_COMMUNES.name])
        )
        claims = self._claims()
        units = self._units(claims)
        establishments = self._establishments(units, lookup)
        heads = self.engine.stage("heads", head_offices(units, establishments))
        organisations = self._write(ORGANISATIONS, located(units, heads))
        self._statuses(claims, organisations)
        listed = self.known[ESS_FRANCE]
        self.anomalies.extend(scrutiny.of_list(listed, ESS_FRANCE, organisations))
        every_unit = self.staged[UNITS].table
        every_place = self.staged[PLACES_OF_WORK].table
        industry = industrial_units(organisations, every_unit, every_place, lookup)
        self._write(INDUSTRIAL_UNITS, industry)
        self._write(EMPLOYMENT, employment(every_place, lookup))
        read = (anomaly for one in self.staged.values() for anomaly in one.anomalies)
        return (*read, *self.anomalies)

    def _write(self, table: Table, expression: ibis.Table) -> ibis.Table:
        path = self.folder / f"{table.name}.parquet"
        return self.engine.write(expression.select(*table.names), table, path)

    def _claims(self) -> ibis.Table:
        by_source = {
            name: one.table
            for name, one in self.staged.items()
            if one.source.table is STATUS_CLAIMS
        }
        claims = self.engine.stage("claims_met", all_claims(by_source))
        self.anomalies.extend(scrutiny.of_claims(claims))
        return self.engine.stage("claims", one_per_fact(with_good_identifiers(claims)))

    def _units(self, claims: ibis.Table) -> ibis.Table:
        self.known[ESS_FRANCE] = self.engine.stage("listed", self.staged[ESS_FRANCE].table)
        said = said_elsewhere(self.known[ESS_FRANCE], said_of_units(claims))
        said = self.engine.stage("said", said)
        stock = self.staged[UNITS]
        raw = chosen(stock.raw, sorted(families().by_code), said)
        met = self.engine.stage("units_met", members(raw, stock.tidy, said))
        found = tuple(scrutiny.of_units(met, UNITS, self.known))
        self.anomalies.extend(found)
        if not scrutiny.breaks_keys(found):
            return met
        return self.engine.stage("units", one_per_siren(with_good_siren(met)))

    def _establishments(self, units: ibis.Table, lookup: ibis.Table) -> ibis.Table:
        stock = self.staged[PLACES_OF_WORK]
        owned = of_organisations(stock.raw, stock.tidy, units)
        met = self.engine.stage("establishments_met", owned)
        found = tuple(scrutiny.of_establishments(met, PLACES_OF_WORK, self.known, lookup))
        self.anomalies.extend(found)
        good = one_per_siret(with_good_siret(met)) if scrutiny.breaks_keys(found) else met
        points = self.engine.stage("points", positions_of(self.staged[POSITIONS].table, met))
        if scrutiny.repeats(points, "siret"):
            points = best_of_each(points)
        here = placed(good, lookup, points, self.known[COMMUNES.name])
        return self._write(ESTABLISHMENTS, here)

    def _statuses(self, claims: ibis.Table, organisations: ibis.Table) -> None:
        known = organisations.select("siren", is_here=ibis.literal(True))
        joined = claims.left_join(known, "siren").drop("siren_right")
        is_known = joined.is_here.fill_null(False)
        statuses = self._write(STATUSES, joined.mutate(is_known_unit=is_known))
        self.anomalies.extend(scrutiny.of_statuses(statuses))
