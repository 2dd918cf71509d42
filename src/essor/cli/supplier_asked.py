"""The supplier that a number typed designates, or what is wrong with the number."""

from typing import TYPE_CHECKING

from essor.errors import InvalidIdentifierError, InvalidRequestError
from essor.identifiers import SIREN_LENGTH, parse_siren, parse_siret

if TYPE_CHECKING:
    import duckdb

_NEAR = """
SELECT siren, name FROM organisations
WHERE siren IN (SELECT unnest(string_split($near, ' '))) ORDER BY siren LIMIT 5
"""


def siret_asked(connection: "duckdb.DuckDBPyConnection", typed: str) -> str:
    """Return the SIRET of the establishment, or of the head office of the SIREN typed.

    Raises:
        InvalidIdentifierError: the number itself is wrong.
        InvalidRequestError: the release does not hold it.
    """
    from essor.matching.suppliers import siret_of  # noqa: PLC0415 -- start-up time

    number = "".join(typed.split())
    siret = siret_of(connection, number)
    if siret is None:
        try:
            _refuse_wrong(number)
        except InvalidIdentifierError as error:
            raise InvalidIdentifierError(f"{error}{_proposed(connection, number)}") from None
        raise InvalidRequestError(
            f"« {typed} » n’est pas dans la version ouverte : seuls les établissements de l’ESS ou "
            "de l’industrie y sont. Vérifiez le numéro, ou cherchez le nom avec `essor search`."
        )
    return siret


def _refuse_wrong(number: str) -> None:
    """Say first what is wrong with the number itself, if anything is."""
    if len(number) <= SIREN_LENGTH:
        parse_siren(number, accepts_fictional=True)
    else:
        parse_siret(number, accepts_fictional=True)


def _proposed(connection: "duckdb.DuckDBPyConnection", number: str) -> str:
    """Return, as a sentence, the organisations whose SIREN is the number but for one slip of the hand."""
    if not (number.isascii() and number.isdecimal()):
        return ""
    rows = connection.execute(_NEAR, {"near": " ".join(_slips(number[:SIREN_LENGTH]))}).fetchall()
    told = ", ".join(f"{siren} ({name or 'nom non diffusé'})" for siren, name in rows)
    return f" À un chiffre près, la version ouverte a : {told}." if told else ""


def _slips(number: str) -> set[str]:
    """Return the numbers with one other digit, or two neighbours exchanged; the number itself too."""
    others = {
        f"{number[:place]}{digit}{number[place + 1 :]}"
        for place in range(len(number))
        for digit in "0123456789"
    }
    exchanged = {
        f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
        for place in range(len(number) - 1)
    }
    return others | exchanged
