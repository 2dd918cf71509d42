"""`essor members`: what the site entrusts to whom, the messages that wait, what is kept no longer."""

from typing import Annotated

import typer

from essor.cli.french import FrenchCommand, FrenchGroup
from essor.errors import EngineError, InvalidRequestError

members = typer.Typer(
    name="members",
    cls=FrenchGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    help="Confier des rôles aux membres du site, faire partir les messages, faire le ménage.",
)

_Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Adresse du compte.")]
_Role = Annotated[str, typer.Argument(metavar="RÔLE", help="officer, moderator ou administrator.")]
_Territory = Annotated[
    str, typer.Option("--territory", metavar="TERRITOIRE", help="Pour officer : epci:200039865…")
]


@members.command(cls=FrenchCommand)
def entrust(email: _Email, role: _Role, territory: _Territory = "") -> None:
    """Confier un rôle à un membre."""
    _ready()
    from essor.site.members import trust  # noqa: PLC0415 - once Django is ready

    is_new = trust.entrust(email, role, territory)
    typer.echo("C’est fait." if is_new else "Ce membre a déjà ce rôle.")


@members.command("take-back", cls=FrenchCommand)
def take_back(email: _Email, role: _Role, territory: _Territory = "") -> None:
    """Retirer un rôle à un membre."""
    _ready()
    from essor.site.members import trust  # noqa: PLC0415 - once Django is ready

    was_held = trust.take_back(email, role, territory)
    typer.echo("C’est fait." if was_held else "Ce membre n’avait pas ce rôle.")


@members.command(cls=FrenchCommand)
def roles() -> None:
    """Lister les rôles confiés."""
    _ready()
    from essor.site.members import trust  # noqa: PLC0415 - once Django is ready

    for email, role, territory in trust.entrusted():
        typer.echo("  ".join(filter(None, (email, role, territory))))


@members.command(cls=FrenchCommand)
def mail() -> None:
    """Faire partir les messages que le serveur de messagerie n’a pas encore pris.

    À lancer par un minuteur, toutes les cinq minutes : relancée, elle n’envoie rien deux fois.
    """
    _ready()
    from essor.site.members import post  # noqa: PLC0415 - once Django is ready

    outcomes = [delivery for _, delivery in post.deliver_waiting()]
    sent = outcomes.count(post.Delivery.SENT)
    typer.echo(f"Messages partis : {sent} ; gardés pour un autre essai : {len(outcomes) - sent}.")


@members.command(cls=FrenchCommand)
def tidy() -> None:
    """Supprimer les sessions finies, et les comptes dont l’adresse n’a pas été vérifiée en sept jours.

    À lancer chaque nuit par un minuteur.
    """
    _ready()
    from essor.site.members import tidying  # noqa: PLC0415 - once Django is ready

    gone = tidying.tidy()
    typer.echo(f"Sessions supprimées : {gone.sessions} ; comptes supprimés : {gone.accounts}.")


def _ready() -> None:
    """Make Django ready on a database of this version.

    Raises:
        InvalidRequestError: the database lags behind, or there is none yet.
        EngineError: it does not answer.
    """
    from essor.site.members.database import (  # noqa: PLC0415 - start-up time
        NOT_REACHED,
        State,
        refuse_late,
    )

    match refuse_late():
        case State.ABSENT:
            message = "Il n’y a encore aucun membre : servez d’abord le site, par « essor serve »."
            raise InvalidRequestError(message)
        case State.UNREACHABLE:
            raise EngineError(NOT_REACHED)
        case _:
            return
