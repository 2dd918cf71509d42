"""The key of SIREN and SIRET, for whole columns: Luhn's formula, and La Poste's own.

Source: Insee (https://www.insee.fr/fr/metadonnees/definition/c1841 and c2047).
"""

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue

SIREN_LENGTH = 9
SIRET_LENGTH = 14

LA_POSTE = "356000000"
FICTIONAL_PREFIX = "999"

# A doubled digit of 10 or more counts for the sum of its own digits: 9 less.
FOLDED_FROM = 5


def is_acceptable_siren(siren: StringValue, is_fictional: BooleanValue) -> BooleanValue:
    """Return whether each SIREN is somebody's (its key holds), or openly nobody's (it fails, and says so)."""
    is_real = ibis.ifelse(_has_key(siren, SIREN_LENGTH), _is_number(siren, SIREN_LENGTH), False)
    return ibis.ifelse(is_fictional, _is_nobody(siren, SIREN_LENGTH), is_real).fill_null(False)


def is_acceptable_siret(siret: StringValue, is_fictional: BooleanValue) -> BooleanValue:
    """Return the same for SIRETs; those of La Poste may instead have digits that sum to a multiple of 5."""
    is_number = _is_number(siret, SIRET_LENGTH)
    # Cases, not conjunctions: an engine computes a case only for the rows that reach it.
    is_real = ibis.cases(
        (_has_key(siret, SIRET_LENGTH), is_number),
        (siret.startswith(LA_POSTE), is_number & (_digit_sum(siret) % 5 == 0)),
        else_=False,
    )
    return ibis.ifelse(is_fictional, _is_nobody(siret, SIRET_LENGTH), is_real).fill_null(False)


def _is_nobody(code: StringValue, length: int) -> BooleanValue:
    siren = code.substr(0, SIREN_LENGTH)
    fails = ~_has_key(siren, SIREN_LENGTH)
    return _is_number(code, length) & siren.startswith(FICTIONAL_PREFIX) & fails


def _has_key(code: StringValue, length: int) -> BooleanValue:
    return _luhn_sum(code, length) % 10 == 0


def _is_number(code: StringValue, length: int) -> BooleanValue:
    return (code.length() == length) & code.re_search("^[0-9]+$")


def _luhn_sum(code: StringValue, length: int) -> IntegerValue:
    """Return the sum of the digits, every second one from the right doubled and folded."""
    number = code.try_cast("int64")
    total = ibis.literal(0, "int64")
    for place in range(length):
        digit = _digit(number, place)
        total = total + (
            2 * digit - ibis.ifelse(digit >= FOLDED_FROM, 9, 0) if place % 2 else digit
        )
    return total


def _digit_sum(code: StringValue) -> IntegerValue:
    number = code.try_cast("int64")
    total = ibis.literal(0, "int64")
    for place in range(SIRET_LENGTH):
        total = total + _digit(number, place)
    return total


def _digit(number: IntegerValue, place: int) -> IntegerValue:
    return (number // 10**place) % 10
