"""`essor serve`: the site, on the release in service."""

import os
import secrets
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
) -> None:
    """Servir le site sur cette machine ; Ctrl-C l’arrête."""
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    open_release(home())
    run(host, port, workers)


def run(host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, workers: int = 1) -> None:
    """Serve until somebody stops it.

    Raises:
        InvalidRequestError: something else listens at that address.
    """
    from granian.constants import Interfaces  # noqa: PLC0415 -- start-up time
    from granian.log import LogLevels  # noqa: PLC0415 -- start-up time
    from granian.server import Server  # noqa: PLC0415 -- start-up time

    _refuse_taken(host, port)
    # Workers must agree on it; what it signs does not outlive them.
    os.environ.setdefault("ESSOR_SECRET_KEY", secrets.token_urlsafe(48))
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
