"""`essor backup`: the people's data in one file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidRequestError

if TYPE_CHECKING:
    from essor.site.operation.backup.file import Whole

_NAMES = "essor-*.backup"


def backup(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            help="Fichier à écrire ; un dossier y reçoit un fichier au nom du jour.",
        ),
    ],
    *,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", min=1, metavar="N", help="Ne garder dans le dossier que les N dernières."
        ),
    ] = None,
) -> None:
    """Sauvegarder les données des personnes, sans arrêter le site.

    Le fichier contient des données personnelles (noms, adresses, demandes, messages en attente,
    journal) et les seconds facteurs chiffrés : seul son propriétaire peut le lire ; gardez-le comme
    la base elle-même. Il se remet par « essor restore », en SQLite comme en PostgreSQL. La clé du
    site n’y est pas : gardez-la à part.
    """
    from essor.site.members.database import State, refuse_absent  # noqa: PLC0415 - start-up time

    found = refuse_absent()
    from essor.site.operation import rounds  # noqa: PLC0415 - once Django is ready
    from essor.site.operation.backup.saving import save  # noqa: PLC0415 - once Django is ready

    target = _target(file, is_kept_short=keep is not None)
    whole = save(target)
    if found is State.READY:
        rounds.ended(rounds.Task.BACKUP)
    typer.echo(f"Sauvegarde écrite dans « {target} » : {told(whole)}.")
    typer.echo("Elle contient des données personnelles : rangez-la à l’abri.")
    if keep is not None:
        _keep_last(file, keep)


def told(whole: "Whole") -> str:
    """Return how much a backup holds, in words."""
    members = whole.rows.get("members.member", 0)
    return f"{members} compte{'s' if members > 1 else ''}, {sum(whole.rows.values())} lignes"


def _target(file: Path, *, is_kept_short: bool) -> Path:
    """Return the file to write, which must not be there yet.

    Raises:
        InvalidRequestError: it is there, its folder is not, or there is no folder to keep short.
    """
    from datetime import datetime  # noqa: PLC0415 - start-up time

    if is_kept_short and not file.is_dir():
        raise InvalidRequestError(
            f"--keep range un dossier, et « {file} » n’en est pas un : créez-le, ou retirez --keep."
        )
    if file.is_dir():
        return file / f"essor-{datetime.now().astimezone():%Y-%m-%dT%H%M%S}.backup"
    if file.exists():
        raise InvalidRequestError(
            f"« {file} » existe déjà et n’est pas remplacé : donnez un autre nom, ou un dossier."
        )
    if not file.parent.is_dir():
        raise InvalidRequestError(
            f"Le dossier « {file.parent} » n’existe pas : créez-le, puis relancez."
        )
    return file


def _keep_last(folder: Path, count: int) -> None:
    for old in sorted(folder.glob(_NAMES))[:-count]:
        old.unlink()
        typer.echo(f"Sauvegarde ancienne supprimée : « {old.name} ».")
