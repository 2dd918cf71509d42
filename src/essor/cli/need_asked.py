"""The options that describe a need, shared by the commands that ask one, and the need they make."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.errors import InvalidRequestError

if TYPE_CHECKING:
    import duckdb

    from essor.language.understanding import Understanding
    from essor.matching.need import Cooperation, Need
    from essor.matching.zone import Zone

NeedArgument = Annotated[
    str,
    typer.Argument(
        metavar="BESOIN", help="Ce qu’il faut, en français, entre guillemets.", show_default=False
    ),
]
NearOption = Annotated[
    str | None, typer.Option("--near", metavar="LIEU", help="Autour de ce lieu : nom ou code.")
]
RadiusOption = Annotated[
    float | None, typer.Option("--radius", metavar="KM", help="À tant de kilomètres au plus.")
]
ZoneOption = Annotated[
    list[str] | None,
    typer.Option(
        "--zone", metavar="TERRITOIRE", help="Servir l’un de ces territoires ; se répète."
    ),
]
ReservedOption = Annotated[
    str | None,
    typer.Option(
        "--reserved",
        metavar="handicap|insertion|mixte|ess",
        help="Marché réservé, au sens du code de la commande publique.",
    ),
]
QuantityOption = Annotated[
    str, typer.Option("--quantity", metavar="QUANTITÉ", help="Par exemple « 600 t/an ».")
]
AmountOption = Annotated[
    float | None, typer.Option("--amount", metavar="EUROS", help="Valeur du marché, hors taxe.")
]
DeadlineOption = Annotated[
    str | None, typer.Option("--deadline", metavar="AAAA-MM-JJ", help="Pour ce jour au plus tard.")
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUT", help="esat, ea, ei, aci… ; l’un de ceux répétés."),
]
CertificateOption = Annotated[
    list[str] | None,
    typer.Option("--certificate", metavar="NOM", help="Certificat exigé ; tous ceux répétés."),
]
PresenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--presence",
        metavar="FORME",
        help="fabrication, service ou mise_a_disposition ; l’une de celles répétées.",
    ),
]
CooperationOption = Annotated[
    str | None,
    typer.Option(
        "--cooperation",
        metavar="FORME",
        help="Forme de coopération, par exemple sous_traitance_industrielle ; enregistrée avec le besoin.",
    ),
]
NafOption = Annotated[
    list[str] | None,
    typer.Option("--naf", metavar="CODE", help="Code d’activité, au lieu de lire le texte."),
]
ReleaseOption = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A need as it was typed; None and empty were not."""

    text: str
    near: str | None = None
    radius: float | None = None
    zones: tuple[str, ...] = ()
    reserved: str | None = None
    quantity: str = ""
    amount: float | None = None
    deadline: str | None = None
    statuses: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    presence: tuple[str, ...] = ()
    naf: tuple[str, ...] = ()
    cooperation: str | None = None


def need_asked(connection: "duckdb.DuckDBPyConnection", asked: Asked, folder: Path) -> "Need":
    """Return the need, read with what the release in `folder` knows; a choice made of a place is said on stderr.

    Raises:
        InvalidRequestError: an option cannot be read, or no trade is recognised.
        UnknownTerritoryError, AmbiguousTerritoryError: of the place.
    """
    from essor.language.presence import Presence  # noqa: PLC0415 -- start-up time
    from essor.matching.asking import Conditions, need_of  # noqa: PLC0415 -- start-up time
    from essor.matching.reservation import Reserved  # noqa: PLC0415 -- start-up time

    reserved = _one_of(asked.reserved, tuple(Reserved), "--reserved") if asked.reserved else None
    conditions = Conditions(
        trades=tuple(_naf(code) for code in asked.naf),
        place=_zone(connection, asked.near) if asked.near else None,
        radius_km=asked.radius,
        zones=tuple(_zone(connection, each) for each in asked.zones),
        quantity=asked.quantity,
        amount_eur=asked.amount,
        deadline=_day(asked.deadline) if asked.deadline else None,
        reserved_under=Reserved(reserved) if reserved else None,
        statuses=tuple(_status(each) for each in asked.statuses),
        certificates=asked.certificates,
        presence=tuple(
            Presence(_one_of(each, tuple(Presence), "--presence")) for each in asked.presence
        ),
        cooperation=_cooperation(asked.cooperation) if asked.cooperation else None,
    )
    understood = None if conditions.trades else _understood(asked.text, folder)
    return need_of(asked.text, understood, conditions)


def today() -> date:
    """Return the day of the person who asks."""
    return datetime.now().astimezone().date()


def _understood(text: str, folder: Path) -> "Understanding":
    if not text.strip():
        raise InvalidRequestError(
            "Le besoin est vide : dites en quelques mots ce qu’il faut, ou donnez --naf."
        )
    from essor.language.naf import open_reader  # noqa: PLC0415 -- start-up time
    from essor.language.understanding import understand  # noqa: PLC0415 -- start-up time
    from essor.matching.asking import LONGEST  # noqa: PLC0415 -- start-up time

    return understand(text[:LONGEST], open_reader(folder))


def _zone(connection: "duckdb.DuckDBPyConnection", text: str) -> "Zone":
    from essor.matching.asking import zone_of  # noqa: PLC0415 -- start-up time

    return zone_of(connection, place_named(connection, text))


def _naf(text: str) -> str:
    from essor.identifiers import parse_naf  # noqa: PLC0415 -- start-up time

    return parse_naf(text)


def _status(text: str) -> str:
    from essor.matching.suppliers import KINDS  # noqa: PLC0415 -- start-up time

    return _one_of(text.strip().lower(), KINDS, "--status")


def _cooperation(text: str) -> "Cooperation":
    from essor.matching.need import Cooperation  # noqa: PLC0415 -- start-up time

    # Two of the fifteen names of the published list have capitals.
    names = {form.lower(): form for form in Cooperation}
    return names[_one_of(text, tuple(names), "--cooperation")]


def _one_of(text: str, allowed: tuple[str, ...], option: str) -> str:
    if text.strip().lower() not in allowed:
        raise InvalidRequestError(
            f"« {text} » n’est pas une valeur de {option} : choisissez parmi {', '.join(allowed)}."
        )
    return text.strip().lower()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidRequestError(
            f"« {text} » n’est pas un jour : écrivez année-mois-jour, par exemple 2027-03-31."
        ) from None
