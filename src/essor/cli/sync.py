"""`essor sync`: fetch the publishers' files, or take them from a mirror."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidRequestError
from essor.observatory.typography import number

if TYPE_CHECKING:
    from rich.console import RenderableType

    from essor.sources.source import Source
    from essor.warehouse.sync import SyncOutcome


def sync(
    *,
    from_dir: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DOSSIER", help="Prendre les fichiers dans ce dossier, sans réseau."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="SOURCE", help="Cette source seulement ; l’option peut être répétée."
        ),
    ] = None,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss",
            help="Accepter un fichier qui a perdu plus de 20 % de ses lignes.",
        ),
    ] = False,
) -> None:
    """Récupérer les fichiers des producteurs, à leur adresse ou dans un dossier qui les contient.

    Un fichier refusé ou interrompu laisse l’ancien en place ; relancer reprend où l’on en était.
    """
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.sources.catalogue import SOURCES  # noqa: PLC0415 - start-up time
    from essor.warehouse.sync import SyncOptions  # noqa: PLC0415 - start-up time
    from essor.warehouse.sync import sync as synchronise  # noqa: PLC0415 - start-up time

    wanted, options = chosen(SOURCES, only or ()), SyncOptions(accept_loss=accept_loss)
    with _progress_shown(len(wanted)) as progress:
        outcomes = synchronise(
            wanted, home(), from_dir=from_dir, options=options, progress=progress
        )
    _show(outcomes)
    if failures := [outcome.error for outcome in outcomes if outcome.error]:
        raise typer.Exit(failures[0].exit_code)


def chosen(sources: "Sequence[Source]", names: Sequence[str]) -> "tuple[Source, ...]":
    """Return the sources of those names in the order of the catalogue, all when none is named.

    Raises:
        InvalidRequestError: no source has that name; the sentence lists the nearest ones.
    """
    known = [source.name for source in sources]
    for name in names:
        if name not in known:
            raise InvalidRequestError(_unknown(name, known))
    return tuple(source for source in sources if not names or source.name in names)


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    advice = (
        f"vouliez-vous dire {' ou '.join(f'« {one} »' for one in near)} ?"
        if near
        else "« essor sources » en donne la liste."
    )
    return f"Aucune source ne s’appelle « {name} » : {advice}"


@contextmanager
def _progress_shown(count: int) -> "Iterator[Callable[[str, int, int | None], None]]":
    """Show on the terminal, if there is one, how far each source is."""
    from rich import progress  # noqa: PLC0415 - start-up time
    from rich.console import Console  # noqa: PLC0415 - start-up time

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _name, _done, _total: None
        return
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
    )
    tasks: dict[str, progress.TaskID] = {}
    with progress.Progress(*columns, console=console, transient=True) as bars:

        def told(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(f"{name} ({len(tasks) + 1}/{count})", total=total)
            bars.update(tasks[name], completed=done, total=total)

        yield told


def _show(outcomes: "Sequence[SyncOutcome]") -> None:
    from rich.console import Console  # noqa: PLC0415 - start-up time

    console = Console()
    console.print(_table(outcomes))
    for outcome in outcomes:
        if outcome.error:
            typer.echo(f"Erreur : {outcome.sentence}", err=True)
        elif outcome.sentence != outcome.state.value:
            typer.echo(f"{outcome.name} : {outcome.sentence}")


def _table(outcomes: "Sequence[SyncOutcome]") -> "RenderableType":
    from rich.table import Table  # noqa: PLC0415 - start-up time

    table = Table(box=None, pad_edge=False)
    table.add_column("Source", no_wrap=True)
    table.add_column("État", no_wrap=True)
    table.add_column("Lignes", justify="right", no_wrap=True)
    table.add_column("Date", no_wrap=True)
    table.add_column("Taille", justify="right", no_wrap=True)
    for outcome in outcomes:
        table.add_row(outcome.name, outcome.state.value, *_measures(outcome))
    return table


def _measures(outcome: "SyncOutcome") -> tuple[str, str, str]:
    from essor.warehouse.disk import readable_size  # noqa: PLC0415 - start-up time
    from essor.warehouse.provenance import DateBasis  # noqa: PLC0415 - start-up time

    record = outcome.record
    if record is None or record.rows is None or record.bytes is None:
        return "–", "–", "–"
    day = f"{record.published_on:%d/%m/%Y}" if record.published_on else "–"
    if record.date_basis is DateBasis.RETRIEVED:
        day = f"récupéré le {day}"
    return number(record.rows), day, readable_size(record.bytes)
