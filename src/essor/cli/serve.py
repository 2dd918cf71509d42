"""`essor serve`: the site, on the release in service."""

import os
from typing import Annotated

import typer

from essor.errors import InvalidRequestError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_LAST_PORT = 65_535


def serve(
    *,
    host: Annotated[
        str, typer.Option("--host", metavar="ADRESSE", help="Adresse où écouter.")
    ] = DEFAULT_HOST,
    port: Annotated[
        int, typer.Option("--port", min=1, max=_LAST_PORT, help="Port où écouter.")
    ] = DEFAULT_PORT,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Combien de processus répondent.")
    ] = 1,
    migrate: Annotated[
        bool,
        typer.Option("--migrate", help="Mettre d’abord la base des personnes à cette version."),
    ] = False,
) -> None:
    """Servir le site sur cette machine ; Ctrl-C l’arrête."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    open_release(home())
    prepare(migrates=migrate)
    run(host, port, workers)


def prepare(*, migrates: bool) -> None:
    """Make the site's key and its people's database ready, changing none that holds anybody unless asked.

    Raises:
        PeopleDatabaseError: the database lags behind, and nobody asked to migrate it; or it does
            not answer, and it was asked to migrate it.
        DiskError: the key or the database cannot be written.
    """
    _count_together()
    keep_key()
    from essor.site.members import database  # noqa: PLC0415 -- start-up time

    match database.make_ready(migrates=migrates):
        case database.State.ABSENT:
            typer.echo("La base des personnes n’existait pas : elle est créée, vide.")
        case database.State.LATE:
            typer.echo("La base des personnes est à jour.")
        case database.State.UNREACHABLE | database.State.LOCKED:
            message = (
                "La base des personnes ne répond pas : le site est servi, sans comptes tant "
                "qu’elle manque."
            )
            typer.echo(message, err=True)
        case database.State.READY:
            return


def keep_key() -> None:
    """Draw the site's key unless it has one; before the settings are read, for they hold it.

    Raises:
        DiskError: it cannot be written.
    """
    if not os.environ.get("ESSOR_SECRET_KEY"):
        from essor.home import home  # noqa: PLC0415 -- start-up time
        from essor.site.environment import keep_signing_key  # noqa: PLC0415 -- start-up time

        keep_signing_key(home())


def run(host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, workers: int = 1) -> None:
    """Serve until somebody stops it.

    Raises:
        InvalidRequestError: something else listens at that address.
    """
    from granian.constants import Interfaces  # noqa: PLC0415 -- start-up time
    from granian.log import LogLevels  # noqa: PLC0415 -- start-up time
    from granian.server import Server  # noqa: PLC0415 -- start-up time

    _refuse_taken(host, port)
    typer.echo(f"Essor est servi sur http://{host}:{port} (Ctrl-C pour arrêter).")
    Server(
        "essor.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()


def _count_together() -> None:
    """Name a folder where the processes that serve add up their counts; it goes with this one."""
    import atexit  # noqa: PLC0415 -- start-up time
    import shutil  # noqa: PLC0415 -- start-up time
    import tempfile  # noqa: PLC0415 -- start-up time

    # As essor.site.timing.FOLDER: that module imports the library, which reads it once.
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="essor-metrics-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _refuse_taken(host: str, port: int) -> None:
    import socket  # noqa: PLC0415 -- start-up time

    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InvalidRequestError(
                f"Rien ne peut être servi sur {host}:{port} ({error.strerror}) : arrêtez ce qui y "
                "écoute déjà, ou choisissez un autre port avec --port."
            ) from error
