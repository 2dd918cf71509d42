"""Texts as publishers write them, and the identifiers, codes and days they stand for.

A text that stands for nothing readable is left as it is when it is an identifier (whoever checks it must be able
to show it), and becomes empty when it is a code or a day.
"""

import ibis
from ibis.expr.types import BooleanValue, DateValue, IntegerValue, StringValue

# The oldest SIRENs begin with three zeros, which spreadsheets drop: 6 to 9 digits are a SIREN, 11 to 14 a SIRET.
_SIREN_LENGTHS, _SIRET_LENGTHS = (6, 9), (11, 14)
_AROUND = "^[ \t\n\r]+|[ \t\n\r]+$"
_ACCENTED, _PLAIN = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ’", "AAACEEEEIIOOUUUY'"


def words(text: StringValue) -> StringValue:
    """Return the text without the spaces around it; unknown when nothing is left."""
    return trimmed(text).nullif("")


def trimmed(text: StringValue) -> StringValue:
    """Return the text without the spaces around it."""
    # Not `strip`: Ibis writes it for Spark in a way that takes away the letters f and v as well.
    return text.re_replace(_AROUND, "")


def is_written(text: StringValue) -> BooleanValue:
    """Return whether anything is written there."""
    return words(text).notnull()


def folded(text: StringValue) -> StringValue:
    """Return the text in capitals without accents, ready to be compared."""
    return text.upper().translate(_ACCENTED, _PLAIN)


def siren(text: StringValue) -> StringValue:
    """Return the SIREN on nine digits, from a SIREN (lost zeros restored) or from a SIRET."""
    digits, length = _digits(text)
    return ibis.cases(
        (length.between(*_SIREN_LENGTHS), digits.lpad(9, "0")),
        (length.between(*_SIRET_LENGTHS), digits.lpad(14, "0").left(9)),
        else_=words(text),
    )


def siret(text: StringValue) -> StringValue:
    """Return the SIRET on fourteen digits, lost zeros restored."""
    digits, length = _digits(text)
    return ibis.cases(
        (length.between(*_SIRET_LENGTHS), digits.lpad(14, "0")),
        else_=words(text),
    )


def naf(text: StringValue) -> StringValue:
    """Return the NAF rév. 2 sub-class with its dot, unknown when the text is not one."""
    code = text.upper().re_replace("[^0-9A-Z]", "")
    return ibis.cases(
        (code.re_search("^[0-9]{4}[A-Z]$"), code.left(2).concat(".", code.substr(2, 3))),
        else_=ibis.null("string"),
    )


def day(text: StringValue) -> DateValue:
    """Return the day written 2024-03-31 (an hour may follow) or 31/03/2024, unknown otherwise."""
    bare = trimmed(text)
    iso = ibis.cases(
        (bare.re_search("^[0-9]{4}-[0-9]{2}-[0-9]{2}"), bare.left(10)),
        (
            bare.re_search("^[0-9]{2}/[0-9]{2}/[0-9]{4}"),
            bare.substr(6, 4).concat("-", bare.substr(3, 2), "-", bare.left(2)),
        ),
        else_=ibis.null("string"),
    )
    return iso.try_cast("date")


def _digits(text: StringValue) -> tuple[StringValue, IntegerValue]:
    """Return the text without the spaces and dots that group its digits, and its length if it is all digits."""
    digits = text.re_replace("[ .\u00a0\u202f]", "")
    is_number = digits.re_search("^[0-9]+$")
    return digits, ibis.ifelse(is_number, digits.length(), 0)
