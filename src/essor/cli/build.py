"""`essor build`: build a release from the downloads and put it in service."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from essor.observatory.typography import number

if TYPE_CHECKING:
    from essor.home import Home
    from essor.release.manifest import Manifest


class Engine(StrEnum):
    """The engines that may build."""

    DUCKDB = "duckdb"
    SPARK = "spark"


IndexOption = Annotated[
    bool,
    typer.Option(
        "--index/--no-index",
        help="Faire aussi l’index de recherche ; sans lui, « essor search » ne répond pas.",
    ),
]


def build(
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine", help="Moteur de calcul : duckdb, ou spark si l’extra est installé."
        ),
    ] = Engine.DUCKDB,
    keep: Annotated[
        int,
        typer.Option("--keep", min=1, metavar="N", help="Nombre de versions à garder."),
    ] = 3,
    *,
    index: IndexOption = True,
) -> None:
    """Construire une version à partir des fichiers récupérés, et la mettre en service.

    Si la construction échoue ou qu’on l’arrête, la version en service reste la même.
    """
    from essor.home import home  # noqa: PLC0415 - start-up time
    from essor.matching.keeping import keep as keep_suppliers  # noqa: PLC0415 - start-up time
    from essor.observatory.publish import builder  # noqa: PLC0415 - start-up time
    from essor.release.building import build_release  # noqa: PLC0415 - start-up time

    started = time.monotonic()
    building = builder(has_index=index, also=(keep_suppliers,))
    with steps_shown() as progress:
        manifest = build_release(home(), engine.value, keep, progress, building)
    seconds = time.monotonic() - started
    for line in summary(home(), manifest, seconds):
        typer.echo(line)


@contextmanager
def steps_shown() -> Iterator[Callable[[str], None]]:
    """Show on the terminal, if there is one, the step that a long work is at."""
    from rich.console import Console  # noqa: PLC0415 - start-up time

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Construction…") as status:
        yield lambda step: status.update(f"{step}…")


def summary(home: "Home", manifest: "Manifest", seconds: float) -> Iterator[str]:
    """Say what was built: its number, its size, what was odd in it, what was missing."""
    duration = f"{seconds:.1f}".replace(".", ",")
    yield (
        f"Version {manifest.number} construite en {duration} s et mise en service : "
        f"{len(manifest.tables)} tables, {number(manifest.rows)} lignes."
    )
    kinds, rows = _anomalies(home, manifest.number)
    yield (
        f"Anomalies : {number(rows)} lignes, {number(kinds)} valeurs différentes, toutes dans la "
        "table « anomalies »."
        if rows
        else "Anomalies : aucune."
    )
    if absent := [source.name for source in manifest.sources if not source.is_present]:
        yield f"Sources absentes ({len(absent)}) : {', '.join(absent)}."
    if manifest.is_fictional:
        yield "Données fictives : cette version a des lignes inventées pour la démonstration."


def _anomalies(home: "Home", number: int) -> tuple[int, int]:
    """Return how many values of the sources were odd, and how many rows held them."""
    from essor.release.opened import open_release  # noqa: PLC0415 - start-up time

    with open_release(home, number).connect() as connection:
        (counted,) = connection.execute(
            "SELECT count(*), coalesce(sum(rows), 0)::BIGINT FROM anomalies"
        ).fetchall()
    return counted[0], counted[1]
