"""A SIREN or a SIRET that is wrong or unknown: what it may have been, among the numbers registered."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

import duckdb

from essor.errors import InvalidIdentifierError
from essor.identifiers import FICTIONAL_PREFIX, SIREN_LENGTH, SIRET_LENGTH, parse_siren, parse_siret

Registered = Callable[[Sequence[str]], AbstractSet[str]]
"""Which of these SIRENs and SIRETs are in the register."""

# A longer text is not a number mistyped.
_LONGEST_TEXT = 40
_DIGITS = "0123456789"
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]")
_NUMBER = re.compile(r"[0-9]+")
_KEYLESS = ("356000000", FICTIONAL_PREFIX)
# Luhn's key counts every other digit twice, and the digits of what is then above nine.
_DOUBLED = str.maketrans("0123456789", "0246813579")
# « 5,52101E+13 »: what a spreadsheet writes of a SIRET that it took for a quantity.
_SPOILT = re.compile(r"[0-9](?:,[0-9]+)?E\+?[0-9]+", re.IGNORECASE)


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
    return check_all([text], registered)[0]


def check_all(texts: Sequence[str], registered: Registered) -> list[Checked]:
    """Return what each SIREN or SIRET is, as `check` does; the register is asked twice in all."""
    numbers = [_SEPARATORS.sub("", text[:_LONGEST_TEXT]) for text in texts]
    sound = {number for number in set(numbers) if _fault(number) is None}
    held = registered(sorted(sound))
    near = {number: _near(number) for number in numbers if number not in held}
    proposed = registered(sorted({each for some in near.values() for each in some}))
    return [
        Checked(number, Standing.REGISTERED, (), f"« {number} » est dans le registre.")
        if number in held
        else _unheld(number, tuple(each for each in near[number] if each in proposed))
        for number in numbers
    ]


def registered_in(connection: duckdb.DuckDBPyConnection) -> Registered:
    """Return the look-up of the SIRENs and SIRETs of an open release."""

    def look_up(numbers: Sequence[str]) -> AbstractSet[str]:
        rows = connection.execute(
            "WITH asked AS (SELECT unnest(string_split($numbers, ' ')) AS number) "
            "SELECT siren FROM organisations WHERE siren IN (FROM asked) "
            "UNION SELECT siret FROM establishments WHERE siret IN (FROM asked)",
            # One text: DuckDB takes a hundred times longer to read a list value by value.
            {"numbers": " ".join(numbers)},
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


def _unheld(number: str, held: tuple[str, ...]) -> Checked:
    """Return what a number that the register does not have is, `held` being those near it that it has.

    The SIREN that opens a SIRET is proposed only when no nearer number is.
    """
    proposals = tuple(each for each in held if each != number[:SIREN_LENGTH]) or held
    if _SPOILT.match(number):
        because = f"« {number} » a perdu ses chiffres dans un tableur : mettez la colonne au format texte."
        return Checked(number, Standing.WRONG, (), because)
    fault = _fault(number)
    if fault is not None:
        return Checked(number, Standing.WRONG, proposals, fault)
    because = (
        f"« {number} » est un numéro valable, mais il n’est pas dans le registre : "
        "l’organisme est peut-être fermé, trop récent ou non diffusé ; vérifiez-le sur l’annuaire."
    )
    return Checked(number, Standing.UNREGISTERED, proposals, because)


def _near(number: str) -> list[str]:
    """Return the valid numbers one slip away, in order, and the SIREN that opens a SIRET."""
    lengths = range(SIREN_LENGTH - 1, SIRET_LENGTH + 2)
    if _NUMBER.fullmatch(number) is None or len(number) not in lengths:
        return []
    near = {each for each in _slips(number) if _may_be_sound(each) and _fault(each) is None}
    near.discard(number)
    siren = number[:SIREN_LENGTH]
    if len(number) > SIREN_LENGTH and _fault(siren) is None:
        near.add(siren)
    return sorted(near)


def _may_be_sound(number: str) -> bool:
    """Return whether a number of digits alone is worth judging: ten times faster than to judge it.

    Those that follow no key, La Poste's establishments and fictional numbers, always are.
    """
    if number.startswith(_KEYLESS):
        return True
    total = sum(map(int, number[::-2])) + sum(map(int, number[-2::-2].translate(_DOUBLED)))
    return total % 10 == 0


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
