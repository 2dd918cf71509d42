"""`essor report`: the report of a territory, as a PDF that an elected official can read."""

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from essor.cli.place import place_named
from essor.observatory.perspective import Perimeter

if TYPE_CHECKING:
    from essor.observatory.report.contents import Edition
    from essor.release.opened import Release

CONTOURS = "contours"
"""The folder of a release that holds its contours, when it has some."""


TerritoryText = Annotated[
    str,
    typer.Argument(
        metavar="TERRITOIRE",
        help="Nom ou code : « Metz Métropole », « departement:57 », « France »…",
        show_default=False,
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="FICHIER.pdf", help="Fichier à écrire.", show_default=False
    ),
]
AskedPerimeter = Annotated[
    Perimeter,
    typer.Option(
        "--perimeter",
        help="p1 : activité principale ; p2 : activité déclarée des structures conventionnées. "
        "Les deux ne s’additionnent pas.",
    ),
]
Number = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


def report(
    territory: TerritoryText,
    *,
    output: Output,
    perimeter: AskedPerimeter = Perimeter.P1,
    number: Number = None,
) -> None:
    """Écrire le rapport PDF d’un territoire : chiffres, structure, grappes, organisations."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.observatory.report.contents import read_report  # noqa: PLC0415 -- start-up time
    from essor.observatory.report.render import (  # noqa: PLC0415 -- start-up time
        check_destination,
        write_pdf,
    )
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    started = perf_counter()
    check_destination(output)
    release = open_release(home(), number)
    with release.connect() as connection:
        place = place_named(connection, territory)
        contents = read_report(connection, place, _edition(release), perimeter)
    written = write_pdf(contents, output)
    fictional = " Données fictives." if contents.edition.is_fictional else ""
    typer.echo(
        f"Rapport de « {place.name} » écrit dans « {written.path} » : {written.pages} pages, en "
        f"{_seconds(perf_counter() - started)}.{fictional}"
    )


def _edition(release: "Release") -> "Edition":
    from essor.observatory.report.contents import Edition  # noqa: PLC0415 -- start-up time

    manifest, contours = release.manifest, release.folder / CONTOURS
    return Edition(
        number=manifest.number,
        built_on=manifest.built_at.date(),
        sources=manifest.sources,
        is_fictional=manifest.is_fictional,
        contours=contours if contours.is_dir() else None,
    )


def _seconds(elapsed: float) -> str:
    from essor.observatory.typography import SPACE, number  # noqa: PLC0415 -- start-up time

    return f"{number(elapsed, 1)}{SPACE}s"
