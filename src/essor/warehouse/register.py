"""The register: every source crossed into the published tables, and every anomaly met on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ibis
from ibis.expr.types import BooleanValue

from essor.perimeter.families import families
from essor.sources.catalogue import CATALOGUE
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
from essor.warehouse.anomalies import Anomaly, Findings
from essor.warehouse.engine import Engine
from essor.warehouse.establishments import (
    head_offices,
    of_units,
    one_per_siret,
    placed,
    points_of,
    seats_of,
)
from essor.warehouse.fabric import (
    employers,
    employment,
    industrial_units,
    natural_industry,
    repeated,
)
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
    return _Crossing(engine, folder, staged, {}).run()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the register stands on: the statuses claimed, the units met, where each commune code leads."""

    claims: ibis.Table
    met: ibis.Table
    lookup: ibis.Table


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One crossing under way: the engine, the sources, what is known already.

    The engine works on while the next step is being written: what is asked of it is read at the end. So every
    key is first supposed sound; when one is not, the register is written again with the keys chosen.
    """

    engine: Engine
    folder: Path
    staged: Mapping[str, Staged]
    known: dict[str, ibis.Table]

    def run(self) -> tuple[Anomaly, ...]:
        """Write every table; return the anomalies met."""
        # What waits for nothing goes first: the engine has work while the rest is being written.
        stock = self.staged[PLACES_OF_WORK]
        found = self.engine.stage("employers", employers(stock.raw, stock.tidy))
        claims, of_claims = self._claims()
        ground = _Ground(claims, self._units(claims), self._places())
        twice = self.engine.stage("repeated_employers", repeated(found))
        self._write(EMPLOYMENT, employment(found, twice, ground.lookup))
        checks, are_keys_sound = self._supposed_sound(ground)
        self.engine.wait()
        if not are_keys_sound():
            checks = self._chosen(ground)
            self.engine.wait()
        unread = (one.unread for one in self.staged.values())
        return tuple(anomaly for check in (*unread, of_claims, *checks) for anomaly in check())

    def _write(self, table: Table, expression: ibis.Table) -> ibis.Table:
        path = self.folder / f"{table.name}.parquet"
        return self.engine.write(expression.select(*table.names), table, path)

    def _claims(self) -> tuple[ibis.Table, Findings]:
        by_source = {
            source.name: self.staged[source.name].table
            for source, _ in CATALOGUE
            if source.table is STATUS_CLAIMS
        }
        claims = self.engine.stage("claims_met", all_claims(by_source))
        sound = self.engine.stage("claims", one_per_fact(with_good_identifiers(claims)))
        return sound, scrutiny.of_claims(claims, self.engine.ask)

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

    def _supposed_sound(self, ground: _Ground) -> tuple[list[Findings], Callable[[], bool]]:
        """Write the register as if every key were sound; return its checks, and what will tell if they were."""
        ask = self.engine.ask
        is_good = _is_good_siren(ground.met)
        are_units_sound = scrutiny.are_keys_sound(ground.met, "siren", is_good, ask)
        # Gathered, not kept: one statement reads them.
        places = self.engine.once("establishments_met", self._places_of(ground.met))
        written = self._write_establishments(places, ground.lookup)
        is_good = _is_good_siret(written)
        are_places_sound = scrutiny.are_keys_sound(written, "siret", is_good, ask)
        checks = self._rest(ground, ground.met, written)
        return checks, lambda: are_units_sound() and are_places_sound()

    def _chosen(self, ground: _Ground) -> list[Findings]:
        """Write the register with one unit for each SIREN that can be one, one establishment for each SIRET."""
        is_good = _is_good_siren(ground.met)
        bad_units = partial(scrutiny.of_keys, ground.met, UNITS, "siren", is_good)
        units = self.engine.stage("units", one_per_siren(ground.met.filter(is_good)))
        places = self.engine.stage("establishments_met", self._places_of(units))
        is_good = _is_good_siret(places)
        bad_places = partial(scrutiny.of_keys, places, PLACES_OF_WORK, "siret", is_good)
        written = self._write_establishments(places, ground.lookup)
        kept = self.engine.stage("kept", one_per_siret(written.filter(_is_good_siret(written))))
        written = self._write(ESTABLISHMENTS, kept)
        return [bad_units, bad_places, *self._rest(ground, units, written)]

    def _places_of(self, units: ibis.Table) -> ibis.Table:
        persons = units.filter(~units.is_natural_person)
        return of_units(self.staged[PLACES_OF_WORK].raw, persons)

    def _write_establishments(self, places: ibis.Table, lookup: ibis.Table) -> ibis.Table:
        stock, positions = self.staged[PLACES_OF_WORK], self.staged[POSITIONS]
        points = positions.tidy(points_of(positions.raw, places))
        return self._write(ESTABLISHMENTS, placed(stock.tidy(places), lookup, points))

    def _rest(
        self, ground: _Ground, units: ibis.Table, establishments: ibis.Table
    ) -> list[Findings]:
        """Write what stands on the units and on the establishments written; return the checks of it all."""
        ask = self.engine.ask
        persons = units.filter(~units.is_natural_person)
        heads = head_offices(persons, establishments)
        organisations = self._write(ORGANISATIONS, located(persons, heads))
        stock = self.staged[PLACES_OF_WORK]
        natural = natural_industry(units)
        seats = stock.tidy(seats_of(stock.raw, natural))
        industry = industrial_units(organisations, natural, seats, ground.lookup)
        self._write(INDUSTRIAL_UNITS, industry)
        statuses = self._statuses(ground.claims, organisations)
        lost = self.known[ESS_FRANCE].anti_join(organisations, "siren")
        return [
            scrutiny.of_units(units, UNITS, self.known, ask),
            scrutiny.of_establishments(
                establishments, PLACES_OF_WORK, self.known, ground.lookup, ask
            ),
            scrutiny.of_statuses(statuses, ask),
            scrutiny.of_list(self.engine.stage("lost", lost), ESS_FRANCE, ask),
        ]

    def _statuses(self, claims: ibis.Table, organisations: ibis.Table) -> ibis.Table:
        known = organisations.select("siren", is_here=ibis.literal(True))
        joined = claims.left_join(known, "siren").drop("siren_right")
        is_known = joined.is_here.fill_null(False)
        return self._write(STATUSES, joined.mutate(is_known_unit=is_known))


def _is_good_siren(units: ibis.Table) -> BooleanValue:
    return is_acceptable_siren(units.siren, units.is_fictional)


def _is_good_siret(establishments: ibis.Table) -> BooleanValue:
    return is_acceptable_siret(establishments.siret, establishments.is_fictional)
