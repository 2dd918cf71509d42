"""`essor figures`: the key figures of a territory, their breakdown, and the reproduction grid."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.errors import InvalidRequestError
from essor.observatory.perspective import By, Perimeter
from essor.territory.level import Level

if TYPE_CHECKING:
    from essor.observatory.figures import Figures
    from essor.observatory.grid import Grid


TerritoryOption = Annotated[
    str | None,
    typer.Option("--territory", metavar="TERRITOIRE", help="Nom ou code ; par défaut, la France."),
]
PerimeterOption = Annotated[
    Perimeter | None,
    typer.Option(
        "--perimeter",
        help="p1, par défaut : activité principale ; p2 : activité déclarée des structures "
        "conventionnées. Les deux ne s’additionnent pas.",
    ),
]
ByOption = Annotated[
    By | None,
    typer.Option(
        "--by", help="Ventiler par famille, activité, tranche d’effectif, statut ou territoire."
    ),
]
LevelOption = Annotated[
    Level | None, typer.Option("--level", help="Niveau des territoires de « --by territory ».")
]
GridOption = Annotated[
    bool, typer.Option("--grid", help="Chercher la lecture la plus proche du périmètre de l’étude.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Écrire du JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Écrire du CSV.")]
XlsxOption = Annotated[
    Path | None, typer.Option("--xlsx", metavar="FICHIER", help="Écrire un classeur XLSX.")
]
ReleaseOption = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


def figures(  # noqa: PLR0913 -- one parameter per option of the command
    *,
    territory: TerritoryOption = None,
    perimeter: PerimeterOption = None,
    by: ByOption = None,
    level: LevelOption = None,
    grid: GridOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
    release: ReleaseOption = None,
) -> None:
    """Donner les chiffres clés de l’ESS dans l’industrie, leurs bornes et leurs sources."""
    _refuse_two({"--json": as_json, "--csv": as_csv, "--xlsx": xlsx is not None})
    if grid:
        asked = {"--territory": territory, "--perimeter": perimeter, "--by": by, "--level": level}
        _refuse_beside_grid([option for option, value in asked.items() if value is not None])
        _write_grid(_read_grid(release), is_json=as_json, is_csv=as_csv, xlsx=xlsx)
        return
    if level is not None and by is not By.TERRITORY:
        raise InvalidRequestError(
            "L’option --level choisit le niveau d’une ventilation par territoire : ajoutez "
            "--by territory, ou retirez --level."
        )
    found = _read_figures(release, territory, perimeter or Perimeter.P1, by, level)
    _write_figures(found, is_json=as_json, is_csv=as_csv, xlsx=xlsx)


def _refuse_two(forms: dict[str, bool]) -> None:
    chosen = [option for option, is_chosen in forms.items() if is_chosen]
    if len(chosen) > 1:
        raise InvalidRequestError(
            f"Les options {' et '.join(chosen)} demandent chacune une autre forme de réponse : "
            "gardez-en une."
        )


def _refuse_beside_grid(options: list[str]) -> None:
    if options:
        raise InvalidRequestError(
            f"L’option --grid ne va pas avec {' ni '.join(options)} : la grille relit le périmètre "
            "P1 de la France entière ; retirez l’un ou l’autre."
        )


def _read_figures(
    number: int | None, place: str | None, perimeter: Perimeter, by: By | None, level: Level | None
) -> "Figures":
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.observatory.figures import figures as figures_of  # noqa: PLC0415 -- start-up time
    from essor.observatory.question import Question  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    release = open_release(home(), number)
    with release.connect() as connection:
        territory = place_named(connection, place) if place is not None else None
        question = Question(territory, perimeter, by, level)
        return figures_of(connection, question, release.manifest.sources)


def _read_grid(number: int | None) -> "Grid":
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.observatory.grid import grid as grid_of  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    release = open_release(home(), number)
    with release.connect() as connection:
        return grid_of(connection, release.manifest.sources)


def _write_figures(found: "Figures", *, is_json: bool, is_csv: bool, xlsx: Path | None) -> None:
    from essor.observatory.export import figures_csv, figures_json  # noqa: PLC0415 -- start-up time

    if is_json:
        typer.echo(figures_json(found))
    elif is_csv:
        typer.echo(figures_csv(found), nl=False)
    elif xlsx is not None:
        from essor.observatory.workbook import write_figures  # noqa: PLC0415 -- start-up time

        write_figures(found, xlsx)
        typer.echo(f"Chiffres écrits dans « {xlsx} ».")
    else:
        from essor.cli.figures_tables import print_figures  # noqa: PLC0415 -- start-up time

        print_figures(found)


def _write_grid(found: "Grid", *, is_json: bool, is_csv: bool, xlsx: Path | None) -> None:
    from essor.observatory.export import grid_csv, grid_json  # noqa: PLC0415 -- start-up time

    if is_json:
        typer.echo(grid_json(found))
    elif is_csv:
        typer.echo(grid_csv(found), nl=False)
    elif xlsx is not None:
        from essor.observatory.workbook import write_grid  # noqa: PLC0415 -- start-up time

        write_grid(found, xlsx)
        typer.echo(f"Grille écrite dans « {xlsx} ».")
    else:
        from essor.cli.figures_tables import print_grid  # noqa: PLC0415 -- start-up time

        print_grid(found)
