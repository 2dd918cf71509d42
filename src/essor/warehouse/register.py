"""The register: every source crossed into the published tables, and every anomaly met on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.expr.types import BooleanValue

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
from essor.tables.vocabularies import CPV, NAF_NOTES, ROME, ROME_FICHES
from essor.warehouse import scrutiny
from essor.warehouse.anomalies import Anomaly
from essor.warehouse.engine import Engine
from essor.warehouse.establishments import (
    head_offices,
    of_units,
    one_per_siret,
    placed,
)
from essor.warehouse.fabric import employers, employment, industrial_units, repeated
from essor.warehouse.geography import geography
from essor.warehouse.luhn import is_acceptable_siren, is_acceptable_siret
from essor.warehouse.organisations import (
    located,
    members,
    one_per_siren,
    said_elsewhere,
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
    "naf_notes": NAF_NOTES,
    "cpv": CPV,
    "rome": ROME,
    "rome_fiches": ROME_FICHES,
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
    return _Crossing(engine, folder, staged, {}, []).run()


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One crossing under way: the engine, the sources, what is known already, what is still to be checked.

    The engine works on while the next step is being written: the checks wait for the end, but for those of
    the keys, on which the next step depends.
    """

    engine: Engine
    folder: Path
    staged: Mapping[str, Staged]
    known: dict[str, ibis.Table]
    checks: list[Iterable[Anomaly]]

    def run(self) -> tuple[Anomaly, ...]:
        """Write every table, each once; return the anomalies met."""
        claims = self._claims()
        met = self._units(claims)
        lookup = self._places()
        units = self._with_sound_keys(met)
        organisations = self._organisations(units, lookup)
        self._statuses(claims, organisations)
        lost = self.known[ESS_FRANCE].anti_join(organisations, "siren")
        self.checks.append(scrutiny.of_list(self.engine.stage("lost", lost), ESS_FRANCE))
        self.engine.wait()
        read = (anomaly for one in self.staged.values() for anomaly in one.anomalies)
        return (*read, *(anomaly for check in self.checks for anomaly in check))

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
        self.checks.append(scrutiny.of_claims(claims))
        return self.engine.stage("claims", one_per_fact(with_good_identifiers(claims)))

    def _units(self, claims: ibis.Table) -> ibis.Table:
        self.known[ESS_FRANCE] = self.engine.stage("listed", self.staged[ESS_FRANCE].table)
        said = said_elsewhere(self.known[ESS_FRANCE], said_of_units(claims))
        said = self.engine.stage("said", said)
        stock = self.staged[UNITS]
        raw = chosen(stock.raw, sorted(families().by_code), said)
        return self.engine.stage("units_met", members(raw, stock.tidy, said))

    def _places(self) -> ibis.Table:
        """Write the geography and the nomenclatures; return where each commune code leads."""
        given = {
            name: self.engine.stage(f"given_{name}", self.staged[source].table)
            if self.staged[source].record.is_present
            else None
            for source, name in GEOGRAPHY.items()
        }
        nomenclatures = {table: self.staged[name].table for name, table in NOMENCLATURES.items()}
        places = geography(given)
        for table in GEOGRAPHY_TABLES:
            self.known[table.name] = self._write(table, places[table.name])
        for table, as_it_is in nomenclatures.items():
            self.known[table.name] = self._write(table, as_it_is)
        lookup = place_lookup(self.known[COMMUNES.name], self.known[FORMER_COMMUNES.name])
        return self.engine.stage("lookup", lookup)

    def _with_sound_keys(self, met: ibis.Table) -> ibis.Table:
        """Return the units met, one per SIREN that can be one."""
        self.engine.wait()
        units = met
        is_good = is_acceptable_siren(met.siren, met.is_fictional)
        if not scrutiny.are_keys_sound(met, "siren", is_good):
            self.checks.append(scrutiny.of_keys(met, UNITS, "siren", is_good))
            units = self.engine.stage("units", one_per_siren(met.filter(is_good)))
        self.checks.append(scrutiny.of_units(units, UNITS, self.known))
        return units

    def _organisations(self, units: ibis.Table, lookup: ibis.Table) -> ibis.Table:
        """Write the organisations, their establishments, and the fabric around them."""
        stock = self.staged[PLACES_OF_WORK]
        # Rows chosen among many come in small batches, which cost all that follows: hence a stage.
        places = self.engine.stage("establishments_met", of_units(stock.raw, units))
        persons = units.filter(~units.is_natural_person)
        written = self._write_establishments(places, persons, lookup)
        found = self.engine.stage("employers", employers(stock.table))
        twice = self.engine.stage("repeated_employers", repeated(found))
        self._write(EMPLOYMENT, employment(found, twice, lookup))
        establishments = self._with_sound_places(places, written, lookup)
        heads = head_offices(persons, establishments)
        organisations = self._write(ORGANISATIONS, located(persons, heads))
        industry = industrial_units(organisations, units, stock.tidy(places), lookup)
        self._write(INDUSTRIAL_UNITS, industry)
        return organisations

    def _write_establishments(
        self, places: ibis.Table, persons: ibis.Table, lookup: ibis.Table
    ) -> ibis.Table:
        """Write the establishments as if every key were sound."""
        stock, positions = self.staged[PLACES_OF_WORK], self.staged[POSITIONS]
        owned = stock.tidy(places.filter(~places.is_natural_person))
        points = positions.tidy(of_units(positions.raw, persons))
        return self._write(ESTABLISHMENTS, placed(owned, lookup, points))

    def _with_sound_places(
        self, places: ibis.Table, written: ibis.Table, lookup: ibis.Table
    ) -> ibis.Table:
        """Return the establishments written; when a key is not sound, choose among them and write again."""
        self.engine.wait()
        is_good = _is_good_siret(written)
        if not scrutiny.are_keys_sound(written, "siret", is_good):
            met = places.filter(~places.is_natural_person)
            flaws = scrutiny.of_keys(met, PLACES_OF_WORK, "siret", _is_good_siret(met))
            self.checks.append(flaws)
            kept = self.engine.stage("kept", one_per_siret(written.filter(is_good)))
            written = self._write(ESTABLISHMENTS, kept)
        check = scrutiny.of_establishments(written, PLACES_OF_WORK, self.known, lookup)
        self.checks.append(check)
        return written

    def _statuses(self, claims: ibis.Table, organisations: ibis.Table) -> None:
        known = organisations.select("siren", is_here=ibis.literal(True))
        joined = claims.left_join(known, "siren").drop("siren_right")
        is_known = joined.is_here.fill_null(False)
        statuses = self._write(STATUSES, joined.mutate(is_known_unit=is_known))
        self.checks.append(scrutiny.of_statuses(statuses))


def _is_good_siret(establishments: ibis.Table) -> BooleanValue:
    return is_acceptable_siret(establishments.siret, establishments.is_fictional)
