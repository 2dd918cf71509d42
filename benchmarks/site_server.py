"""The site served by its own command on a free port, for whoever measures or tries it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

_PATIENCE_S = 120


@contextmanager
def served(
    workers: int = 1, environment: Mapping[str, str] | None = None, *, is_silent: bool = False
) -> Iterator[str]:
    """Serve the release in service until the end of the block; give the root of the site.

    A silent one does not show its journal: a line a request is much under load.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "essor.cli.run", "serve", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--workers", str(workers)],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if is_silent else None,
    ) as server:
        try:
            root = f"http://127.0.0.1:{port}"
            _wait(root)
            yield root
        finally:
            server.terminate()


def _wait(root: str) -> None:
    """Return once the site answers."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            httpx.get(f"{root}/healthz", timeout=_PATIENCE_S)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
