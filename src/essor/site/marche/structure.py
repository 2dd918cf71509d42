"""A structure in the public schema of le Marché de l’inclusion, under the names of its fields.

Source: https://lemarche.inclusion.gouv.fr/api/docs
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from essor.errors import InvalidRequestError
from essor.identifiers import parse_siret


class Kind(StrEnum):
    """The kinds of structure that are statuses of our register too (SEP and OPCS are not)."""

    EI = "EI"
    AI = "AI"
    ACI = "ACI"
    ETTI = "ETTI"
    EITI = "EITI"
    GEIQ = "GEIQ"
    EA = "EA"
    EATT = "EATT"
    ESAT = "ESAT"


class Nature(StrEnum):
    """Whether an establishment is the head office of its organisation."""

    HEAD_OFFICE = "HEAD_OFFICE"
    ANTENNA = "ANTENNA"


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure of one kind at one establishment; None was not published, and is not « none ».

    `department` is Insee's code, `region` a name. `updated_at` is the day for which it is attested.
    """

    siret: str
    kind: Kind
    name: str | None = None
    brand: str | None = None
    nature: Nature | None = None
    contact_website: str | None = None
    address: str | None = None
    city: str | None = None
    post_code: str | None = None
    department: str | None = None
    region: str | None = None
    is_active: bool | None = None
    sectors: tuple[str, ...] | None = None
    presta_types: tuple[str, ...] | None = None
    networks: tuple[str, ...] | None = None
    updated_at: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A structure as it was received, with all that it says beyond what we read."""

    structure: Structure
    rest: Mapping[str, object] = field(default_factory=dict)


_KNOWN = frozenset(each.name for each in fields(Structure))
_TEXTS = (
    "name",
    "brand",
    "contact_website",
    "address",
    "city",
    "post_code",
    "department",
    "region",
)
_LISTS = ("sectors", "presta_types", "networks")


def read(row: Mapping[str, object]) -> Line:
    """Return the line that an element of « results » says.

    Raises:
        InvalidRequestError: it has no kind of ours, or a field is of another type than theirs.
        InvalidIdentifierError: its SIRET is none.
    """
    structure = Structure(
        siret=parse_siret(text_of(row, "siret") or "", accepts_fictional=True),
        kind=_kind(row),
        **{name: text_of(row, name) for name in _TEXTS},  # type: ignore[arg-type]  # names of texts
        **{name: names_of(row, name) for name in _LISTS},  # type: ignore[arg-type]  # names of lists
        nature=_nature(row),
        is_active=flag_of(row),
        updated_at=day_of(row),
    )
    return Line(structure, {name: row[name] for name in row if name not in _KNOWN})


def written(line: Line) -> dict[str, object]:
    """Return the line as JSON holds it: what was read, and what was not."""
    said = asdict(line.structure)
    for name in _LISTS:
        said[name] = None if said[name] is None else list(said[name])
    day = line.structure.updated_at
    return {**line.rest, **said, "updated_at": day.isoformat() if day else None}


def text_of(row: Mapping[str, object], name: str) -> str | None:
    """Return the text of a field, None when it says nothing.

    Raises:
        InvalidRequestError: it is of another type.
    """
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise _refusal(name, value, "un texte")


def names_of(row: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    """Return the names of a list, each of which is a text, or an object that bears one.

    Raises:
        InvalidRequestError: it is another thing.
    """
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise _refusal(name, value, "une liste")
    names = [each.get("name") if isinstance(each, dict) else each for each in value]
    if not all(isinstance(each, str) for each in names):
        raise _refusal(name, value, "une liste de noms")
    return tuple(map(str, names))


def _kind(row: Mapping[str, object]) -> Kind:
    kind = text_of(row, "kind")
    if kind not in set(Kind):
        raise _refusal("kind", kind, f"l’un de {', '.join(Kind)}")
    return Kind(kind)


def _nature(row: Mapping[str, object]) -> Nature | None:
    nature = text_of(row, "nature")
    if nature is not None and nature not in set(Nature):
        raise _refusal("nature", nature, f"l’un de {', '.join(Nature)}")
    return Nature(nature) if nature else None


def flag_of(row: Mapping[str, object]) -> bool | None:
    """Return whether the structure is said active, None when it is not said.

    Raises:
        InvalidRequestError: it is neither true nor false.
    """
    value = row.get("is_active")
    if value is None or isinstance(value, bool):
        return value
    raise _refusal("is_active", value, "true ou false")


def day_of(row: Mapping[str, object]) -> date | None:
    """Return the day on which the structure was last brought up to date.

    Raises:
        InvalidRequestError: it is no date.
    """
    said = text_of(row, "updated_at")
    try:
        return datetime.fromisoformat(said).date() if said else None
    except ValueError as error:
        raise _refusal("updated_at", said, "une date ISO 8601") from error


def _refusal(name: str, value: object, expected: str) -> InvalidRequestError:
    shown = repr(value)[:60]
    return InvalidRequestError(
        f"Le champ « {name} » vaut {shown} : corrigez-le, il doit être {expected}."
    )
