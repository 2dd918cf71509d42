"""Facts: what is known of an organisation or of its contract; what is absent is unknown."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from essor.errors import InvalidRequestError

FactValue = bool | float | str | frozenset[str]

STATUSES = "statuses"
"""The statuses held, a set of kinds of `structures.toml`; any other kind is not held…"""

UNKNOWN_STATUSES = "unknown_statuses"
"""… save these, which no list settles."""


class FactType(StrEnum):
    """What the value of a fact looks like."""

    SET = "set"
    TEXT = "text"
    FLAG = "flag"
    SHARE = "share"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class FactMeaning:
    """A fact that rules may look at: its French name, and how a person comes to know it."""

    name: str
    label: str
    type: FactType
    how: str


@dataclass(frozen=True, slots=True, eq=False)
class Facts(Mapping[str, FactValue]):
    """Facts by name, with the words that say where each comes from.

    A mapping, so that `assess` takes a plain dictionary as well. Evidence of a status is under
    `statuses.<kind>`.
    """

    known: Mapping[str, FactValue]
    evidence: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> FactValue:
        """Return the value of a known fact."""
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the known facts."""
        return iter(self.known)

    def __len__(self) -> int:
        """Return how many facts are known."""
        return len(self.known)


def evidence_of(facts: Mapping[str, FactValue], name: str) -> str:
    """Return where a fact comes from, in French; empty when that is not said."""
    return facts.evidence.get(name, "") if isinstance(facts, Facts) else ""


@cache
def vocabulary() -> Mapping[str, FactMeaning]:
    """Return the facts that rules may look at, by name, as `facts.toml` defines them."""
    written = tomllib.loads((files("essor.rules") / "facts.toml").read_text("utf-8"))
    return {
        name: FactMeaning(name, fact["label"], FactType(fact["type"]), fact["how"])
        for name, fact in written.items()
    }


_YES, _NO = ("oui", "vrai", "true"), ("non", "faux", "false")


def parse_fact(text: str) -> tuple[str, FactValue]:
    """Return the name and the value written `name=value`, as a person types it.

    Raises:
        InvalidRequestError: no fact has that name, or the value is not of its type.
    """
    name, _, value = (part.strip() for part in text.partition("="))
    meaning = vocabulary().get(name)
    if meaning is None or not value or meaning.type is FactType.SET:
        known = ", ".join(n for n, m in vocabulary().items() if m.type is not FactType.SET)
        raise InvalidRequestError(
            f"« {text} » n’est pas un fait : écrivez « nom=valeur », le nom étant parmi {known}."
        )
    parsed = _value(meaning.type, value)
    if parsed is None:
        raise InvalidRequestError(
            f"« {value} » n’est pas une valeur de « {name} » : il faut {_EXPECTED[meaning.type]}."
        )
    return name, parsed


_EXPECTED = {
    FactType.FLAG: "oui ou non",
    FactType.SHARE: "une part entre 0 et 1 ou un pourcentage, par exemple « 62 % »",
    FactType.NUMBER: "un nombre positif",
}


def _value(kind: FactType, text: str) -> FactValue | None:
    if kind is FactType.TEXT:
        return text
    if kind is FactType.FLAG:
        lowered = text.lower()
        return lowered in _YES if lowered in _YES + _NO else None
    is_percentage = text.endswith("%")
    try:
        number = float(text.rstrip("%").strip().replace(",", "."))
    except ValueError:
        return None
    number = number / 100 if is_percentage else number
    highest = 1 if kind is FactType.SHARE else float("inf")
    return number if 0 <= number <= highest and number != float("inf") else None
