"""Identifiers of France's official registers: a text is one, or is refused with the reason."""

import re
from typing import NewType

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret

from essor.errors import InvalidIdentifierError

Siren = NewType("Siren", str)
Siret = NewType("Siret", str)
Naf = NewType("Naf", str)
CommuneCode = NewType("CommuneCode", str)

SIREN_LENGTH = 9
SIRET_LENGTH = 14
FICTIONAL_PREFIX = "999"

_SPACES = re.compile(r"\s")
_DIGITS = re.compile(r"[0-9]+")
_NAF = re.compile(r"([0-9]{2})\.?([0-9]{2})([A-Z])")
# A département (two digits, 2A or 2B) then three digits; overseas, 971–978 or 984–989 then two.
_COMMUNE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB])[0-9]{3}|9(?:7[1-8]|8[4-9])[0-9]{2}")
_CORSICA_BEFORE_1976 = "20"


def parse_siren(text: str, *, accepts_fictional: bool = False) -> Siren:
    """Return the SIREN written in `text`, spaces ignored.

    Raises:
        InvalidIdentifierError: it is not nine digits, its check digit is wrong, or it is one of
            the demonstration's fictional numbers and these are not accepted here.

    Source: Luhn's key, https://www.insee.fr/fr/metadonnees/definition/c2047
    """
    number = _number(text, "SIREN", SIREN_LENGTH, example="552 100 554")
    if is_fictional_siren(number):
        return Siren(_fictional(number, "SIREN", accepts_fictional=accepts_fictional))
    if not luhn.is_valid(number):
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un SIREN : sa clé de contrôle est fausse, "
            "un chiffre a sans doute été mal recopié ; vérifiez-le sur un extrait Sirene."
        )
    return Siren(number)


def parse_siret(text: str, *, accepts_fictional: bool = False) -> Siret:
    """Return the SIRET written in `text`, spaces ignored.

    The establishments of La Poste follow their own rule: the digits sum to a multiple of five.

    Raises:
        InvalidIdentifierError: it is not fourteen digits, its check digit is wrong, or it is one
            of the demonstration's fictional numbers and these are not accepted here.

    Source: https://www.insee.fr/fr/metadonnees/definition/c1841
    """
    number = _number(text, "SIRET", SIRET_LENGTH, example="552 100 554 00013")
    if is_fictional_siren(number[:SIREN_LENGTH]):
        return Siret(_fictional(number, "SIRET", accepts_fictional=accepts_fictional))
    try:
        stdnum_siret.validate(number)
    except ValidationError as error:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un SIRET : sa clé de contrôle est fausse, "
            "un chiffre a sans doute été mal recopié ; vérifiez-le sur un avis de situation Sirene."
        ) from error
    return Siret(number)


def is_fictional_siren(siren: str) -> bool:
    """Return whether `siren` is one of the demonstration's: 999, six digits, and a false key.

    Such a number can never be anyone's, since Insee's numbers satisfy Luhn's key.
    """
    return (
        len(siren) == SIREN_LENGTH
        and siren.startswith(FICTIONAL_PREFIX)
        and _DIGITS.fullmatch(siren) is not None
        and not luhn.is_valid(siren)
    )


def parse_naf(text: str) -> Naf:
    """Return the NAF rév. 2 sub-class written in `text`, with its dot: « 25.62B ».

    Raises:
        InvalidIdentifierError: it is not four digits and a letter.

    Source: https://www.insee.fr/fr/metadonnees/nafr2/
    """
    found = _NAF.fullmatch(_SPACES.sub("", text).upper())
    if found is None:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un code NAF : il faut quatre chiffres et une lettre, "
            "par exemple « 25.62B »."
        )
    division, class_, letter = found.groups()
    return Naf(f"{division}.{class_}{letter}")


def parse_commune_code(text: str) -> CommuneCode:
    """Return the code officiel géographique written in `text`: « 57463 », « 2A004 », « 97411 ».

    Raises:
        InvalidIdentifierError: no commune of France can have that code.

    Source: https://www.insee.fr/fr/information/2560452
    """
    code = _SPACES.sub("", text).upper()
    if code.startswith(_CORSICA_BEFORE_1976) or _COMMUNE.fullmatch(code) is None:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un code de commune : il faut les cinq caractères du code "
            "officiel géographique, par exemple « 57463 », « 2A004 » ou « 97411 » "
            "(ce n’est pas le code postal)."
        )
    return CommuneCode(code)


def _number(text: str, kind: str, length: int, *, example: str) -> str:
    number = _SPACES.sub("", text)
    if _DIGITS.fullmatch(number) is None:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un {kind} : il faut {length} chiffres et rien d’autre, "
            f"par exemple « {example} »."
        )
    if len(number) < length:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un {kind} : il a {len(number)} chiffres au lieu de {length} ; "
            "rétablissez les zéros initiaux qu’un tableur a pu effacer."
        )
    if len(number) > length:
        raise InvalidIdentifierError(
            f"« {text} » n’est pas un {kind} : il a {len(number)} chiffres au lieu de {length}, "
            f"comme « {example} »."
        )
    return number


def _fictional(number: str, kind: str, *, accepts_fictional: bool) -> str:
    if not accepts_fictional:
        raise InvalidIdentifierError(
            f"« {number} » est un {kind} fictif de la démonstration : "
            "donnez le numéro d’une structure réelle."
        )
    return number
