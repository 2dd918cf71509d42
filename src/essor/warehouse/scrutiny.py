"""Scrutiny: the checks made on what enters the register, each finding an anomaly with its count."""

from collections.abc import Iterable, Iterator, Mapping

import ibis
from ibis import _
from ibis.expr.types import StringValue

from essor.perimeter.staff_bands import BY_CODE, UNKNOWN_BAND
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF
from essor.warehouse.anomalies import Anomaly, Check, Problem, tally
from essor.warehouse.luhn import is_acceptable_siren, is_acceptable_siret

KNOWN_BANDS = (*BY_CODE, UNKNOWN_BAND)

KEY_PROBLEMS = (Problem.BAD_LUHN, Problem.DUPLICATE_KEY)


def breaks_keys(anomalies: Iterable[Anomaly]) -> bool:
    """Return whether rows must be left out before the table can be crossed."""
    return any(anomaly.problem in KEY_PROBLEMS for anomaly in anomalies)


def repeats(table: ibis.Table, key: str) -> int:
    """Return how many rows hold a key that another holds already."""
    counts = table.aggregate(rows=_.count(), keys=_[key].nunique()).to_pyarrow().to_pylist()[0]
    return int(counts["rows"] - counts["keys"])


def of_units(units: ibis.Table, source: str, known: Mapping[str, ibis.Table]) -> Iterator[Anomaly]:
    """Yield what is wrong with the legal units of the register."""
    bad = units.filter(~is_acceptable_siren(units.siren, units.is_fictional))
    yield from Check(source, "siren", Problem.BAD_LUHN, is_row_kept=False).found(tally(bad.siren))
    yield from _duplicates(units, source, "siren")
    yield from _unknown_bands(units, source, "trancheEffectifsUniteLegale")
    yield from _unknown_codes(
        units.legal_category, known[LEGAL_CATEGORIES.name], source, "categorieJuridiqueUniteLegale"
    )
    yield from _unknown_codes(units.naf, known[NAF.name], source, "activitePrincipaleUniteLegale")


def of_establishments(
    establishments: ibis.Table, source: str, known: Mapping[str, ibis.Table], lookup: ibis.Table
) -> Iterator[Anomaly]:
    """Yield what is wrong with the establishments of the register."""
    bad = establishments.filter(
        ~is_acceptable_siret(establishments.siret, establishments.is_fictional)
    )
    yield from Check(source, "siret", Problem.BAD_LUHN, is_row_kept=False).found(tally(bad.siret))
    yield from _duplicates(establishments, source, "siret")
    yield from _unknown_bands(establishments, source, "trancheEffectifsEtablissement")
    yield from _unknown_codes(
        establishments.naf, known[NAF.name], source, "activitePrincipaleEtablissement"
    )
    yield from _communes(establishments, source, lookup)


def of_claims(claims: ibis.Table) -> Iterator[Anomaly]:
    """Yield the statuses whose identifiers cannot be identifiers; a good SIREN keeps the status to the unit."""
    bad_siren = ~is_acceptable_siren(claims.siren, claims.is_fictional)
    bad_siret = (claims.siret != "") & ~is_acceptable_siret(claims.siret, claims.is_fictional)
    yield from _by_source(claims.filter(bad_siren), "siren", Problem.BAD_LUHN, is_row_kept=False)
    yield from _by_source(
        claims.filter(~bad_siren & bad_siret), "siret", Problem.BAD_LUHN, is_row_kept=True
    )


def of_list(listed: ibis.Table, source: str, organisations: ibis.Table) -> Iterator[Anomaly]:
    """Yield the SIRENs of a list of the social economy that cannot be one, or that the register does not hold."""
    is_good = is_acceptable_siren(listed.siren, listed.is_fictional)
    bad = listed.filter(~is_good)
    yield from Check(source, "siren", Problem.BAD_LUHN, is_row_kept=False).found(tally(bad.siren))
    orphans = listed.filter(is_good).anti_join(organisations, "siren")
    yield from Check(source, "siren", Problem.ORPHAN, is_row_kept=False).found(tally(orphans.siren))


def of_statuses(statuses: ibis.Table) -> Iterator[Anomaly]:
    """Yield the statuses of units that the register does not hold, by source."""
    orphans = statuses.filter(~_.is_known_unit)
    yield from _by_source(orphans, "siren", Problem.ORPHAN, is_row_kept=True)


def _by_source(
    rows: ibis.Table, column: str, problem: Problem, *, is_row_kept: bool
) -> Iterator[Anomaly]:
    """Yield the values met in each source: a handful of rows, told apart in one question."""
    tallied = rows.group_by("source", value=rows[column]).aggregate(rows=_.count())
    for row in tallied.order_by("source", ibis.desc("rows"), "value").to_pyarrow().to_pylist():
        check = Check(row["source"], column, problem, is_row_kept)
        yield check.counted(row["rows"], row["value"])


def _duplicates(table: ibis.Table, source: str, key: str) -> Iterator[Anomaly]:
    if not (extra := repeats(table, key)):
        return
    check = Check(source, key, Problem.DUPLICATE_KEY, is_row_kept=False)
    repeated = table.group_by(key).aggregate(copies=_.count()).filter(_.copies > 1)
    some = repeated.order_by(key).limit(1).to_pyarrow().to_pylist()
    yield check.counted(extra, some[0][key])


def _unknown_bands(table: ibis.Table, source: str, column: str) -> Iterator[Anomaly]:
    check = Check(source, column, Problem.UNKNOWN_CODE, is_row_kept=True)
    yield from check.found(tally(table.staff_band).filter(_.value.notin(KNOWN_BANDS)))


def _unknown_codes(
    codes: StringValue, nomenclature: ibis.Table, source: str, column: str
) -> Iterator[Anomaly]:
    """Yield the codes that the nomenclature does not hold; none when the nomenclature is absent."""
    if not nomenclature.count().to_pyarrow().as_py():
        return
    met = tally(codes)
    check = Check(source, column, Problem.UNKNOWN_CODE, is_row_kept=True)
    yield from check.found(met.anti_join(nomenclature, met.value == nomenclature.code))


def _communes(establishments: ibis.Table, source: str, lookup: ibis.Table) -> Iterator[Anomaly]:
    column = "codeCommuneEtablissement"
    met = tally(establishments.commune)
    unknown = met.anti_join(lookup, met.value == lookup.published_commune)
    yield from Check(source, column, Problem.UNKNOWN_COMMUNE, is_row_kept=True).found(unknown)
    moved = lookup.filter(_.published_commune != _.commune)
    replaced = met.semi_join(moved, met.value == moved.published_commune)
    yield from Check(source, column, Problem.FORMER_CODE, is_row_kept=True).found(replaced)
    abroad = Check(source, "codePaysEtrangerEtablissement", Problem.FOREIGN, is_row_kept=True)
    yield from abroad.found(tally(establishments.country))
