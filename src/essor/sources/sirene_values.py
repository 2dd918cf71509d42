"""How Sirene writes values: « [ND] » for what is not diffused, O and N, codes that lost their zeros."""

import ibis
from ibis.expr.types import BooleanValue, StringValue

STOCK_PAGE = (
    "https://www.data.gouv.fr/fr/datasets/"
    "base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret/"
)

UNDIFFUSED = "[ND]"


def blank_undiffused(text: StringValue) -> StringValue:
    """Return `text`, unknown where Insee writes « [ND] » or nothing."""
    return text.nullif(UNDIFFUSED).nullif("")


def padded(code: StringValue, width: int) -> StringValue:
    """Return a code with the zeros that an integer column made it lose, unknown where empty."""
    return code.nullif("").lpad(width, "0")


def yes_or_no(letter: StringValue) -> BooleanValue:
    """Return O as true, N as false, anything else as unknown."""
    return ibis.cases((letter == "O", True), (letter == "N", False))


def naf_of(code: StringValue, nomenclature: StringValue) -> StringValue:
    """Return the code when it is of the NAF rév. 2, unknown when of an older nomenclature."""
    return ibis.cases((nomenclature == "NAFRev2", code.nullif("")))
