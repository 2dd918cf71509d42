"""`essor match`: who can answer a need, in an order whose reasons add up; the answer is recorded."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.need_asked import (
    AmountOption,
    Asked,
    CertificateOption,
    CooperationOption,
    DeadlineOption,
    NafOption,
    NearOption,
    NeedArgument,
    PresenceOption,
    QuantityOption,
    RadiusOption,
    ReleaseOption,
    ReservedOption,
    StatusOption,
    ZoneOption,
    need_asked,
    today,
)

if TYPE_CHECKING:
    from essor.matching.answer import Answer
    from essor.matching.record import Record


LimitOption = Annotated[
    int,
    typer.Option("--limit", metavar="N", min=1, max=100, help="Combien de fournisseurs montrer."),
]


def match(  # noqa: PLR0913 -- one parameter per option of the command
    need: NeedArgument,
    *,
    near: NearOption = None,
    radius: RadiusOption = None,
    zone: ZoneOption = None,
    reserved: ReservedOption = None,
    quantity: QuantityOption = "",
    amount: AmountOption = None,
    deadline: DeadlineOption = None,
    status: StatusOption = None,
    certificate: CertificateOption = None,
    presence: PresenceOption = None,
    cooperation: CooperationOption = None,
    naf: NafOption = None,
    limit: LimitOption = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
    release: ReleaseOption = None,
) -> None:
    """Classer ceux qui peuvent répondre à un besoin, et dire pourquoi."""
    asked = Asked(
        text=need,
        near=near,
        radius=radius,
        zones=tuple(zone or ()),
        reserved=reserved,
        quantity=quantity,
        amount=amount,
        deadline=deadline,
        statuses=tuple(status or ()),
        certificates=tuple(certificate or ()),
        presence=tuple(presence or ()),
        naf=tuple(naf or ()),
        cooperation=cooperation,
    )
    found, record = _answered(asked, release)
    if as_json:
        _print_json(found, record, limit)
    else:
        _print_text(found, record, limit)


def _answered(asked: Asked, number: int | None) -> "tuple[Answer, Record]":
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.matching.answer import answer  # noqa: PLC0415 -- start-up time
    from essor.matching.naming import trades_said  # noqa: PLC0415 -- start-up time
    from essor.matching.record import write  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    here, day = home(), today()
    release = open_release(here, number)
    with release.connect() as connection:
        need = need_asked(connection, asked, release.folder)
        found = answer(connection, need, day, release.manifest.number, trades_said)
    return found, write(here, need, found.matches, found.release, day)


def _print_text(found: "Answer", record: "Record", limit: int) -> None:
    from essor.cli.match_text import lines_of_answer  # noqa: PLC0415 -- start-up time

    for line in lines_of_answer(found, limit):
        typer.echo(line)
    typer.echo(
        f"Réponse enregistrée sous le numéro {record.number} : "
        f"« essor why {record.number} SIRET » l’explique, "
        f"« essor replay {record.number} » la refait."
    )


def _print_json(found: "Answer", record: "Record", limit: int) -> None:
    from dataclasses import replace  # noqa: PLC0415 -- start-up time

    from pydantic import TypeAdapter  # noqa: PLC0415 -- start-up time

    from essor.matching.answer import Recorded  # noqa: PLC0415 -- start-up time

    shown = replace(found, matches=found.matches[:limit])
    told = Recorded(record.number, record.criteria_version, len(found.matches), shown)
    typer.echo(TypeAdapter(Recorded).dump_json(told, indent=2).decode())
