"""The key of SIREN and SIRET, for whole columns: Luhn's formula, and La Poste's own.

Source: Insee (https://www.insee.fr/fr/metadonnees/definition/c1841 and c2047).
"""

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue

SIREN_LENGTH = 9
SIRET_LENGTH = 14

LA_POSTE = "356000000"
FICTIONAL_PREFIX = "999"


def is_acceptable_siren(siren: StringValue, is_fictional: BooleanValue) -> BooleanValue:
    """Return whether each SIREN is somebody's (its key holds), or openly nobody's (it fails, and says so)."""
    is_real = _is_number(siren, SIREN_LENGTH) & (_luhn_sum(siren, SIREN_LENGTH) % 10 == 0)
    return _acceptable(siren, is_real, is_fictional, SIREN_LENGTH)


def is_acceptable_siret(siret: StringValue, is_fictional: BooleanValue) -> BooleanValue:
    """Return the same for SIRETs; those of La Poste may instead have digits that sum to a multiple of 5."""
    is_post_office = siret.startswith(LA_POSTE) & (_digit_sum(siret) % 5 == 0)
    holds = (_luhn_sum(siret, SIRET_LENGTH) % 10 == 0) | is_post_office
    return _acceptable(siret, _is_number(siret, SIRET_LENGTH) & holds, is_fictional, SIRET_LENGTH)


def _acceptable(
    code: StringValue, is_real: BooleanValue, is_fictional: BooleanValue, length: int
) -> BooleanValue:
    siren = code.substr(0, SIREN_LENGTH)
    is_nobody = (
        _is_number(code, length)
        & siren.startswith(FICTIONAL_PREFIX)
        & (_luhn_sum(siren, SIREN_LENGTH) % 10 != 0)
    )
    return ibis.ifelse(is_fictional, is_nobody, is_real).fill_null(False)


def _is_number(code: StringValue, length: int) -> BooleanValue:
    return (code.length() == length) & code.re_search("^[0-9]+$")


def _luhn_sum(code: StringValue, length: int) -> IntegerValue:
    """Return the sum of the digits, every second one from the right doubled and folded."""
    number = code.try_cast("int64")
    total = ibis.literal(0, "int64")
    for place in range(length):
        digit = _digit(number, place)
        total = total + (2 * digit - ibis.ifelse(digit > 4, 9, 0) if place % 2 else digit)
    return total


def _digit_sum(code: StringValue) -> IntegerValue:
    number = code.try_cast("int64")
    total = ibis.literal(0, "int64")
    for place in range(SIRET_LENGTH):
        total = total + _digit(number, place)
    return total


def _digit(number: IntegerValue, place: int) -> IntegerValue:
    return (number // 10**place) % 10
