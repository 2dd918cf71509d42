"""`essor members`: what the site entrusts to whom, the messages that wait, what is kept no longer."""

from pathlib import Path
from typing import Annotated

import typer

from essor.cli.french import FrenchCommand, FrenchGroup

members = typer.Typer(
    name="members",
    cls=FrenchGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    help="Confier des rôles aux membres du site, faire partir les messages, importer, faire le ménage.",
)

_Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Adresse du compte.")]
_Role = Annotated[str, typer.Argument(metavar="RÔLE", help="officer, moderator ou administrator.")]
_Territory = Annotated[
    str, typer.Option("--territory", metavar="TERRITOIRE", help="Pour officer : epci:200039865…")
]
_List = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="Liste du Marché : .json, .csv ou .xlsx.")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui serait fait, sans l’écrire.")]
_Report = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="BILAN.csv", help="Écrire ce que devient chaque ligne."),
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
    from essor.site.operation import rounds  # noqa: PLC0415 - once Django is ready

    outcomes = [delivery for _, delivery in post.deliver_waiting()]
    rounds.ended(rounds.Task.MAIL)
    sent = outcomes.count(post.Delivery.SENT)
    typer.echo(f"Messages partis : {sent} ; gardés pour un autre essai : {len(outcomes) - sent}.")


@members.command(cls=FrenchCommand)
def digest() -> None:
    """Écrire à chaque membre, une fois par jour au plus, ce qui l’attend ; rappeler ce qui traîne.

    À lancer chaque matin par un minuteur : relancée, elle n’écrit rien deux fois.
    """
    _ready()
    from essor.site.keys.ending import write_warnings  # noqa: PLC0415 - once Django is ready
    from essor.site.members import post  # noqa: PLC0415 - once Django is ready
    from essor.site.needs.digest import write_digests  # noqa: PLC0415 - once Django is ready
    from essor.site.needs.reminding import remind  # noqa: PLC0415 - once Django is ready
    from essor.site.operation import rounds  # noqa: PLC0415 - once Django is ready

    reminders = remind()
    warnings = [post.deliver(letter) for letter in write_warnings()]
    outcomes = [post.deliver(letter) for letter in write_digests()]
    rounds.ended(rounds.Task.DIGEST)
    sent = outcomes.count(post.Delivery.SENT)
    typer.echo(
        f"Rappels : {reminders} ; résumés partis : {sent} ; gardés pour un autre essai : "
        f"{len(outcomes) - sent}."
    )
    typer.echo(f"Fins de clés annoncées : {len(warnings)}.")


@members.command(cls=FrenchCommand)
def tidy() -> None:
    """Supprimer ce qui ne sert plus : sessions finies, comptes jamais vérifiés, besoins et journal d’il y a un an.

    À lancer chaque nuit par un minuteur.
    """
    _ready()
    from essor.site.members import tidying  # noqa: PLC0415 - once Django is ready
    from essor.site.needs import retention  # noqa: PLC0415 - once Django is ready
    from essor.site.offers import remarks  # noqa: PLC0415 - once Django is ready
    from essor.site.operation import rounds  # noqa: PLC0415 - once Django is ready

    gone = tidying.tidy()
    needs = retention.tidy()
    told = remarks.tidy()
    rounds.ended(rounds.Task.TIDY)
    typer.echo(f"Sessions supprimées : {gone.sessions} ; comptes supprimés : {gone.accounts}.")
    typer.echo(f"Lignes du journal supprimées : {gone.deeds}.")
    typer.echo(f"Besoins arrivés à leur terme : {needs.expired} ; effacés : {needs.erased}.")
    typer.echo(f"Signalements de visiteurs effacés : {told}.")


@members.command("import-marche", cls=FrenchCommand)
def import_marche(file: _List, *, dry_run: _DryRun = False, output: _Report = None) -> None:
    """Proposer aux organisations les activités que leur prête une liste du Marché de l’inclusion.

    La liste est une réponse de son API (JSON), ou un tableau dont les titres sont les champs de cette
    API : siret, name, post_code, city, sectors, presta_types. Un numéro faux ou absent est cherché par le
    nom et le lieu. Rien n’est dit au nom de l’organisation : sa fiche montre la source, et ses membres
    confirment ou écartent. Relancée, la commande n’écrit rien deux fois.
    """
    from essor.cli.marche_report import (  # noqa: PLC0415 - start-up time
        refuse_report,
        sentences,
        summary,
        write_report,
    )

    if output is not None:
        refuse_report(output, file)
    _ready()
    from essor.site.asking import today  # noqa: PLC0415 - once Django is ready
    from essor.site.current import in_service  # noqa: PLC0415 - once Django is ready
    from essor.site.marche.importing import imported  # noqa: PLC0415 - once Django is ready
    from essor.site.marche.listed import read_list  # noqa: PLC0415 - once Django is ready

    found = imported(in_service(), read_list(file), today(), writes=not dry_run)
    if output is not None:
        write_report(found, output)
    for sentence in sentences(found.lines):
        typer.echo(sentence)
    typer.echo(summary(found, is_dry=dry_run))


@members.command(cls=FrenchCommand)
def reseal() -> None:
    """Chiffrer les seconds facteurs avec la clé d’aujourd’hui, pour pouvoir oublier les anciennes.

    À lancer après un changement d’ESSOR_SECRET_KEY, l’ancienne clé étant mise dans
    ESSOR_SECRET_KEY_FALLBACKS ; cette variable peut ensuite être vidée.
    """
    _ready()
    from essor.site.members import sealing  # noqa: PLC0415 - once Django is ready

    typer.echo(f"Seconds facteurs chiffrés avec la clé d’aujourd’hui : {sealing.reseal()}.")


def _ready() -> None:
    """Make Django ready on a database of this version.

    Raises:
        PeopleDatabaseError: there is none yet, it lags behind, is locked or does not answer.
    """
    from essor.site.members.database import refuse_unready  # noqa: PLC0415 - start-up time

    refuse_unready()
