"""Identifiers as numbers: forty million of them are told apart faster than as texts."""

import ibis
from ibis.expr.types import IntegerValue, StringValue

from essor.warehouse.luhn import SIREN_LENGTH

# A SIRET is its SIREN followed by five digits of its own.
OWN_DIGITS = 100_000


def number_of_siret(siret: StringValue) -> IntegerValue:
    """Return the number of each establishment; unknown when its SIRET is not a number."""
    return siret.try_cast("int64")


def number_of_siren(siren: StringValue) -> IntegerValue:
    """Return the number of each legal unit, as its SIRETs begin; unknown when its SIREN is not a number."""
    return siren.try_cast("int64") * OWN_DIGITS


def number_of_unit(siret: StringValue) -> IntegerValue:
    """Return the number of the unit that each SIRET belongs to, even when its own digits are no digits."""
    # A remainder, where Ibis would write a division of whole numbers as one of floating ones.
    number = number_of_siret(siret)
    return ibis.coalesce(
        number - number % OWN_DIGITS, number_of_siren(siret.substr(0, SIREN_LENGTH))
    )
