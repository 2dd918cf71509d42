"""Scrutiny: the checks made on what enters the register, each finding an anomaly with its count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, StringValue

from essor.perimeter.staff_bands import BY_CODE, UNKNOWN_BAND
from essor.tables.nomenclatures import LEGAL_CATEGORIES, NAF
from essor.warehouse.anomalies import Anomaly, Check, Findings, Problem, survey, tally
from essor.warehouse.luhn import is_acceptable_siren, is_acceptable_siret
from essor.warehouse.questions import Ask

KNOWN_BANDS = (*BY_CODE, UNKNOWN_BAND)


def are_keys_sound(
    table: ibis.Table, key: str, is_acceptable: BooleanValue, ask: Ask
) -> Callable[[], bool]:
    """Return what will tell whether every row has a key that can be one, and that no other row has."""
    counted = ask(
        table.aggregate(
            rows=_.count(),
            keys=_[key].try_cast("int64").nunique(),
            good=is_acceptable.cast("int64").sum(),
        )
    )

    def are_sound() -> bool:
        (counts,) = counted()
        return bool(counts["rows"] == counts["keys"] and counts["rows"] == (counts["good"] or 0))

    return are_sound


def of_keys(
    table: ibis.Table, source: str, key: str, is_acceptable: BooleanValue
) -> Iterator[Anomaly]:
    """Yield the keys that cannot be one, and how many rows repeat another's."""
    bad = table.filter(~is_acceptable)
    yield from Check(source, key, Problem.BAD_LUHN, is_row_kept=False).found(tally(bad[key]))
    repeated = table.group_by(key).aggregate(copies=_.count()).filter(_.copies > 1)
    extra = repeated.aggregate(rows=_.copies.sum() - _.count(), first=_[key].min())
    met = extra.to_pyarrow().to_pylist()[0]
    if met["rows"]:
        check = Check(source, key, Problem.DUPLICATE_KEY, is_row_kept=False)
        yield check.counted(int(met["rows"]), met["first"])


def of_units(units: ibis.Table, source: str, known: Mapping[str, ibis.Table], ask: Ask) -> Findings:
    """Return the codes of the register's legal units that mean nothing."""
    return survey(
        {
            _unknown(source, "trancheEffectifsUniteLegale"): _unknown_bands(units.staff_band),
            _unknown(source, "categorieJuridiqueUniteLegale"): _unknown_codes(
                units.legal_category, known[LEGAL_CATEGORIES.name]
            ),
            _unknown(source, "activitePrincipaleUniteLegale"): _unknown_codes(
                units.naf, known[NAF.name]
            ),
        },
        ask,
    )


def of_establishments(
    establishments: ibis.Table,
    source: str,
    known: Mapping[str, ibis.Table],
    lookup: ibis.Table,
    ask: Ask,
) -> Findings:
    """Return the codes of the published establishments that mean nothing, or no longer what they did."""
    commune = "codeCommuneEtablissement"
    met = tally(establishments.published_commune)
    moved = lookup.filter(_.published_commune != _.commune)
    return survey(
        {
            _unknown(source, "trancheEffectifsEtablissement"): _unknown_bands(
                establishments.staff_band
            ),
            _unknown(source, "activitePrincipaleEtablissement"): _unknown_codes(
                establishments.naf, known[NAF.name]
            ),
            Check(source, commune, Problem.UNKNOWN_COMMUNE, is_row_kept=True): met.anti_join(
                lookup, met.value == lookup.published_commune
            ),
            Check(source, commune, Problem.FORMER_CODE, is_row_kept=True): met.semi_join(
                moved, met.value == moved.published_commune
            ),
            Check(
                source, "codePaysEtrangerEtablissement", Problem.FOREIGN, is_row_kept=True
            ): tally(establishments.country),
        },
        ask,
    )


def of_claims(claims: ibis.Table, ask: Ask) -> Findings:
    """Return the statuses whose identifiers cannot be identifiers; a good SIREN keeps the status to the unit."""
    bad_siren = ~is_acceptable_siren(claims.siren, claims.is_fictional)
    bad_siret = (claims.siret != "") & ~is_acceptable_siret(claims.siret, claims.is_fictional)
    sirens = _by_source(
        claims.filter(bad_siren), Check("", "siren", Problem.BAD_LUHN, is_row_kept=False), ask
    )
    kept = claims.filter(~bad_siren & bad_siret)
    sirets = _by_source(kept, Check("", "siret", Problem.BAD_LUHN, is_row_kept=True), ask)
    return lambda: chain(sirens(), sirets())


def of_list(lost: ibis.Table, source: str, ask: Ask) -> Findings:
    """Return the SIRENs of a list of the social economy, not held by the register: no SIREN, or nobody's there."""
    is_good = is_acceptable_siren(lost.siren, lost.is_fictional)
    bad, orphans = lost.filter(~is_good), lost.filter(is_good)
    return survey(
        {
            Check(source, "siren", Problem.BAD_LUHN, is_row_kept=False): tally(bad.siren),
            Check(source, "siren", Problem.ORPHAN, is_row_kept=False): tally(orphans.siren),
        },
        ask,
    )


def of_statuses(statuses: ibis.Table, ask: Ask) -> Findings:
    """Return the statuses of units that the register does not hold, by source."""
    orphans = statuses.filter(~_.is_known_unit)
    return _by_source(orphans, Check("", "siren", Problem.ORPHAN, is_row_kept=True), ask)


def _by_source(rows: ibis.Table, check: Check, ask: Ask) -> Findings:
    """Return the values that a check meets in each source: a handful of rows, told apart in one question."""
    tallied = rows.group_by("source", value=rows[check.column]).aggregate(rows=_.count())
    met = ask(tallied.order_by("source", ibis.desc("rows"), "value"))
    return lambda: (
        replace(check, source=row["source"]).counted(row["rows"], row["value"]) for row in met()
    )


def _unknown(source: str, column: str) -> Check:
    return Check(source, column, Problem.UNKNOWN_CODE, is_row_kept=True)


def _unknown_bands(bands: StringValue) -> ibis.Table:
    return tally(bands).filter(_.value.notin(KNOWN_BANDS))


def _unknown_codes(codes: StringValue, nomenclature: ibis.Table) -> ibis.Table:
    """Return the codes that the nomenclature does not hold; none when the nomenclature is absent."""
    met = tally(codes)
    unknown = met.anti_join(nomenclature, met.value == nomenclature.code)
    return unknown.filter(nomenclature.count().as_scalar() > 0)
