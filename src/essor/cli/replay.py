"""`essor replay`: give a recorded answer again, and say whether it is the same."""

from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import NoReleaseError

if TYPE_CHECKING:
    from essor.home import Home
    from essor.matching.record import Record, Replayed

DIFFERENT = 1
"""The exit code of an answer that is no longer the same."""


def replay(
    number: Annotated[
        int, typer.Argument(metavar="N", help="Numéro de la réponse.", show_default=False, min=1)
    ],
) -> None:
    """Refaire une réponse enregistrée, et dire si elle est la même."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.matching.record import read, refuse_other_criteria  # noqa: PLC0415 -- start-up time

    here = home()
    record = read(here, number)
    refuse_other_criteria(record)
    again = _again(here, record)
    told = f"Réponse {number}, version {record.release} des données, jour {record.day:%d/%m/%Y}"
    if again.is_same:
        typer.echo(f"{told} : la même, {len(again.ranking)} fournisseurs dans le même ordre.")
        return
    typer.echo(f"{told} : elle diffère.")
    for rank, before, after in again.differences:
        typer.echo(f"  rang {rank} : {before or 'personne'} alors, {after or 'personne'} à présent")
    raise typer.Exit(DIFFERENT)


def _again(here: "Home", record: "Record") -> "Replayed":
    from essor.matching.answer import answer  # noqa: PLC0415 -- start-up time
    from essor.matching.naming import trades_said  # noqa: PLC0415 -- start-up time
    from essor.matching.record import compared, gone  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    try:
        release = open_release(here, record.release)
    except NoReleaseError:
        raise gone(record) from None
    with release.connect() as connection:
        found = answer(connection, record.need, record.day, record.release, trades_said)
    return compared(record, found.matches)
