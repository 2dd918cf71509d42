"""Reserved contracts: which rule of law opens each kind of reservation, and to which structures."""

from dataclasses import dataclass
from enum import StrEnum


class Reserved(StrEnum):
    """For whom a contract is reserved."""

    HANDICAP = "handicap"
    INSERTION = "insertion"
    MIXTE = "mixte"
    ESS = "ess"


@dataclass(frozen=True, slots=True)
class Reservation:
    """The rule that decides (in `essor.rules`), its article, and the kinds of status it names.

    `kinds` tell whose lists must be read before « not listed » means anything; they decide nothing.
    """

    rule: str
    citation: str
    kinds: tuple[str, ...]


# Source: Code de la commande publique, https://www.legifrance.gouv.fr/codes/id/LEGISCTA000037703535
RESERVATIONS = {
    Reserved.HANDICAP: Reservation(
        "reserve-handicap", "Code de la commande publique, art. L2113-12", ("ea", "esat")
    ),
    Reserved.INSERTION: Reservation(
        "reserve-insertion",
        "Code de la commande publique, art. L2113-13",
        ("ei", "etti", "aci", "ai"),
    ),
    Reserved.MIXTE: Reservation(
        "reserve-mixte",
        "Code de la commande publique, art. L2113-14",
        ("ea", "esat", "ei", "etti", "aci", "ai"),
    ),
    Reserved.ESS: Reservation("reserve-ess", "Code de la commande publique, art. L2113-15", ()),
}
