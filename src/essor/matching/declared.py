"""Declared: what organisations say that they do, laid over what was inferred of them.

Who declares a trade that nothing published would tell becomes a candidate. What it declares takes
the place of what was inferred of the same trades, and of the silence of a code of mission.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from essor.matching.activity import Activity, Supplier
from essor.matching.criteria.trade import LEAST_SHARE, closeness
from essor.matching.inference import Trades
from essor.matching.need import Need
from essor.matching.suppliers import Candidates, suppliers_at


def declaring(supplier: Supplier, declared: tuple[Activity, ...]) -> Supplier:
    """Return the supplier with what it declares first, then what was inferred of other trades."""
    said = {code for activity in declared for code in activity.trades}
    inferred = (each for each in supplier.activities if not said.issuperset(each.trades))
    return replace(supplier, activities=(*declared, *inferred))


def suppliers_declaring(
    connection: duckdb.DuckDBPyConnection,
    declared: Mapping[str, tuple[Activity, ...]],
    trades: Trades,
) -> tuple[Supplier, ...]:
    """Return, by SIRET, the open establishments among those that declare, as `candidates` reads them.

    Of the social economy or conventioned: the others are no candidates, whatever they declare.
    """
    if not declared:
        return ()
    sirets = " ".join(declared)
    opened = {siret for (siret,) in connection.execute(_OPEN, {"sirets": sirets}).fetchall()}
    return tuple(
        declaring(each, declared[each.siret])
        for each in suppliers_at(connection, sorted(opened), trades)
        if each.ess_family is not None or each.statuses
    )


def overlaid(read: Candidates, need: Need, declaring: Iterable[Supplier]) -> Candidates:
    """Return the candidates with those who declare laid over: each once, with what it declares.

    Beside those read already, only whoever declares a trade near one wanted is added.
    """
    known = {each.siret: each for each in read.suppliers}
    said = {each.siret: each for each in declaring if each.siret in known or _may_do(each, need)}
    return Candidates(tuple({**known, **said}.values()), read.is_cut)


def _may_do(supplier: Supplier, need: Need) -> bool:
    return not need.trades or any(
        wanted.share * closeness(wanted.code, code) >= LEAST_SHARE
        for activity in supplier.activities
        for code in activity.trades
        for wanted in need.trades
    )


_OPEN = """
SELECT siret FROM establishments
WHERE is_active AND siret IN (SELECT unnest(string_split($sirets, ' ')))
"""
