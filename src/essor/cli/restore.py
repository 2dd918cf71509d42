"""`essor restore`: a backup put back in the people's database."""

from pathlib import Path
from typing import Annotated

import typer


def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier d’« essor backup ».")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Supprimer d’abord tout ce que la base contient.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Lire le fichier jusqu’au bout, sans rien écrire.")
    ] = False,
) -> None:
    """Remettre une sauvegarde dans la base des personnes, toute ou pas du tout.

    La base est celle de DATABASE_URL, ou SQLite : c’est ainsi que l’on passe de l’une à l’autre. Une
    sauvegarde d’une version antérieure d’Essor est mise à jour ; coupée, modifiée ou plus récente,
    elle est refusée. Chacun doit ensuite se connecter de nouveau.
    """
    from essor.cli.backup import told  # noqa: PLC0415 - start-up time
    from essor.cli.serve import keep_key  # noqa: PLC0415 - start-up time
    from essor.site.operation.backup.file import verified  # noqa: PLC0415 - start-up time

    if check:
        whole = verified(file)
        typer.echo(f"Sauvegarde entière du {whole.manifest.made_at} : {told(whole)}.")
        return
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.site.members import database  # noqa: PLC0415 - start-up time

    keep_key()
    database.set_up()
    from essor.site.operation.backup.restoring import restore as put_back  # noqa: PLC0415 - as above
    from essor.site.operation.backup.saving import is_key_known  # noqa: PLC0415 - as above

    whole = put_back(file, home(), replaces=replace)
    typer.echo(f"Sauvegarde du {whole.manifest.made_at} remise en place : {told(whole)}.")
    if not is_key_known(whole.manifest.key):
        message = (
            "La clé du site n’est pas celle de la sauvegarde : les seconds facteurs ne pourront pas "
            "être lus ; mettez l’ancienne clé dans ESSOR_SECRET_KEY_FALLBACKS."
        )
        typer.echo(message, err=True)
