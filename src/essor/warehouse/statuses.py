"""Statuses: the claims of every source side by side, and what they say together of each unit."""

from collections.abc import Mapping

import ibis
from ibis import _

from essor.tables.staged import STATUS_CLAIMS
from essor.warehouse.luhn import is_acceptable_siren, is_acceptable_siret

ESS_LIST_KINDS = ("esus", "scop")
"""Statuses that are themselves a ground of membership of the social economy."""


def all_claims(by_source: Mapping[str, ibis.Table]) -> ibis.Table:
    """Return the claims of every source, one row per siren, siret, kind, source and day."""
    tagged = [
        claims.select(*STATUS_CLAIMS.names).mutate(source=ibis.literal(name))
        for name, claims in by_source.items()
    ]
    return ibis.union(*tagged) if len(tagged) > 1 else tagged[0]


def with_good_identifiers(claims: ibis.Table) -> ibis.Table:
    """Return the claims whose SIREN can be one; a SIRET that cannot be one leaves the status to the unit."""
    known = claims.filter(is_acceptable_siren(claims.siren, claims.is_fictional))
    is_good = is_acceptable_siret(known.siret, known.is_fictional)
    return known.mutate(siret=ibis.ifelse(is_good, known.siret, ibis.literal("")))


def one_per_fact(claims: ibis.Table) -> ibis.Table:
    """Return one row per fact and source: a structure listed twice keeps what either row tells."""
    return claims.group_by("siren", "siret", "kind", "source", "attested_on").aggregate(
        name=_.name.min(),
        valid_from=_.valid_from.min(),
        valid_to=_.valid_to.max(),
        has_industrial_activity=_.has_industrial_activity.cast("int8").max().cast("boolean"),
        industrial_basis=_.industrial_basis.min(),
        places=_.places.sum(),
        is_fictional=_.is_fictional.cast("int8").max().cast("boolean"),
    )


def said_of_units(statuses: ibis.Table) -> ibis.Table:
    """Return one row per legal unit: the lists it is in, and its P2 answer with its basis.

    A structure is industrial when one source says so, not industrial when one says no and none yes.
    A unit is P2 when one of its structures is; unknown when none is and one is unknown. A list of the social
    economy that declares no activity says nothing of it.
    """
    is_yes = _.has_industrial_activity.fill_null(False)
    is_no = (~_.has_industrial_activity).fill_null(False)
    structures = (
        statuses.filter(_.kind.notin(ESS_LIST_KINDS) | _.has_industrial_activity.notnull())
        .mutate(yes_basis=ibis.ifelse(is_yes, _.industrial_basis, ibis.null("string")))
        .mutate(is_yes=is_yes.cast("int8"), is_no=is_no.cast("int8"))
        .group_by("siren", "siret")
        .aggregate(
            yes=_.is_yes.max(),
            no=_.is_no.max(),
            yes_basis=_.yes_basis.min(),
            no_basis=_.industrial_basis.min(),
        )
    )
    answers = structures.group_by("siren").aggregate(
        yes=_.yes.max(),
        unknown=((_.yes == 0) & (_.no == 0)).cast("int8").max(),
        yes_basis=_.yes_basis.min(),
        no_basis=_.no_basis.min(),
    )
    lists = statuses.group_by("siren").aggregate(
        **{f"in_{kind}": (_.kind == kind).cast("int8").max() == 1 for kind in ESS_LIST_KINDS}
    )
    return lists.left_join(answers, "siren").select(
        "siren",
        *(f"in_{kind}" for kind in ESS_LIST_KINDS),
        is_industrial_p2=ibis.cases(
            (_.yes == 1, True), (_.unknown == 1, ibis.null("boolean")), (_.yes == 0, False)
        ),
        p2_basis=ibis.cases((_.yes == 1, _.yes_basis), (_.unknown == 0, _.no_basis)),
    )
