"""The register: every source crossed into the published tables, and every anomaly met on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis import _

from essor.tables.geography import COMMUNES, FORMER_COMMUNES
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF, NAF_2025, STAFF_BANDS
from essor.tables.staged import STATUS_CLAIMS
from essor.tables.statuses import STATUSES
from essor.warehouse import scrutiny
from essor.warehouse.anomalies import Anomaly
from essor.warehouse.engine import Engine
from essor.warehouse.establishments import (
    head_offices,
    of_organisations,
    one_per_siret,
    placed,
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
ESTABLISHMENTS = "sirene_etablissements"
POSITIONS = "sirene_geolocalisation"
ESS_FRANCE = "ess_france"

# Source of each nomenclature, and the published table it becomes as it is.
NOMENCLATURES = {
    "naf": NAF,
    "naf_2025": NAF_2025,
    "categories_juridiques": LEGAL_CATEGORIES,
    "tranches_effectifs": STAFF_BANDS,
}

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


@dataclass(frozen=True, slots=True)
class Register:
    """The published tables, by name, and the anomalies."""

    tables: Mapping[str, ibis.Table]
    anomalies: tuple[Anomaly, ...]


def cross(engine: Engine, workdir: Path, staged: Mapping[str, Staged]) -> Register:
    """Return the published tables that `staged` sources make together."""
    places = _places(engine, staged)
    nomenclatures = {
        table.name: engine.stage(f"nomenclature_{name}", staged[name].table)
        for name, table in NOMENCLATURES.items()
    }
    crossing = _Crossing(engine, staged, {**places, **nomenclatures}, [])
    tables = crossing.run()
    read = (anomaly for one in staged.values() for anomaly in one.anomalies)
    return Register({**places, **nomenclatures, **tables}, (*read, *crossing.anomalies))


def _places(engine: Engine, staged: Mapping[str, Staged]) -> dict[str, ibis.Table]:
    given = {
        name: engine.stage(f"given_{name}", staged[source].table)
        if staged[source].record.is_present
        else None
        for source, name in GEOGRAPHY.items()
    }
    crossed = geography(given)
    return {name: engine.stage(f"crossed_{name}", table) for name, table in crossed.items()}


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One crossing under way: the engine, the sources, what is known already, what went wrong."""

    engine: Engine
    staged: Mapping[str, Staged]
    known: Mapping[str, ibis.Table]
    anomalies: list[Anomaly]

    def run(self) -> dict[str, ibis.Table]:
        """Return organisations, establishments, statuses, industrial_units and employment."""
        lookup = self.engine.stage(
            "lookup", place_lookup(self.known[COMMUNES.name], self.known[FORMER_COMMUNES.name])
        )
        claims = self._claims()
        units = self._units(claims)
        establishments = self._establishments(units, lookup)
        heads = self.engine.stage("heads", head_offices(units, establishments))
        organisations = self.engine.stage("organisations", located(units, heads))
        every_unit = self.staged[UNITS].table
        every_establishment = self.staged[ESTABLISHMENTS].table
        return {
            "organisations": organisations,
            "establishments": establishments,
            "statuses": self._statuses(claims, organisations),
            "industrial_units": industrial_units(
                organisations, every_unit, every_establishment, lookup
            ),
            "employment": employment(every_establishment, lookup),
        }

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
        said = said_elsewhere(self.staged[ESS_FRANCE].table, said_of_units(claims))
        said = self.engine.stage("said", said)
        met = self.engine.stage("units_met", members(self.staged[UNITS].table, said))
        found = tuple(scrutiny.of_units(met, UNITS, self.known))
        self.anomalies.extend(found)
        if not scrutiny.breaks_keys(found):
            return met
        return self.engine.stage("units", one_per_siren(with_good_siren(met)))

    def _establishments(self, units: ibis.Table, lookup: ibis.Table) -> ibis.Table:
        stock = self.staged[ESTABLISHMENTS]
        owned = of_organisations(stock.raw, stock.tidy, units)
        met = self.engine.stage("establishments_met", owned)
        found = tuple(scrutiny.of_establishments(met, ESTABLISHMENTS, self.known, lookup))
        self.anomalies.extend(found)
        good = one_per_siret(with_good_siret(met)) if scrutiny.breaks_keys(found) else met
        positions = self.staged[POSITIONS].table
        return self.engine.stage(
            "establishments", placed(good, lookup, positions, self.known[COMMUNES.name])
        )

    def _statuses(self, claims: ibis.Table, organisations: ibis.Table) -> ibis.Table:
        known = organisations.select("siren", is_here=ibis.literal(True))
        joined = claims.left_join(known, "siren").drop("siren_right")
        statuses = joined.mutate(is_known_unit=_.is_here.fill_null(False)).select(*STATUSES.names)
        statuses = self.engine.stage("statuses", statuses)
        self.anomalies.extend(scrutiny.of_statuses(statuses))
        return statuses
