"""`essor demo`: put the embedded demonstration in service, print its figures, say what to try."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidRequestError

if TYPE_CHECKING:
    from essor.home import Home

NEXT = (
    'essor figures --territory "Pays de la Loire"',
    "essor figures --by family",
    "essor figures --grid",
    "essor clusters",
    'essor report "Pays de la Loire" -o pays-de-la-loire.pdf',
    "essor sources",
)
"""What a newcomer may type once the figures are there."""

_UNITS = "sirene_unites_legales"


def demo(
    *,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="S’arrêter aux chiffres, sans servir le site.")
    ] = False,
) -> None:
    """Construire la démonstration livrée avec Essor, sans réseau, et en donner les chiffres clés.

    Le découpage et les nomenclatures sont réels ; les organisations sont inventées.
    """
    from essor.cli.figures import figures  # noqa: PLC0415 - start-up time
    from essor.demonstration import folder  # noqa: PLC0415 - start-up time
    from essor.home import home  # noqa: PLC0415 - start-up time

    if is_in_service(home(), folder()):
        typer.echo("La démonstration est déjà en service.")
    else:
        _refuse_real_data(home())
        _put_in_service(home(), folder())
    figures()
    typer.echo("\nÀ essayer ensuite :")
    for command in NEXT:
        typer.echo(f"  {command}")
    if not no_serve:
        from essor.cli.serve import prepare, run  # noqa: PLC0415 - start-up time

        typer.echo()
        # With DATABASE_URL, it is not the demonstration's own database: nothing is changed unasked.
        prepare(migrates=not os.environ.get("DATABASE_URL"))
        run()


def is_in_service(home: "Home", mirror: Path) -> bool:
    """Return whether the release in service was built from the very files of `mirror`."""
    from essor.errors import BrokenReleaseError, NoReleaseError  # noqa: PLC0415 - start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 - start-up time

    try:
        sources = open_release(home).manifest.sources
    except (NoReleaseError, BrokenReleaseError):
        return False
    listed = json.loads((mirror / "manifest.json").read_text("utf-8"))["fichiers"]
    return {file["sha256"] for file in listed} <= {source.sha256 for source in sources}


def _refuse_real_data(home: "Home") -> None:
    """Refuse to put invented files where real ones of Sirene are.

    Raises:
        InvalidRequestError: the home holds Insee's own file.
    """
    from essor.warehouse.downloads import last_record, shelf_of  # noqa: PLC0415 - start-up time

    record = last_record(shelf_of(home, _UNITS))
    if record is not None and not record.is_fictional:
        message = (
            f"« {home.root} » contient des données réelles, que la démonstration remplacerait : "
            "donnez-lui un autre dossier, par exemple `ESSOR_HOME=/tmp/essor-demo essor demo`."
        )
        raise InvalidRequestError(message)


def _put_in_service(home: "Home", mirror: Path) -> None:
    from essor.cli.build import steps_shown  # noqa: PLC0415 - start-up time
    from essor.matching.keeping import keep as keep_suppliers  # noqa: PLC0415 - start-up time
    from essor.observatory.publish import builder  # noqa: PLC0415 - start-up time
    from essor.release.building import build_release  # noqa: PLC0415 - start-up time
    from essor.sources.catalogue import SOURCES  # noqa: PLC0415 - start-up time
    from essor.warehouse.sync import SyncOptions, sync  # noqa: PLC0415 - start-up time

    typer.echo("Construction de la démonstration, moins d’une minute…")
    with steps_shown() as progress:
        progress("Copie des fichiers")
        outcomes = sync(SOURCES, home, from_dir=mirror, options=SyncOptions(accept_loss=True))
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error
        building = builder(has_index=True, also=(keep_suppliers,))
        build_release(home, progress=progress, builder=building)
