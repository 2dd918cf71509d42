"""Membership of the social economy: the family of each legal unit, its basis and all its evidence (B.3)."""

import ibis
from ibis.expr.types import BooleanValue, StringValue

from essor.perimeter.families import Family, families

LISTS = ("ess_france", "esus", "scop")


def with_membership(units: ibis.Table) -> ibis.Table:
    """Return `units` with ess_family, ess_basis and ess_evidence.

    `units` has legal_category, name, ess_flag and, joined from the lists, in_ess_france, in_esus, in_scop
    (never null) and claimed_family. A company is a cooperative when a list or its name says so; a name alone
    is the weakest basis, counts only for a unit that is here already (industrial, or with a status), and
    yields to a flag that says no.
    """
    units = units.mutate(
        code_family=units.legal_category.cases(
            *((code, str(family)) for code, family in families().by_code.items())
        ),
        is_excluded=units.legal_category.isin(sorted(families().excluded)).fill_null(False),
        is_company=units.legal_category.startswith("5").fill_null(False),
        has_cooperative_name=_has_cooperative_name(units),
        is_flagged=units.ess_flag.fill_null(False),
        is_listed=units.in_ess_france | units.in_esus | units.in_scop,
    )
    units = units.mutate(ess_family=_family(units))
    is_member = units.ess_family.notnull()
    nothing = ibis.null("string")
    return units.mutate(
        ess_basis=ibis.ifelse(is_member, _basis(units), nothing),
        ess_evidence=ibis.ifelse(is_member, _evidence(units), nothing),
    )


def has_ground(units: ibis.Table) -> BooleanValue:
    """Return whether a legal category, a flag or a list makes each unit a member.

    A name is no such ground: it tells the family of a unit that is in the register for another reason.
    """
    is_excluded = units.legal_category.isin(sorted(families().excluded)).fill_null(False)
    is_listed = units.in_ess_france | units.in_esus | units.in_scop
    has_code = units.legal_category.isin(sorted(families().by_code)).fill_null(False)
    return ~is_excluded & (is_listed | has_code | units.ess_flag.fill_null(False))


def _has_cooperative_name(units: ibis.Table) -> BooleanValue:
    """Return whether a company's name says SCOP, SCIC or cooperative."""
    is_company = units.legal_category.startswith("5").fill_null(True)
    says = units.name.upper().re_search(families().cooperative_name)
    return ibis.ifelse(is_company, says, False).fill_null(False)


def _family(units: ibis.Table) -> StringValue:
    is_declared = units.is_flagged | units.is_listed
    is_denied = (~units.ess_flag).fill_null(False)
    is_named = units.has_cooperative_name & (is_declared | ~is_denied)
    return ibis.cases(
        (units.is_excluded, ibis.null("string")),
        (units.code_family.notnull(), units.code_family),
        (units.in_scop | is_named, str(Family.COOPERATIVE)),
        (units.is_company & is_declared, str(Family.SOCIETE_COMMERCIALE)),
        (is_declared, ibis.coalesce(units.claimed_family, ibis.literal(str(Family.INDETERMINEE)))),
        else_=ibis.null("string"),
    )


def _basis(units: ibis.Table) -> StringValue:
    return ibis.cases(
        (units.code_family.notnull(), "code"),
        (units.is_listed, "list"),
        (units.is_flagged, "flag"),
        else_="name",
    )


def _evidence(units: ibis.Table) -> StringValue:
    grounds = {
        "code": units.code_family.notnull(),
        "flag": units.is_flagged,
        **{name: units[f"in_{name}"] for name in LISTS},
        "name": units.has_cooperative_name,
    }
    joined = ibis.literal("")
    for ground, holds in grounds.items():
        joined = joined.concat(ibis.ifelse(holds, f" | {ground}", ""))
    return joined.substr(3)
