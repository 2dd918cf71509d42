"""A SIREN or a SIRET that is wrong or unknown: what it may have been, among the numbers registered."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

import duckdb

from essor.errors import InvalidIdentifierError
from essor.identifiers import SIREN_LENGTH, SIRET_LENGTH, parse_siren, parse_siret

Registered = Callable[[Sequence[str]], AbstractSet[str]]
"""Which of these SIRENs and SIRETs are in the register."""

# A longer text is not a number mistyped.
_LONGEST_TEXT = 40
_DIGITS = "0123456789"
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]")
_NUMBER = re.compile(r"[0-9]+")


class Standing(StrEnum):
    """What a typed number is."""

    REGISTERED = "registered"
    UNREGISTERED = "unregistered"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Checked:
    """A typed number: what it is, those it may have been, in order, and one French sentence."""

    number: str
    standing: Standing
    proposals: tuple[str, ...]
    because: str


def check(text: str, registered: Registered) -> Checked:
    """Return what the SIREN or SIRET in `text` is, and the registered numbers one slip away.

    A slip is a digit wrong, two neighbours swapped, a digit missing or one too many.
    """
    number = _SEPARATORS.sub("", text[:_LONGEST_TEXT])
    fault = _fault(number)
    if fault is None and registered([number]):
        return Checked(number, Standing.REGISTERED, (), f"« {number} » est dans le registre.")
    proposals = _proposals(number, registered)
    if fault is not None:
        return Checked(number, Standing.WRONG, proposals, fault)
    because = (
        f"« {number} » est un numéro valable, mais il n’est pas dans le registre : "
        "l’organisme est peut-être fermé, trop récent ou non diffusé ; vérifiez-le sur l’annuaire."
    )
    return Checked(number, Standing.UNREGISTERED, proposals, because)


def registered_in(connection: duckdb.DuckDBPyConnection) -> Registered:
    """Return the look-up of the SIRENs and SIRETs of an open release."""

    def look_up(numbers: Sequence[str]) -> AbstractSet[str]:
        rows = connection.execute(
            "SELECT siren FROM organisations WHERE siren IN (SELECT unnest($numbers)) "
            "UNION SELECT siret FROM establishments WHERE siret IN (SELECT unnest($numbers))",
            {"numbers": list(numbers)},
        ).fetchall()
        return {str(number) for (number,) in rows}

    return look_up


def _fault(number: str) -> str | None:
    """Return why the text is no SIREN nor SIRET, None when it is one."""
    try:
        if len(number) <= (SIREN_LENGTH + SIRET_LENGTH) // 2:
            parse_siren(number, accepts_fictional=True)
        else:
            parse_siret(number, accepts_fictional=True)
    except InvalidIdentifierError as error:
        return str(error)
    return None


def _proposals(number: str, registered: Registered) -> tuple[str, ...]:
    """Return the valid registered numbers one slip away; else the SIREN that opens a good SIRET."""
    lengths = range(SIREN_LENGTH - 1, SIRET_LENGTH + 2)
    if _NUMBER.fullmatch(number) is None or len(number) not in lengths:
        return ()
    near = sorted({each for each in _slips(number) if _fault(each) is None} - {number})
    held = registered(near)
    found = tuple(each for each in near if each in held)
    siren = number[:SIREN_LENGTH]
    if not found and len(number) > SIREN_LENGTH and _fault(siren) is None and registered([siren]):
        return (siren,)
    return found


def _slips(number: str) -> Iterator[str]:
    """Yield every number of the right length one slip of typing away."""
    spots = range(len(number))
    if len(number) in (SIREN_LENGTH, SIRET_LENGTH):
        yield from (number[:at] + each + number[at + 1 :] for at in spots for each in _DIGITS)
        yield from (
            number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in spots[:-1]
        )
    if len(number) + 1 in (SIREN_LENGTH, SIRET_LENGTH):
        yield from (
            number[:at] + each + number[at:] for at in range(len(number) + 1) for each in _DIGITS
        )
    if len(number) - 1 in (SIREN_LENGTH, SIRET_LENGTH):
        yield from (number[:at] + number[at + 1 :] for at in spots)
