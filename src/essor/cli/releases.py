"""`essor releases`: which releases are on the disk, go back to one, remove the old ones."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.french import FrenchCommand, FrenchGroup

if TYPE_CHECKING:
    from essor.home import Home

releases = typer.Typer(
    name="releases",
    cls=FrenchGroup,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="[COMMANDE [ARGUMENTS]…]",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A release as the list shows it; a broken one has a number and a fault, nothing else."""

    number: int
    is_in_service: bool
    built_at: str | None = None
    engine: str | None = None
    sources: int | None = None
    rows: int | None = None
    bytes: int | None = None
    is_fictional: bool | None = None
    fault: str | None = None


@releases.callback()
def listed(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,
) -> None:
    """Lister les versions construites, revenir à l’une d’elles, supprimer les anciennes."""
    if context.invoked_subcommand is not None:
        return
    from essor.home import home  # noqa: PLC0415 - start-up time

    lines = _lines(home())
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2))
    elif lines:
        _print_table(lines)
    else:
        typer.echo(
            "Aucune version construite : lancez « essor demo », ou « essor sync » puis "
            "« essor build »."
        )


@releases.command("use", cls=FrenchCommand)
def use(
    number: Annotated[int, typer.Argument(metavar="N", help="Numéro de la version.")],
) -> None:
    """Mettre en service la version N, construite auparavant."""
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.release import upkeep  # noqa: PLC0415 - start-up time

    manifest = upkeep.use(home(), number)
    typer.echo(f"Version {manifest.number} en service (construite le {_day(manifest.built_at)}).")


@releases.command("prune", cls=FrenchCommand)
def prune(
    keep: Annotated[
        int, typer.Option("--keep", min=1, metavar="N", help="Nombre de versions à garder.")
    ] = 3,
) -> None:
    """Supprimer les versions anciennes, sauf celle en service et celles qu’on lit."""
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.release import upkeep  # noqa: PLC0415 - start-up time

    removed = upkeep.prune(home(), keep)
    typer.echo(
        f"Versions supprimées : {', '.join(str(number) for number in removed)}."
        if removed
        else "Aucune version à supprimer."
    )


def _lines(home: "Home") -> list[Line]:
    from essor.release import store  # noqa: PLC0415 - start-up time

    in_service = store.current(home)
    return [
        _line(home, number, is_in_service=number == in_service) for number in store.numbers(home)
    ]


def _line(home: "Home", number: int, *, is_in_service: bool) -> Line:
    from essor.errors import BrokenReleaseError  # noqa: PLC0415 - start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 - start-up time

    try:
        manifest = open_release(home, number).manifest
    except BrokenReleaseError as error:
        return Line(number, is_in_service, fault=str(error))
    return Line(
        number,
        is_in_service,
        manifest.built_at.isoformat(),
        manifest.engine,
        sum(source.is_present for source in manifest.sources),
        manifest.rows,
        manifest.bytes,
        manifest.is_fictional,
    )


def _print_table(lines: list[Line]) -> None:
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.table import Table  # noqa: PLC0415 - start-up time

    table = Table("Version", "Construite le", "Moteur", box=None, pad_edge=False)
    for title in ("Sources", "Lignes", "Taille"):
        table.add_column(title, justify="right")
    table.add_column("État")
    for line in lines:
        table.add_row(*_cells(line))
    Console().print(table)


def _cells(line: Line) -> tuple[str, ...]:
    from essor.warehouse.disk import readable_size  # noqa: PLC0415 - start-up time

    states = {
        "en service": line.is_in_service,
        "données fictives": line.is_fictional,
        "abîmée": line.fault,
    }
    state = ", ".join(said for said, is_so in states.items() if is_so)
    if line.built_at is None or line.rows is None or line.bytes is None:
        return (str(line.number), "?", "?", "?", "?", "?", state)
    return (
        str(line.number),
        _day(datetime.fromisoformat(line.built_at)),
        str(line.engine),
        str(line.sources),
        f"{line.rows:,}".replace(",", "\u202f"),
        readable_size(line.bytes),
        state,
    )


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%d/%m/%Y à %H:%M}"
